// First step: which kind of connection, who may use it, what is needed; or the practice bank.
import { Button } from '@mantine/core';
import type { PracticeBankView } from '../../../../shared/ipc/contract/practice.ts';
import { useAction } from '../../../api/query.ts';
import { wizardText } from '../../../text/connection-wizard.ts';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { Step } from './wizard-frame.tsx';

const text = wizardText.type;

interface TypeStepProps {
  /** The practice bank, running; null for a real bank. */
  readonly onChosen: (bank: PracticeBankView | null) => void;
}

function RealBank({ onChosen }: TypeStepProps) {
  return (
    <section className="sr-type">
      <h3>{text.name}</h3>
      <p>{text.what}</p>
      <h4>{text.whoTitle}</h4>
      <p className="sr-quiet">{text.who}</p>
      <h4>{text.needTitle}</h4>
      <ul className="sr-type-needs">
        {text.needs.map((need) => (
          <li key={need}>{need}</li>
        ))}
      </ul>
      <Button variant="default" onClick={() => onChosen(null)}>
        {text.chooseReal}
      </Button>
    </section>
  );
}

function PracticeBank({ onChosen }: TypeStepProps) {
  const start = useAction('practice', 'start');
  return (
    <section className="sr-type">
      <h3>{text.practiceTitle}</h3>
      <p>{text.practice}</p>
      {start.isError && <ErrorPanel error={start.error} size="compact" />}
      <Button loading={start.isPending} onClick={() => start.mutate({}, { onSuccess: onChosen })}>
        {text.choosePractice}
      </Button>
    </section>
  );
}

export function TypeStep(props: TypeStepProps) {
  return (
    <Step heading={text.heading}>
      <div className="sr-types">
        <RealBank {...props} />
        <PracticeBank {...props} />
      </div>
    </Step>
  );
}
