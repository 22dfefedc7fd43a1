// The identity of accounts that their first source did not name: derived from their committed statements, like their figures. Others it leaves alone.
import { maskAccountNumber } from '../../../shared/model/iban.ts';
import { SourceAccount, UNNAMED_ACCOUNT } from '../../../shared/model/source.ts';
import type { AccountStore } from '../../core/ports/ledger-store.ts';
import { createKeys } from './client-rows.ts';
import type { Database } from './open-database.ts';

/** What the account was made from. */
const MADE_FROM = `
  SELECT st.source_account_json FROM accounts a JOIN statements st ON st.batch = a.created_by AND st.account = a.number
  WHERE a.number = @account AND a.made_unnamed = 1 ORDER BY st.number LIMIT 1`;

const NAMED_BY = `
  SELECT st.source_account_json FROM statements st JOIN batches b ON b.number = st.batch JOIN receipts r ON r.batch = b.number
  WHERE st.account = @account AND b.state = 'committed'
    AND (st.source_account_json ->> 'id' <> '${UNNAMED_ACCOUNT}' OR st.source_account_json ->> 'iban' IS NOT NULL)
  ORDER BY r.sequence, st.number LIMIT 1`;

const NAME = `
  UPDATE accounts SET iban = @iban, institution = @institution, source_number = @sourceNumber, number_mask = @numberMask WHERE number = @account`;

/** True where a source names no account: neither number nor IBAN. */
export function isUnnamed({ id, iban }: Pick<SourceAccount, 'id' | 'iban'>): boolean {
  return iban === null && id === UNNAMED_ACCOUNT;
}

/** The last digits of what a source calls an account; nothing where it calls it nothing. */
export function maskOf(account: Pick<SourceAccount, 'id' | 'iban'>): string {
  return isUnnamed(account) ? '' : maskAccountNumber(account.iban ?? account.id);
}

export function createIdentity(database: Database): Pick<AccountStore, 'learnIdentity'> {
  const keys = createKeys(database);
  const madeFrom = database.prepare<[object], string>(MADE_FROM).pluck();
  const namedBy = database.prepare<[object], string>(NAMED_BY).pluck();
  const name = database.prepare(NAME);
  return {
    learnIdentity: (accountId) => {
      const account = keys.account(accountId);
      const first = madeFrom.get({ account });
      if (first === undefined) return;
      const made = SourceAccount.parse(JSON.parse(first));
      const named = namedBy.get({ account });
      const source = named === undefined ? made : SourceAccount.parse(JSON.parse(named));
      const institution = source.institution ?? made.institution;
      const { id: sourceNumber, iban } = source;
      name.run({ account, iban, institution, sourceNumber, numberMask: maskOf(source) });
    },
  };
}
