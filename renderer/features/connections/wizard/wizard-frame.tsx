// The wizard's frame: its steps at the side, the step's heading, and its buttons at the foot.
import { Button } from '@mantine/core';
import { Check } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { Link } from 'wouter';
import { wizardText as text } from '../../../text/connection-wizard.ts';
import { Page } from '../../../ui/page.tsx';
import { STEPS, type StepName } from './steps.ts';

function StepList({ step }: { readonly step: StepName }) {
  const current = STEPS.indexOf(step);
  return (
    <ol className="sr-steps" aria-label={text.stepsLabel}>
      {STEPS.map((name, index) => (
        <li key={name} aria-current={name === step ? 'step' : undefined} data-done={index < current || undefined}>
          <span className="sr-step-mark">
            {index < current ? <Check size={12} aria-label={text.done} /> : index + 1}
          </span>
          {text.steps[name]}
        </li>
      ))}
    </ol>
  );
}

export interface WizardFrameProps {
  readonly step: StepName;
  readonly children: ReactNode;
}

export function WizardFrame({ step, children }: WizardFrameProps) {
  return (
    <Page
      title={text.title}
      actions={
        <Button component={Link} to="/connections" variant="default">
          {text.leave}
        </Button>
      }
    >
      <div className="sr-wizard">
        <StepList step={step} />
        <div className="sr-wizard-step">{children}</div>
      </div>
    </Page>
  );
}

export interface StepProps {
  readonly heading: string;
  readonly hint?: string;
  readonly children: ReactNode;
}

/** A step's content; its heading takes the focus when the step opens, so that a screen reader says where one is. */
export function Step({ heading, hint, children }: StepProps) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <>
      <h2 ref={title} tabIndex={-1} className="sr-wizard-heading">
        {heading}
      </h2>
      {hint !== undefined && <p className="sr-quiet">{hint}</p>}
      {children}
    </>
  );
}

export interface StepFooterProps {
  readonly onBack?: (() => void) | undefined;
  readonly children: ReactNode;
}

export function StepFooter({ onBack, children }: StepFooterProps) {
  return (
    <div className="sr-wizard-footer">
      {onBack && (
        <Button variant="default" onClick={onBack}>
          {text.back}
        </Button>
      )}
      {children}
    </div>
  );
}
