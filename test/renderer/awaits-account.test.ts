// A statement whose account the vault could not tell waits for a person, and no other does.
import { expect, it } from 'vitest';
import { awaitsAccount } from '../../renderer/features/import/awaits-account.ts';
import { aBatch, batchStatement, STAGED_COUNTS } from '../builders/app-double/batches.ts';
import { doubleAccounts } from '../builders/app-double/ledger.ts';

it('waits where the vault says that the account is not clear', () => {
  const [account] = doubleAccounts(1);
  if (!account) throw new TypeError('the double has an account');
  const shape = { number: 1, age: 0, state: 'staged', kind: 'file', source: 'x.csv', counts: STAGED_COUNTS } as const;
  const batch = aBatch(account, shape);
  const open = { ...batchStatement(account, STAGED_COUNTS, 1), accountId: null };
  const told = { ...batch, warnings: [{ code: 'ACCOUNT_AMBIGUOUS', text: 'statement 2' }] };
  expect(awaitsAccount(batch, open)).toBe(false);
  expect(awaitsAccount(told, open)).toBe(true);
  expect(awaitsAccount(told, { ...open, index: 0 })).toBe(false);
  expect(awaitsAccount(told, batchStatement(account, STAGED_COUNTS, 1))).toBe(false);
});
