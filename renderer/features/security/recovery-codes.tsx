// Ten recovery codes as they are printed: shown once, then gone. It stores nothing.
import { Button, Group } from '@mantine/core';
import { Printer } from 'lucide-react';
import { useCall } from '../../api/query.ts';
import { recoveryCodes as words } from '../../text/own-sign-in.ts';
import { formatInstantDay } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';

export interface RecoveryCodesProps {
  readonly codes: readonly string[];
  readonly onDone: () => void;
}

export function RecoveryCodes({ codes, onDone }: RecoveryCodesProps) {
  const status = useCall('office', 'status', {}).data;
  return (
    <Page title={words.title} lead={words.lead}>
      <section className="sr-code-paper" aria-label={words.title}>
        <h2>{words.paper(status?.office?.name ?? '', status?.user?.name ?? '')}</h2>
        <p className="sr-quiet">
          {words.made} {formatInstantDay(new Date().toISOString())}
        </p>
        <ol aria-label={words.list}>
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ol>
      </section>
      <p className="sr-no-print">{words.shownOnce}</p>
      <Group gap="xs" mt="sm" className="sr-no-print">
        <Button leftSection={<Printer size={14} aria-hidden="true" />} onClick={() => window.print()}>
          {words.print}
        </Button>
        <Button variant="default" onClick={onDone}>
          {words.done}
        </Button>
      </Group>
    </Page>
  );
}
