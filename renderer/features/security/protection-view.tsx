// What protects this office: weak facts with their next step, then the rest, the keys with their age, and the honest limits.
import { Group, Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { OfficeStatus, RecoveryKit } from '../../../shared/ipc/contract/office.ts';
import type { SecurityState } from '../../../shared/ipc/contract/security.ts';
import { navigate, useHashSearch } from '../../app/hash-location.ts';
import { useMay } from '../../app/use-may.ts';
import { useCall } from '../../api/query.ts';
import { nextSteps } from '../../text/protection-facts.ts';
import { security as words } from '../../text/security.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Section, Skeletons } from '../../ui/page.tsx';
import { FactList } from './fact-list.tsx';
import { KeyAges } from './key-ages.tsx';
import { protectionFacts, type ProtectionFact } from './protection-facts.ts';
import { ProveDialog } from './prove-dialog.tsx';
import { RenewKit } from './renew-kit.tsx';
import { RotateDialog } from './rotate-dialog.tsx';

export interface ProtectionViewProps {
  readonly onKit: (kit: RecoveryKit) => void;
  readonly onVerify: () => void;
}

export function ProtectionView(props: ProtectionViewProps) {
  const state = useCall('security', 'state', {});
  const status = useCall('office', 'status', {});
  if (state.isError) return <ErrorPanel error={state.error} onRetry={() => void state.refetch()} />;
  if (state.data === undefined || status.data === undefined) return <Skeletons rows={10} />;
  return <Protection {...props} state={state.data} status={status.data} />;
}

interface ProtectionProps extends ProtectionViewProps {
  readonly state: SecurityState;
  readonly status: OfficeStatus;
}

function Protection({ state, status, onKit, onVerify }: ProtectionProps) {
  const may = useMay();
  const [proving, proof] = useDisclosure(false);
  const [rotating, rotation] = useDisclosure(false);
  const asked = new URLSearchParams(useHashSearch()).get('kit') === 'new';
  const [renewing, renewal] = useDisclosure(false);
  const mayRenew = may('office.manage');
  function closeRenewal(): void {
    renewal.close();
    if (asked) navigate('?view=protection', { replace: true });
  }
  const facts = protectionFacts(state, { nowMs: Date.now(), keychainName: status.keychain.name });
  const weak = facts.filter(({ tone }) => tone === 'attention' || tone === 'bad');
  const steps: Record<keyof typeof nextSteps, (() => void) | null> = {
    'sign-in': () => navigate('?view=sign-in'),
    people: may('users.read') ? () => navigate('?view=people') : null,
    prove: mayRenew ? proof.open : null,
    kit: mayRenew ? renewal.open : null,
    backups: () => navigate('/backups'),
    rotate: may('keys.rotate') ? rotation.open : null,
    verify: onVerify,
  };
  const stepOf = ({ next }: ProtectionFact) => {
    const run = next === null ? null : steps[next];
    return run === null || next === null ? null : (
      <Button size="compact-xs" variant="default" onClick={run}>
        {nextSteps[next]}
      </Button>
    );
  };
  return (
    <div className="sr-security-columns">
      <div>
        <Section title={words.weak}>
          {weak.length === 0 && <p className="sr-quiet sr-security-none">{words.nothingWeak}</p>}
          <FactList facts={weak} stepOf={stepOf} />
        </Section>
        <Section title={words.protects}>
          <FactList facts={facts.filter((fact) => !weak.includes(fact))} stepOf={stepOf} />
        </Section>
      </div>
      <div>
        <KeyAges state={state} />
        <Group gap="xs" mb="xl" className="sr-no-print">
          {may('keys.rotate') && (
            <Button variant="default" onClick={rotation.open}>
              {nextSteps.rotate}
            </Button>
          )}
          {mayRenew && (
            <Button variant="default" onClick={renewal.open}>
              {nextSteps.kit}
            </Button>
          )}
        </Group>
        <Section title={words.limits}>
          <ul className="sr-points">
            {words.limitsList.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </Section>
      </div>
      {state.recoveryAsks !== null && (
        <ProveDialog positions={state.recoveryAsks} opened={proving} onClose={proof.close} />
      )}
      {mayRenew && (
        <RenewKit
          opened={renewing || asked}
          due={state.recoverySuspectSince !== null}
          onClose={closeRenewal}
          onKit={onKit}
        />
      )}
      <RotateDialog state={state} opened={rotating} onClose={rotation.close} onNewKit={renewal.open} />
    </div>
  );
}
