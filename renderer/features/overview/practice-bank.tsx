// The practice bank beside the office: running or not, its sign-ins, and its misbehaviours. Shown only while practising.
import { Button, Group, Switch } from '@mantine/core';
import type { PracticeBankView } from '../../../shared/ipc/contract/practice.ts';
import { navigate } from '../../app/hash-location.ts';
import { useAction, useCall } from '../../api/query.ts';
import { practiceBank as words } from '../../text/overview.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Section } from '../../ui/page.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Table } from '../../ui/table.tsx';

export function PracticeBank() {
  const status = useCall('practice', 'status', {});
  const connections = useCall('connections', 'list', {});
  const practising = status.data?.running === true || connections.data?.some(({ practice }) => practice) === true;
  if (!practising || status.data === undefined) return null;
  return <PracticePanel bank={status.data} />;
}

function PracticePanel({ bank }: { readonly bank: PracticeBankView }) {
  const start = useAction('practice', 'start');
  const stop = useAction('practice', 'stop');
  const on = bank.misbehaviours.filter((misbehaviour) => misbehaviour.on).length;
  const state = bank.running ? (
    <StateBadge tone="info" word={words.running} />
  ) : (
    <StateBadge tone="quiet" word={words.stopped} />
  );
  return (
    <Section title={words.title} aside={state}>
      <div className="sr-practice">
        <div>
          <p className="sr-quiet">{words.lead}</p>
          <Group gap="xs" my="sm">
            {bank.running && <Button onClick={() => navigate('/connections?new=practice')}>{words.connect}</Button>}
            <Button
              variant="default"
              loading={start.isPending || stop.isPending}
              onClick={() => (bank.running ? stop.mutate({}) : start.mutate({}))}
            >
              {bank.running ? words.stop : words.start}
            </Button>
          </Group>
          {start.isError && <ErrorPanel error={start.error} size="compact" />}
          {bank.running && <SignIns bank={bank} />}
        </div>
        {bank.running && (
          <div>
            <h3>
              {words.misbehave}{' '}
              <StateBadge tone={on === 0 ? 'good' : 'attention'} word={on === 0 ? words.well : words.wrong(on)} />
            </h3>
            <p className="sr-quiet">{words.misbehaveHint}</p>
            <Misbehaviours bank={bank} />
          </div>
        )}
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

function Misbehaviours({ bank }: { readonly bank: PracticeBankView }) {
  const misbehave = useAction('practice', 'misbehave');
  function turn(name: string, on: boolean): void {
    const others = bank.misbehaviours.filter((item) => item.on && item.name !== name).map((item) => item.name);
    misbehave.mutate({ names: on ? [...others, name] : others });
  }
  return (
    <>
      <ul className="sr-misbehaviours">
        {bank.misbehaviours.map(({ name, description, on }) => (
          <li key={name}>
            <Switch
              size="xs"
              checked={on}
              label={description}
              onChange={(event) => turn(name, event.currentTarget.checked)}
            />
          </li>
        ))}
      </ul>
      {misbehave.isError && <ErrorPanel error={misbehave.error} size="compact" />}
    </>
  );
}
