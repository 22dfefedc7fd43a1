// Types two groups of the kit back, long after it was made: the groups that the kit asked for then.
import type { RecoveryKit } from '../../../shared/ipc/contract/office.ts';
import { security } from '../../text/security.ts';
import { Section } from '../../ui/page.tsx';
import { ProveKit } from '../../ui/prove-kit.tsx';

export interface ProveSectionProps {
  readonly positions: RecoveryKit['prove'];
  readonly onProven: () => void;
}

export function ProveSection({ positions, onProven }: ProveSectionProps) {
  return (
    <Section title={security.recovery.unproven}>
      <div className="sr-prove">
        <ProveKit positions={positions} onProven={onProven} />
      </div>
    </Section>
  );
}
