// The accounts of a consent, mapped to account identities that outlive it. It reads no balance and no row.
import { z } from 'zod';
import { CurrencyCode } from '../../../../shared/model/currency.ts';
import { isIban } from '../../../../shared/model/iban.ts';
import type { SourceAccount } from '../../../../shared/model/source.ts';
import type { HttpResponse } from '../../../core/ports/http-client.ts';
import { checkShape, invalidResponse, parseJsonBody } from './response-body.ts';

const Identification = z.object({ SchemeName: z.string(), Identification: z.string().min(1).max(256) });

/** `Currency` and `AccountTypeCode` may be missing for a switched account. @see OBAccount6 */
const Account = z.object({
  AccountId: z.string().min(1).max(256),
  Currency: CurrencyCode.optional(),
  AccountTypeCode: z.string().optional(),
  Description: z.string().optional(),
  Nickname: z.string().optional(),
  Account: z.array(Identification.extend({ Name: z.string().optional() })).optional(),
  Servicer: z
    .object({ Identification: z.string().max(400).optional(), Name: z.string().max(400).optional() })
    .optional(),
});
type Account = z.infer<typeof Account>;

const AccountsResponse = z.object({ Data: z.object({ Account: z.array(Account).max(10_000).optional() }) });

export interface ListedAccount {
  readonly resourceId: string;
  readonly account: SourceAccount;
}

const KINDS: Readonly<Record<string, SourceAccount['kind']>> = {
  CACC: 'current',
  SACC: 'current',
  TRAN: 'current',
  SVGS: 'savings',
  LLSV: 'savings',
  CARD: 'card',
  CPAC: 'card',
  LOAN: 'loan',
  MORT: 'loan',
};

/** Card numbers (`UK.OBIE.PAN`) identify no account and are not kept. */
function numberOf(account: Account, scheme: string): string | null {
  return account.Account?.find(({ SchemeName }) => SchemeName === scheme)?.Identification ?? null;
}

function ibanOf(account: Account): string | null {
  const text = numberOf(account, 'UK.OBIE.IBAN')?.replaceAll(' ', '').toUpperCase() ?? null;
  return text !== null && isIban(text) ? text : null;
}

function nameOf(account: Account): string | null {
  const holder = account.Account?.find(({ Name }) => Name !== undefined)?.Name;
  return [holder, account.Nickname ?? account.Description].filter(Boolean).join(' – ').slice(0, 400) || null;
}

/** The resource id changes with every consent, so it names the account only when the bank gives no number. */
function toSourceAccount(account: Account): SourceAccount {
  const iban = ibanOf(account);
  const number = numberOf(account, 'UK.OBIE.SortCodeAccountNumber') ?? numberOf(account, 'UK.OBIE.BBAN');
  return {
    id: iban ?? number ?? account.AccountId,
    iban,
    currency: account.Currency ?? null,
    name: nameOf(account),
    institution: account.Servicer?.Identification ?? account.Servicer?.Name ?? null,
    kind: KINDS[account.AccountTypeCode ?? ''] ?? 'other',
  };
}

/** @throws {AppError} BANK_RESPONSE_INVALID, also when one resource id comes twice */
export function judgeAccounts(response: HttpResponse): ListedAccount[] {
  const accounts = checkShape(AccountsResponse, parseJsonBody(response)).Data.Account ?? [];
  const ids = new Set(accounts.map(({ AccountId }) => AccountId));
  if (ids.size !== accounts.length) throw invalidResponse('Data.Account.AccountId');
  return accounts.map((account) => ({ resourceId: account.AccountId, account: toSourceAccount(account) }));
}
