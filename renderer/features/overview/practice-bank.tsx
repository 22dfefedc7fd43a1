// The practice bank beside the office: running or not, and its sign-ins. Shown only while practising.
import { Button, Group } from '@mantine/core';
import type { PracticeBankView } from '../../../shared/ipc/contract/practice.ts';
import { navigate } from '../../app/hash-location.ts';
import { useMay } from '../../app/use-may.ts';
import { useAction, useCall } from '../../api/query.ts';
import { practiceBank as words } from '../../text/overview.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Section } from '../../ui/page.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Table } from '../../ui/table.tsx';

export function PracticeBank() {
  const status = useCall('practice', 'status', {});
  const connections = useCall('connections', 'list', {});
  const connected = connections.data?.some(({ practice }) => practice) === true;
  if (status.data === undefined || !(status.data.running || connected)) return null;
  return <PracticePanel bank={status.data} connected={connected} />;
}

interface PracticePanelProps {
  readonly bank: PracticeBankView;
  /** Whether a connection leads to it already. */
  readonly connected: boolean;
}

function PracticePanel({ bank, connected }: PracticePanelProps) {
  const may = useMay();
  const start = useAction('practice', 'start');
  const stop = useAction('practice', 'stop');
  const state = bank.running ? (
    <StateBadge tone="info" word={words.running} />
  ) : (
    <StateBadge tone="quiet" word={words.stopped} />
  );
  return (
    <Section title={words.title} aside={state}>
      <div className="sr-practice">
        <p className="sr-quiet">{words.lead}</p>
        <Group gap="xs" my="sm">
          {bank.running && may('connections.manage') && (
            <Button variant={connected ? 'default' : 'filled'} onClick={() => navigate('/connections?wizard=new')}>
              {words.connect}
            </Button>
          )}
          {connected && (
            <Button variant="default" onClick={() => navigate('/connections')}>
              {words.misbehave}
            </Button>
          )}
          <Button
            variant="default"
            loading={start.isPending || stop.isPending}
            onClick={() => (bank.running ? stop.mutate({}) : start.mutate({}))}
          >
            {bank.running ? words.stop : words.start}
          </Button>
        </Group>
        {start.isError && <ErrorPanel error={start.error} size="compact" />}
        {bank.running && !connected && <SignIns bank={bank} />}
      </div>
    </Section>
  );
}

function SignIns({ bank }: { readonly bank: PracticeBankView }) {
  const head = [{ text: words.signInName }, { text: words.signInPassword }, { text: words.companies }];
  return (
    <Table label={words.signIns} head={head}>
      {bank.signIns.map(({ name, password, companies }) => (
        <tr key={name}>
          <td className="sr-mono">{name}</td>
          <td className="sr-mono">{password}</td>
          <td>{companies.join(', ')}</td>
        </tr>
      ))}
    </Table>
  );
}
