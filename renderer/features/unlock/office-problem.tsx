// An office that does not open as it is: what happened in words, and the way out of it, step by step. It changes nothing.
import { Button } from '@mantine/core';
import type { WireError } from '../../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import { useAction } from '../../api/query.ts';
import { unlock as words, wayOut } from '../../text/unlock.ts';
import { WireErrorPanel } from '../../ui/error-panel.tsx';

/** Damage or manipulation: the files stay as they are, and a backup brings the office back. */
const RESTORE: readonly ErrorCode[] = [
  'VAULT_CORRUPT',
  'VAULT_HEADER_CORRUPT',
  'VAULT_HEADER_TAMPERED',
  'VAULT_KDF_REFUSED',
  'VAULT_ROSTER_TAMPERED',
  'VAULT_ROLLED_BACK',
];

export interface OfficeProblemProps {
  readonly problem: WireError;
  readonly onRecover: () => void;
  /** Where the folder itself showed the problem: it may be gone by now. */
  readonly canLookAgain?: boolean;
}

export function OfficeProblem({ problem, onRecover, canLookAgain = false }: OfficeProblemProps) {
  const look = useAction('office', 'status');
  const kit = (
    <Button variant="default" onClick={onRecover}>
      {words.withKit}
    </Button>
  );
  return (
    <>
      <WireErrorPanel
        error={problem}
        {...(canLookAgain ? { onRetry: () => look.mutate({}) } : {})}
        action={problem.code === 'KEYCHAIN_ENTRY_MISSING' ? kit : undefined}
      />
      {RESTORE.includes(problem.code) && (
        <section className="sr-way-out" aria-label={wayOut.title}>
          <h2>{wayOut.title}</h2>
          <ol>
            <li>{wayOut.copy}</li>
            <li>{wayOut.restore}</li>
            <li>{wayOut.compare}</li>
          </ol>
        </section>
      )}
    </>
  );
}
