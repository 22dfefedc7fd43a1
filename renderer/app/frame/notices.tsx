// What everybody is told after signing in: failed tries since the last time, and what is weaker than it should be. Dismissed for the session.
import './notices.css';
import { ActionIcon } from '@mantine/core';
import { ShieldAlert, TriangleAlert, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { OfficeStatus, SignInAlert } from '../../../shared/ipc/contract/office.ts';
import { alertText as words, wordWarning } from '../../text/notices.ts';
import { formatInstant } from '../../ui/format.ts';
import { useMay } from '../use-may.ts';

interface NoticeProps {
  readonly tone: 'bad' | 'attention';
  /** What it is about, for the button that dismisses it. */
  readonly subject: string;
  readonly onDismiss: () => void;
  readonly children: ReactNode;
}

function Notice({ tone, subject, onDismiss, children }: NoticeProps) {
  const Icon = tone === 'bad' ? ShieldAlert : TriangleAlert;
  return (
    <li className="sr-told" data-tone={tone}>
      <Icon size={16} aria-hidden="true" />
      <p>{children}</p>
      <ActionIcon size="sm" aria-label={words.dismiss(subject)} onClick={onDismiss}>
        <X size={14} aria-hidden="true" />
      </ActionIcon>
    </li>
  );
}

function AlertWords({ alert }: { readonly alert: SignInAlert }) {
  const may = useMay();
  return (
    <>
      <b>{words.tries(alert.userName, alert.tries)}</b>,{' '}
      {words.between(formatInstant(alert.firstAt), formatInstant(alert.lastAt))}
      {alert.lockedOut && `; ${words.lockedOut}`}. {words.advice}{' '}
      {may('audit.read') && (
        <Link className="sr-link" to="/security?view=audit">
          {words.audit}
        </Link>
      )}
    </>
  );
}

const keyOf = (alert: SignInAlert): string => `${alert.userId} ${alert.lastAt}`;

export function Notices({ status }: { readonly status: OfficeStatus }) {
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const dismiss = (key: string): void => setDismissed([...dismissed, key]);
  const alerts = status.alerts.filter((alert) => !dismissed.includes(keyOf(alert)));
  const warnings = status.warnings.flatMap((key) => {
    const text = wordWarning(key, status);
    return text === undefined || dismissed.includes(key) ? [] : [{ key, text }];
  });
  if (alerts.length + warnings.length === 0) return null;
  return (
    <section className="sr-tellings sr-no-print" aria-label={words.label}>
      <ul>
        {alerts.map((alert) => (
          <Notice
            key={keyOf(alert)}
            tone="bad"
            subject={words.tries(alert.userName, alert.tries)}
            onDismiss={() => dismiss(keyOf(alert))}
          >
            <AlertWords alert={alert} />
          </Notice>
        ))}
        {warnings.map(({ key, text }) => (
          <Notice key={key} tone="attention" subject={text} onDismiss={() => dismiss(key)}>
            {text}{' '}
            {key === 'recovery-kit-due' ? (
              <Link className="sr-link" to="/security?kit=new">
                {words.newKit}
              </Link>
            ) : (
              <Link className="sr-link" to="/security">
                {words.security}
              </Link>
            )}
          </Notice>
        ))}
      </ul>
    </section>
  );
}
