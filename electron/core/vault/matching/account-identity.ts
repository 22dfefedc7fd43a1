// Finds the account a source talks about by its identity, which outlives connections and providers. Doubt is said, never resolved by guessing.
import type { AccountId } from '../../../../shared/model/ids.ts';
import { UNNAMED_ACCOUNT, type SourceAccount } from '../../../../shared/model/source.ts';
import type { AccountIdentity } from '../../ports/ledger-rows.ts';
import { normaliseText } from './normalise-text.ts';

export type AccountResolution =
  | { readonly type: 'identity'; readonly accountId: AccountId }
  | { readonly type: 'new'; readonly key: string }
  | { readonly type: 'ambiguous' };

type Source = Pick<SourceAccount, 'id' | 'iban' | 'currency' | 'institution'>;

/** Letters and digits only, upper case: `40-44-00 12345678` and `404400/12345678` are one number. */
export function normaliseNumber(number: string): string {
  return number.toUpperCase().replace(/[^A-Z0-9]+/g, '');
}

/** A number this long holds bank code and account number and names one account, whatever a source calls the institution. @see ISO 13616-1:2020 §5, BBAN */
const NAMES_ITS_BANK = 12;

function sameNumber(account: AccountIdentity, source: Source): boolean {
  const [left, right] = [normaliseNumber(account.sourceNumber), normaliseNumber(source.id)];
  if (left === right) return true;
  const inIban = (iban: string | null, number: string): boolean =>
    iban !== null && number.length >= NAMES_ITS_BANK && iban.slice(4).endsWith(number);
  return inIban(account.iban, right) || inIban(source.iban, left);
}

function sameInstitution(account: AccountIdentity, source: Source): boolean {
  if (account.institution === null || source.institution === null) return true;
  if (normaliseNumber(source.id).length >= NAMES_ITS_BANK) return true;
  return normaliseText(account.institution) === normaliseText(source.institution);
}

function sameCurrency(account: AccountIdentity, source: Source): boolean {
  return source.currency === null || account.currency === source.currency;
}

/** One string that stays the same for an account over consents and resource ids. */
export function identityKeyOf(source: Source): string {
  const number = source.iban ?? `${normaliseText(source.institution ?? '')}/${normaliseNumber(source.id)}`;
  return `${number}/${source.currency ?? ''}`;
}

/**
 * IBAN first, then number with currency and, where both sides name one, institution. Two candidates, or a number that fits under another
 * institution's name, are `ambiguous`, and so is an account that the source does not name. `new` carries a key that is equal for statements of the same unknown account.
 */
export function resolveAccount(source: Source, accounts: readonly AccountIdentity[]): AccountResolution {
  if (source.id === UNNAMED_ACCOUNT && source.iban === null) return { type: 'ambiguous' };
  const byCurrency = accounts.filter((account) => sameCurrency(account, source));
  const byIban = byCurrency.filter((account) => source.iban !== null && account.iban === source.iban);
  const unlike = (account: AccountIdentity): boolean =>
    source.iban !== null && account.iban !== null && account.iban !== source.iban;
  const byNumber = byCurrency.filter((account) => !unlike(account) && sameNumber(account, source));
  const candidates = byIban.length > 0 ? byIban : byNumber.filter((account) => sameInstitution(account, source));
  const [only] = candidates;
  if (only && candidates.length === 1) return { type: 'identity', accountId: only.id };
  if (candidates.length > 1 || byNumber.length > 0) return { type: 'ambiguous' };
  return { type: 'new', key: identityKeyOf(source) };
}
