// UK Open Banking account information v4.0 as a BankAdapter. It puts the steps together; what each means is in its own file.
import type { BankAdapter } from '../../../core/ports/bank-adapter.ts';
import { discoverBank, refreshTokens } from './authorisation.ts';
import { consentProblem } from './consent.ts';
import { fetchAccounts, openConsents } from './fetch.ts';
import { beginSignIn, type SignInOptions } from './sign-in.ts';

export type UkOpenBankingOptions = Omit<SignInOptions, 'signInTimeoutMs'> & Partial<SignInOptions>;

const SIGN_IN_TIMEOUT_MS = 10 * 60_000;

/** @see SPEC.md for the versions read */
export function createUkOpenBanking(options: UkOpenBankingOptions): BankAdapter {
  const { clock } = options;
  return {
    type: 'uk-open-banking',
    beginSignIn: (session, request) =>
      beginSignIn(session, request, { signInTimeoutMs: SIGN_IN_TIMEOUT_MS, ...options }),
    refresh: async (session, tokens) => refreshTokens(await discoverBank(session, clock), tokens, clock),
    fetch: (session, request) => fetchAccounts(session, request, clock),
    async revoke(session, consentId) {
      const consents = await openConsents(session, clock);
      if (consentProblem(await consents.readConsent(consentId), clock.now()) === null)
        await consents.deleteConsent(consentId);
    },
  };
}
