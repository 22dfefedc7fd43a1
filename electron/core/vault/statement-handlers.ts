// Statements over time: coverage by month, the chain of proofs with what breaks it, and the ledger as a file.
import type { Handlers } from '../../../shared/ipc/call.ts';
import type { AppContract } from '../../../shared/ipc/contract.ts';
import type { AccountCoverage, ProofFinding } from '../../../shared/ipc/contract/statements.ts';
import { CalendarDate } from '../../../shared/model/calendar-date.ts';
import type { AccountId, ClientId } from '../../../shared/model/ids.ts';
import type { Period } from '../ports/statement-history.ts';
import type { ClientStore } from '../ports/vault-store.ts';
import type { VaultContext } from './context.ts';
import { exportStatement } from './export-statement.ts';
import { candidatesFor, questionOf, suspectAmounts, suspectDays } from './proof/candidates.ts';
import { coverageOf, monthsBetween } from './proof/coverage.ts';
import { findingsOf, type Finding } from './proof/findings.ts';
import { intersects } from './proof/periods.ts';
import { chainOf } from './proof/statement-chain.ts';
import type { VaultServices } from './services.ts';

type StatementHandlers = Pick<Handlers<AppContract, VaultContext, 'vault'>, 'statements'>;

function coverageOfClient(store: ClientStore, clientId: ClientId, months: readonly string[]): AccountCoverage[] {
  return store.accounts.list().map(({ id, name, numberMask, currency }) => ({
    clientId,
    accountId: id,
    name,
    numberMask,
    currency,
    months: coverageOf(store.history.of(id), months),
  }));
}

function toFinding(
  store: ClientStore,
  accountId: AccountId,
  [finding, all]: [Finding, readonly Finding[]],
): ProofFinding {
  const { kind, from, to, differenceMinor, firstBrokenDay } = finding;
  const question = questionOf(finding, all);
  const suspects = question && store.history.suspects(accountId, suspectDays(question), suspectAmounts(question));
  return {
    kind,
    from: CalendarDate.parse(from),
    to: CalendarDate.parse(to),
    differenceMinor: differenceMinor?.toString() ?? null,
    firstBrokenDay: firstBrokenDay === null ? null : CalendarDate.parse(firstBrokenDay),
    candidates: question && suspects ? candidatesFor(question, suspects) : [],
  };
}

function proofOf(store: ClientStore, accountId: AccountId, period: Period) {
  const history = store.history.of(accountId);
  const findings = findingsOf(history);
  const chain = chainOf(history.statements);
  return {
    statements: chain.filter(({ from, to }) => intersects({ from: from ?? '', to: to ?? '9999-12-31' }, period)),
    findings: findings
      .filter((finding) => intersects(finding, period))
      .map((finding) => toFinding(store, accountId, [finding, findings])),
  };
}

/** The vault's answers to the `statements` calls of THE contract. */
export function createStatementHandlers(
  services: Pick<VaultServices, 'newFiles' | 'statementWriters'>,
): StatementHandlers {
  return {
    statements: {
      coverage: ({ clientId, from, to }, context) => {
        const months = monthsBetween(from, to);
        const clients = clientId === null ? context.clients().map(({ id }) => id) : [clientId];
        return clients.flatMap((id) => coverageOfClient(context.client(id), id, months));
      },
      proof: ({ clientId, accountId, ...period }, context) => proofOf(context.client(clientId), accountId, period),
      export: (input, context) => exportStatement(services, context, input),
    },
  };
}
