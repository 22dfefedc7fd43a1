// Every bank adapter against its bank, under the one contract.
import { createUkOpenBanking } from '../../electron/adapters/banks/uk-open-banking/adapter.ts';
import { createOpenHttpClient } from '../../electron/adapters/http/pinned-client.ts';
import { systemClock, systemTimer } from '../../electron/adapters/system/system.ts';
import { RecordedHttp } from '../../electron/core/connector/recorded-http.ts';
import { signIn } from '../../electron/practice-bank/practice-browser.ts';
import { startPracticeBankProcess } from '../../electron/practice-bank/spawn.ts';
import { addDays } from '../../shared/model/calendar-date.ts';
import { bankAdapterContract, type BankAdapterSubject } from '../contracts/bank-adapter.ts';
import { endpointOf, PERMISSIONS, today } from './connector-client.ts';

async function ukOpenBanking(): Promise<BankAdapterSubject> {
  const bank = await startPracticeBankProcess();
  const endpoint = endpointOf(bank);
  const adapter = createUkOpenBanking({ clock: systemClock, timer: systemTimer });
  const from = addDays(today(bank), -1200);
  let asked = 0;
  return {
    adapter,
    from,
    openSession() {
      const abort = new AbortController();
      const { certificatePem, privateKeyPem, pins, authorityPem, issuer } = endpoint;
      const policy = { origins: [issuer], pins, authorityPem, clientCertificate: { certificatePem, privateKeyPem } };
      const http = new RecordedHttp(createOpenHttpClient()(policy), abort.signal);
      return {
        session: { endpoint, http, signal: abort.signal },
        abort: () => abort.abort(),
        close: () => http.close(),
      };
    },
    async signIn(session) {
      const pending = await adapter.beginSignIn(session, { permissions: PERMISSIONS, from, expiresAt: null });
      await signIn(pending.url, { name: 'priya', password: 'practice', approve: true });
      return { signedIn: await pending.finish(), consentId: pending.consentId };
    },
    books: async () =>
      (await bank.ledger()).map(({ iban, closingMinor, bookedCount, pendingCount }) => ({
        iban,
        closingMinor,
        booked: bookedCount,
        pending: pendingCount,
      })),
    async askedSince() {
      const requests = await bank.requests();
      const ids = requests.slice(asked).flatMap(({ accountId }) => accountId ?? []);
      asked = requests.length;
      return ids;
    },
    close: () => bank.close(),
  };
}

bankAdapterContract('UK Open Banking v4.0', ukOpenBanking);
