// A new recovery kit, from the first look to its proof: shown once, printed or saved, two groups typed back.
import { Button, Group } from '@mantine/core';
import { Printer } from 'lucide-react';
import { useState, type ComponentType, type ReactNode } from 'react';
import type { RecoveryKit } from '../../shared/ipc/contract/office.ts';
import { recovery as words } from '../text/recovery.ts';
import { ProveKit } from './prove-kit.tsx';
import { KitPaper } from './recovery-kit.tsx';
import { SaveKit } from './save-kit.tsx';

/** What stands around the kit: the front before an office is open, or a page inside it. */
export type KitShell = ComponentType<{
  readonly title: string;
  readonly lead?: string;
  readonly width?: 'narrow' | 'wide';
  readonly children: ReactNode;
}>;

export interface KitFlowProps {
  readonly kit: RecoveryKit;
  readonly shell: KitShell;
  /** Whether the office is open: only then it can check the groups and write the PDF. */
  readonly open: boolean;
  readonly onDone: () => void;
}

export function KitFlow({ kit, shell: Shell, open, onDone }: KitFlowProps) {
  const [proving, setProving] = useState(false);
  if (proving) {
    return (
      <Shell title={words.proveTitle} lead={words.proveLead} width="narrow">
        <ProveKit positions={kit.prove} onProven={onDone} />
        <Group gap="xs" mt="lg">
          <Button variant="subtle" onClick={() => setProving(false)}>
            {words.showAgain}
          </Button>
          <Button variant="subtle" title={words.laterMeaning} onClick={onDone}>
            {words.later}
          </Button>
        </Group>
        <p className="sr-quiet">{words.laterMeaning}</p>
      </Shell>
    );
  }
  return (
    <Shell title={words.title}>
      <p className="sr-kit-lead sr-no-print">{words.lead}</p>
      <KitPaper kit={kit} />
      <p className="sr-kit-lead sr-no-print">{words.shownOnce}</p>
      {open && <SaveKit />}
      <Group gap="xs" className="sr-no-print">
        <Button size="sm" leftSection={<Printer size={15} aria-hidden="true" />} onClick={() => window.print()}>
          {words.print}
        </Button>
        <Button size="sm" variant="default" onClick={() => (open ? setProving(true) : onDone())}>
          {words.next}
        </Button>
      </Group>
    </Shell>
  );
}
