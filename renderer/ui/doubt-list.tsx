// Doubtful rows beside what they resemble, each decided by a person with a button or a key. Deciding happens in the vault.
import './doubt-list.css';
import { useEffect, useEffectEvent, useRef, type KeyboardEvent } from 'react';
import type { BatchSummary, DiffRow } from '../../shared/ipc/contract/batches.ts';
import { useAction } from '../api/query.ts';
import { doubtText as text } from '../text/doubts.ts';
import { DoubtCard, type Doubt } from './doubt-card.tsx';
import { showFailure, showToast } from './toasts.tsx';

export interface DoubtListProps {
  readonly label: string;
  readonly clientId: BatchSummary['clientId'];
  readonly doubts: readonly Doubt[];
  /** False where the batch was undone, or the role only reads. */
  readonly decidable: boolean;
}

const KEYS: Readonly<Record<string, 'same' | 'separate'>> = { s: 'same', t: 'separate' };
const STEPS: Readonly<Record<string, number>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
/** After a `g` the window's own shortcuts take the next key. */
const GO_MS = 1200;

function useDecide(clientId: BatchSummary['clientId']) {
  const decide = useAction('batches', 'decide');
  return (doubt: Doubt, decision: DiffRow['decision']): void => {
    const row = { clientId, batchId: doubt.batchId, number: doubt.number };
    const back = (): void => void decide.mutateAsync({ ...row, decision: doubt.decision }).catch(showFailure);
    const done = (): void => {
      if (decision === null) return;
      showToast({ message: text.decided[decision], action: { label: text.undo, run: back } });
    };
    void decide.mutateAsync({ ...row, decision }).then(done, showFailure);
  };
}

/** Keeps the keyboard in the list when the row that had it is decided and leaves. */
function useKeptFocus(count: number) {
  const list = useRef<HTMLOListElement>(null);
  const focused = useRef<number | null>(null);
  const focus = (index: number): void =>
    list.current?.querySelectorAll(':scope > li')[index]?.querySelector('button')?.focus();
  const keep = useEffectEvent((left: number) => {
    if (focused.current === null || document.activeElement !== document.body) return;
    focus(Math.min(focused.current, left - 1));
  });
  useEffect(() => keep(count), [count]);
  const leave = (index: number): void => {
    focused.current = index;
  };
  return { list, leave, focus };
}

export function DoubtList({ label, clientId, doubts, decidable }: DoubtListProps) {
  const send = useDecide(clientId);
  const { list, leave, focus } = useKeptFocus(doubts.length);
  const decide = (index: number, decision: DiffRow['decision']): void => {
    const doubt = doubts[index];
    leave(index);
    if (doubt) send(doubt, decision);
  };
  const goAt = useRef(-Infinity);
  const press = (event: KeyboardEvent, index: number): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'g') goAt.current = event.timeStamp;
    if (event.timeStamp - goAt.current < GO_MS) return;
    const step = STEPS[event.key];
    const decision = KEYS[event.key.toLowerCase()];
    if (step !== undefined) focus(index + step);
    else if (decision !== undefined && decidable) decide(index, decision);
    else return;
    event.preventDefault();
  };
  return (
    <ol ref={list} className="sr-doubts" aria-label={label}>
      {doubts.map((doubt, index) => (
        <li key={`${doubt.batchId} ${doubt.number}`}>
          <DoubtCard
            doubt={doubt}
            onDecide={decidable ? (decision) => decide(index, decision) : null}
            onKey={(event) => press(event, index)}
          />
        </li>
      ))}
    </ol>
  );
}
