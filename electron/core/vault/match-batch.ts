// Matches a staged batch against the client's ledger: which account each statement means, then what each row is. It commits nothing.
import { addDays, parseCalendarDate } from '../../../shared/model/calendar-date.ts';
import { CurrencyCode } from '../../../shared/model/currency.ts';
import type { AccountId, BatchId } from '../../../shared/model/ids.ts';
import type { StagedStatement } from '../ports/ledger-store.ts';
import type { ClientStore } from '../ports/vault-store.ts';
import type { AccountIdentity, Coverage, IncomingRow } from '../ports/ledger-rows.ts';
import { applySigns } from './statement-signs.ts';
import { resolveAccount } from './matching/account-identity.ts';
import { sourceKindOf } from './matching/id-promises.ts';
import { matchRows } from './matching/match-rows.ts';
import { normaliseText } from './matching/normalise-text.ts';

/** How far around a slice the ledger is looked at: a pending row settles within it, a shifted day lies within it. */
const MARGIN_DAYS = 12;

function resolve(
  statement: StagedStatement,
  identities: readonly AccountIdentity[],
): ReturnType<typeof resolveAccount> {
  const currency = statement.currency === null ? null : CurrencyCode.parse(statement.currency);
  return resolveAccount({ ...statement.account, currency }, identities);
}

function resolveStatements({ matching }: ClientStore, batchId: BatchId): void {
  const identities = matching.identities();
  for (const statement of matching.statements(batchId)) {
    if (statement.resolution === 'chosen') continue;
    matching.resolve(batchId, statement.position, resolve(statement, identities));
  }
}

function remember(read: (number: number) => string): (number: number) => string {
  const texts = new Map<number, string>();
  return (number) => {
    const known = texts.get(number);
    if (known !== undefined) return known;
    const text = normaliseText(read(number));
    texts.set(number, text);
    return text;
  };
}

function windowOf(coverage: Coverage, incoming: readonly IncomingRow[]): Coverage {
  let { first, last } = coverage;
  for (const { bookingDate } of incoming) {
    if (bookingDate < first) first = bookingDate;
    if (bookingDate > last) last = bookingDate;
  }
  return {
    first: addDays(parseCalendarDate(first), -MARGIN_DAYS),
    last: addDays(parseCalendarDate(last), MARGIN_DAYS),
  };
}

function matchAccount(
  { matching }: ClientStore,
  batchId: BatchId,
  target: { accountId: AccountId; reader: string },
): void {
  const { accountId, reader } = target;
  const coverage = matching.hasRows(accountId) ? matching.coverage(batchId, accountId) : null;
  if (!coverage) return;
  const incoming = matching.incoming(batchId, accountId);
  const { first, last } = windowOf(coverage, incoming);
  const matches = matchRows({
    incoming,
    ledger: matching.ledger(accountId, first, last),
    coverage,
    reader,
    incomingText: remember((number) => matching.incomingText(number)),
    ledgerText: remember((number) => matching.ledgerText(number)),
  });
  matching.save(matches.filter((match) => match.ledger !== null));
}

/** Resolves accounts, sorts every row into new, known, changed or doubtful and counts. Matching again gives the same. */
export function matchBatch(store: ClientStore, batchId: BatchId): void {
  const { matching } = store;
  matching.reset(batchId);
  resolveStatements(store, batchId);
  applySigns(store, batchId);
  const reader = matching.readerOf(batchId);
  if (sourceKindOf(reader).repeatsPages) matching.markRepeats(batchId);
  const accounts = new Set(matching.statements(batchId).flatMap(({ accountId }) => accountId ?? []));
  for (const accountId of accounts) matchAccount(store, batchId, { accountId, reader });
  matching.summarise(batchId);
}
