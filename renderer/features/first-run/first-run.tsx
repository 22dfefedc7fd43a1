// First run: practise, create an office, or restore one; then the recovery kit. It keeps the window until the kit is proven or put off.
import './first-run.css';
import { useState } from 'react';
import type { OfficeStatus, RecoveryKit } from '../../../shared/ipc/contract/office.ts';
import { useAction } from '../../api/query.ts';
import { Front } from '../../ui/front.tsx';
import { KitFlow } from '../../ui/kit-flow.tsx';
import { CreateOffice } from './create-office.tsx';
import { RestoreOffice } from './restore-office.tsx';
import { Welcome, type FirstRunChoice } from './welcome.tsx';

export interface FirstRunProps {
  readonly status: OfficeStatus;
  readonly onDone: () => void;
}

export function FirstRun({ status, onDone }: FirstRunProps) {
  const [choice, setChoice] = useState<FirstRunChoice | null>(null);
  const [kit, setKit] = useState<RecoveryKit | null>(null);
  const startPractice = useAction('practice', 'start');
  function created(made: RecoveryKit): void {
    setKit(made);
    if (choice === 'practise') startPractice.mutate({});
  }
  const back = (): void => setChoice(null);
  if (kit !== null) return <KitFlow kit={kit} shell={Front} open={status.state === 'unlocked'} onDone={onDone} />;
  if (choice === null) return <Welcome status={status} onChoose={setChoice} />;
  if (choice === 'restore') return <RestoreOffice status={status} onBack={back} onKit={setKit} onDone={onDone} />;
  return <CreateOffice status={status} practice={choice === 'practise'} onBack={back} onCreated={created} />;
}
