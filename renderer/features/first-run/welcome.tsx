// The three ways to begin.
import { Button } from '@mantine/core';
import type { OfficeStatus } from '../../../shared/ipc/contract/office.ts';
import { firstRun } from '../../text/first-run.ts';
import { WireErrorPanel } from '../../ui/error-panel.tsx';
import { Front } from '../../ui/front.tsx';

export type FirstRunChoice = keyof typeof firstRun.choices;

const CHOICES: readonly FirstRunChoice[] = ['practise', 'create', 'restore'];

export interface WelcomeProps {
  readonly status: OfficeStatus;
  readonly onChoose: (choice: FirstRunChoice) => void;
}

export function Welcome({ status, onChoose }: WelcomeProps) {
  return (
    <Front title={firstRun.title} lead={firstRun.lead}>
      {status.problem !== null && <WireErrorPanel error={status.problem} />}
      <ul className="sr-welcome">
        {CHOICES.map((choice) => (
          <li key={choice}>
            <div>
              <h2>{firstRun.choices[choice].title}</h2>
              <p className="sr-quiet">{firstRun.choices[choice].text}</p>
            </div>
            <Button
              size="sm"
              variant={choice === 'practise' ? 'filled' : 'default'}
              disabled={status.problem !== null}
              onClick={() => onChoose(choice)}
            >
              {firstRun.choices[choice].button}
            </Button>
          </li>
        ))}
      </ul>
      <p className="sr-quiet">
        {firstRun.folder}: <span className="sr-mono">{status.directory}</span>
      </p>
    </Front>
  );
}
