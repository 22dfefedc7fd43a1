// An error in words: what happened, whose move, by when, which data, next step; the raw code one click away. It retries nothing by itself.
import './error-panel.css';
import { Button, Collapse } from '@mantine/core';
import { OctagonX } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { WireError } from '../../shared/errors/app-error.ts';
import { asWireError } from '../api/client.ts';
import { errorPanel, moveWords, ui } from '../text/common.ts';
import { redactedReport, wordError } from '../../shared/errors/texts.ts';
import { CopyButton } from './copy-button.tsx';

export interface ErrorPanelProps {
  /** Whatever a call rejected with. */
  readonly error: unknown;
  /** Given where the same step may simply be tried again. */
  readonly onRetry?: () => void;
  /** A button for the next step, instead of or beside the retry. */
  readonly action?: ReactNode;
  /** `compact` beside a field or in a dialog. */
  readonly size?: 'full' | 'compact';
}

/** For what a call rejected with. */
export function ErrorPanel({ error, ...rest }: ErrorPanelProps) {
  return <WireErrorPanel error={asWireError(error)} {...rest} />;
}

/** For an error that came as data: a health cause, a failed account, an office's problem. */
export function WireErrorPanel({
  error,
  onRetry,
  action,
  size = 'full',
}: ErrorPanelProps & { readonly error: WireError }) {
  const text = wordError(error);
  return (
    <section className="sr-error" data-size={size} data-code={error.code} role="alert">
      <OctagonX className="sr-error-icon" aria-hidden="true" size={18} />
      <div className="sr-error-body">
        <p className="sr-error-title">{text.title}</p>
        <p>{text.whatHappened}</p>
        <dl className="sr-error-facts">
          <dt>{errorPanel.whoseMove}</dt>
          <dd>{moveWords[text.whoseMove]}</dd>
          {text.byWhen !== undefined && (
            <>
              <dt>{errorPanel.byWhen}</dt>
              <dd>{text.byWhen}</dd>
            </>
          )}
          <dt>{errorPanel.dataAffected}</dt>
          <dd>{text.dataAffected}</dd>
          <dt>{errorPanel.nextStep}</dt>
          <dd>{text.nextStep}</dd>
        </dl>
        <div className="sr-error-actions sr-no-print">
          {action}
          {onRetry && (
            <Button variant="default" onClick={onRetry}>
              {ui.retry}
            </Button>
          )}
          <ErrorDetails error={error} />
        </div>
      </div>
    </section>
  );
}

function ErrorDetails({ error }: { readonly error: WireError }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="subtle" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? errorPanel.hideCode : errorPanel.showCode}
      </Button>
      <Collapse expanded={open} className="sr-error-details">
        <p>
          {errorPanel.code} <code>{error.code}</code> · {errorPanel.reference}{' '}
          <code>{error.ref ?? errorPanel.noReference}</code>
        </p>
        <CopyButton value={redactedReport(error)} variant="default" label={errorPanel.copy} copied={ui.copied} />
      </Collapse>
    </>
  );
}
