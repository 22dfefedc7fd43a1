// Shows the recovery kit once, prints it, and lets the owner prove it by typing two groups back. It stores nothing.
import { Button, Group } from '@mantine/core';
import { Printer } from 'lucide-react';
import { useState } from 'react';
import type { RecoveryKit } from '../../../shared/ipc/contract/office.ts';
import { recovery as words } from '../../text/first-run.ts';
import { Facts } from '../../ui/facts.tsx';
import { formatInstant } from '../../ui/format.ts';
import { Front } from '../../ui/front.tsx';
import { Mark } from '../../ui/mark.tsx';
import { ProveKit } from '../../ui/prove-kit.tsx';

export interface RecoveryKitPageProps {
  readonly kit: RecoveryKit;
  /** False after a restore: the office must be unlocked before it can check the groups. */
  readonly canProve: boolean;
  readonly onDone: () => void;
}

export function RecoveryKitPage({ kit, canProve, onDone }: RecoveryKitPageProps) {
  const [proving, setProving] = useState(false);
  if (proving) {
    return (
      <Front title={words.proveTitle} lead={words.proveLead} width="narrow">
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
      </Front>
    );
  }
  return (
    <Front title={words.title}>
      <p className="sr-front-lead sr-no-print">{words.lead}</p>
      <KitPaper kit={kit} />
      <p className="sr-front-lead sr-no-print">{words.shownOnce}</p>
      <Group gap="xs" className="sr-no-print">
        <Button size="sm" leftSection={<Printer size={15} aria-hidden="true" />} onClick={() => window.print()}>
          {words.print}
        </Button>
        <Button size="sm" variant="default" onClick={() => (canProve ? setProving(true) : onDone())}>
          {words.next}
        </Button>
      </Group>
    </Front>
  );
}

function KitPaper({ kit }: { readonly kit: RecoveryKit }) {
  return (
    <section className="sr-kit" aria-label={words.paperTitle}>
      <h2>
        <Mark size={20} /> {words.paperTitle}
      </h2>
      <Facts
        items={[
          { name: words.office, value: kit.officeName },
          { name: words.officeId, value: <span className="sr-mono">{kit.officeId}</span> },
          { name: words.created, value: formatInstant(kit.createdAt) },
        ]}
      />
      <ol className="sr-kit-groups" aria-label={words.key}>
        {kit.groups.map((group, position) => (
          <li key={words.group(position)}>
            <span className="sr-kit-number">{position + 1}</span>
            <b>{group}</b>
          </li>
        ))}
      </ol>
      <p>{words.paperUse}</p>
      <p>{words.paperKeep}</p>
    </section>
  );
}
