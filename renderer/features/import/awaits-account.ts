// Whether a person must say which account a statement goes to before its batch can be committed. The vault says so in a remark.
import type { BatchStatement, BatchSummary } from '../../../shared/ipc/contract/batches.ts';

export function awaitsAccount({ warnings }: BatchSummary, { index, accountId }: BatchStatement): boolean {
  const remark = `statement ${index + 1}`;
  return accountId === null && warnings.some(({ code, text }) => code === 'ACCOUNT_AMBIGUOUS' && text === remark);
}
