// Writes an account's booked rows of a period into a new file. No file appears without an audit entry that says so.
import { createHash } from 'node:crypto';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import type { OutputOf, ParsedInputOf } from '../../../shared/ipc/call.ts';
import type { AppContract } from '../../../shared/ipc/contract.ts';
import { addDays } from '../../../shared/model/calendar-date.ts';
import { toMinorUnits } from '../../../shared/model/money.ts';
import { PRODUCT } from '../../../shared/model/product.ts';
import type { AccountFacts } from '../ports/ledger-store.ts';
import type { LedgerExtract } from '../ports/statement-history.ts';
import type { LedgerFile, LedgerHeader, StatementWriter } from '../ports/statement-writer.ts';
import { balanceBefore } from './account-proof.ts';
import type { VaultContext } from './context.ts';
import type { VaultServices } from './services.ts';
import { speakingOf } from './speaking-of.ts';

type ExportCall = AppContract['statements']['export'];
export type StatementExport = ParsedInputOf<ExportCall>;

const ABOUT_THIS_FILE: Readonly<Partial<Record<ErrorCode, ErrorCode>>> = {
  BACKUP_DESTINATION_EXISTS: 'EXPORT_DESTINATION_EXISTS',
  BACKUP_FOLDER_NOT_FOUND: 'EXPORT_FOLDER_NOT_FOUND',
};

/** The booked balances at the edges, where the sources state any balance at all. */
function balancesOf(facts: AccountFacts, { from, to }: StatementExport): LedgerHeader['balances'] {
  const opening = balanceBefore(facts, from);
  const closing = balanceBefore(facts, addDays(to, 1));
  if (opening === null || closing === null) return null;
  return {
    opening: { amountMinor: toMinorUnits(opening), date: addDays(from, -1) },
    closing: { amountMinor: toMinorUnits(closing), date: to },
  };
}

function headerOf(context: VaultContext, input: StatementExport, extract: LedgerExtract): LedgerHeader {
  const { accounts } = context.client(input.clientId);
  return {
    statementId: `S${Buffer.from(context.random(7)).toString('hex').toUpperCase()}`,
    createdAt: context.now(),
    office: context.office.profile.get().name,
    software: PRODUCT,
    account: extract.account,
    from: input.from,
    to: input.to,
    balances: balancesOf(accounts.facts(input.accountId), input),
    totals: extract.totals,
  };
}

/** Every piece passes the counter on its way into the file. */
function counted(file: LedgerFile, extract: LedgerExtract) {
  const hash = createHash('sha256');
  let bytes = 0;
  function* pass(pieces: readonly Uint8Array[]): Generator<Uint8Array> {
    for (const piece of pieces) {
      hash.update(piece);
      bytes += piece.length;
      yield piece;
    }
  }
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (const rows of extract.slices()) yield* pass(file.write(rows));
    yield* pass(file.end());
  }
  return { chunks: chunks(), result: () => ({ bytes, sha256: hash.digest('hex') }) };
}

/**
 * The file is written beside its place, the export audited, the file given its name; nothing is left behind when one of the three fails.
 * @throws {AppError} EXPORT_DESTINATION_EXISTS, EXPORT_FOLDER_NOT_FOUND, EXPORT_NOT_EXPRESSIBLE, ACCOUNT_NOT_FOUND, CLIENT_*, VAULT_*
 */
export async function exportStatement(
  { newFiles, statementWriters }: Pick<VaultServices, 'newFiles' | 'statementWriters'>,
  context: VaultContext,
  input: StatementExport,
): Promise<OutputOf<ExportCall>> {
  const { clientId, accountId, from, to, format, path } = input;
  const store = context.client(clientId);
  const extract = store.history.extract(accountId, { from, to });
  const writer: StatementWriter = statementWriters[format];
  const { chunks, result } = counted(writer.open(headerOf(context, input, extract)), extract);
  const { rows, credits, debits } = extract.totals;
  const sumMinor = (BigInt(credits.sumMinor) + BigInt(debits.sumMinor)).toString();
  return await speakingOf(ABOUT_THIS_FILE, async () => {
    const file = await newFiles.write(path, chunks);
    const written = result();
    try {
      const payload = { format, from, to, rows, sumMinor, sha256: written.sha256 };
      context.act(store, { subject: accountId, payload }, () => undefined);
      await file.publish();
    } catch (error) {
      await file.discard();
      throw error;
    }
    return { path, ...written, rows, sumMinor };
  });
}
