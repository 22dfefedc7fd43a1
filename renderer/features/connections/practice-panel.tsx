// Switches that make the practice bank misbehave, so that staff can see each failure refused and explained. It touches no real bank.
import { Button, Switch } from '@mantine/core';
import type { PracticeBankView } from '../../../shared/ipc/contract/practice.ts';
import { useAction, useCall } from '../../api/query.ts';
import { practiceText as text } from '../../text/connections.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Skeletons } from '../../ui/page.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';

function Switches({ bank }: { readonly bank: PracticeBankView }) {
  const misbehave = useAction('practice', 'misbehave');
  const on = bank.misbehaviours.filter((each) => each.on).map(({ name }) => name);
  const turn = (name: string, next: boolean): void =>
    misbehave.mutate({ names: next ? [...on, name] : on.filter((each) => each !== name) });
  return (
    <>
      {misbehave.isError && <ErrorPanel error={misbehave.error} size="compact" />}
      <div className="sr-practice-state">
        <StateBadge tone={on.length === 0 ? 'good' : 'attention'} word={text.on(on.length)} />
        {on.length > 0 && (
          <Button variant="default" size="compact-xs" onClick={() => misbehave.mutate({ names: [] })}>
            {text.allWell}
          </Button>
        )}
      </div>
      <ul className="sr-misbehaviours" aria-label={text.switches}>
        {bank.misbehaviours.map((each) => (
          <li key={each.name}>
            <Switch
              label={each.description}
              description={each.name}
              checked={each.on}
              disabled={misbehave.isPending}
              onChange={(event) => turn(each.name, event.currentTarget.checked)}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

function Stopped() {
  const start = useAction('practice', 'start');
  return (
    <div className="sr-practice-state">
      <StateBadge tone="quiet" word={text.stopped} />
      <Button variant="default" loading={start.isPending} onClick={() => start.mutate({})}>
        {text.start}
      </Button>
      {start.isError && <ErrorPanel error={start.error} size="compact" />}
    </div>
  );
}

export function PracticePanel() {
  const practice = useCall('practice', 'status', {});
  return (
    <div className="sr-practice">
      <p className="sr-quiet">{text.intro}</p>
      {practice.isPending && <Skeletons rows={4} />}
      {practice.isError && <ErrorPanel error={practice.error} onRetry={() => void practice.refetch()} />}
      {practice.data && (practice.data.running ? <Switches bank={practice.data} /> : <Stopped />)}
    </div>
  );
}
