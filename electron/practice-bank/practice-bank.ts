// Puts the practice bank together and starts it on 127.0.0.1. It keeps everything in memory and touches no file.
import { createServer as createPlainServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { CalendarDate } from '../../shared/model/calendar-date.ts';
import { CurrencyCode } from '../../shared/model/currency.ts';
import { Iban } from '../../shared/model/iban.ts';
import { API_PATH } from './account-information.ts';
import { createAuthorisationServer, REDIRECT_URI } from './authorisation-server.ts';
import { createBankListener } from './bank-listener.ts';
import { createConsents } from './consents.ts';
import type { PracticeBankDetails } from './details.ts';
import { COMPANIES, PASSWORD, SIGN_INS } from './ledger/companies.ts';
import { createLedger, type Ledger } from './ledger/ledger.ts';
import { summariseLedger, type LedgerAccountSummary } from './ledger-summary.ts';
import type { Misbehaviour } from './misbehaviours.ts';
import { PracticeBankOptions, type PracticeBankOptionsInput } from './options.ts';
import { createRequestLog, type SeenRequest } from './request-log.ts';
import { BANK_NAME } from './sign-in-page.ts';
import { createSignIn } from './sign-in.ts';
import { statementFile, type StatementRequest } from './statements/statement-file.ts';
import { createTlsIdentity, type TlsIdentity } from './tls-identity.ts';

/** A running practice bank, in this process or another. */
export type PracticeBank = {
  readonly details: PracticeBankDetails;
  /** Replaces the active misbehaviours; none means well-behaved. Open connections are closed when the handshake changes. */
  misbehave(names: readonly Misbehaviour[]): Promise<void>;
  /** The truth, to the minor unit. */
  ledger(): Promise<LedgerAccountSummary[]>;
  /** The text of a statement file in UTF-8. Its rows are the booked ones from `from` to `to`, both included. */
  statementFile(request: StatementRequest): Promise<string>;
  /** Everything the https side has answered so far, oldest first. */
  requests(): Promise<readonly SeenRequest[]>;
  close(): Promise<void>;
};

const HOST = '127.0.0.1';

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => resolve());
  });
  return (server.address() as AddressInfo).port;
}

async function stop(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}

function describe(identity: TlsIdentity, ledger: Ledger, issuer: string): PracticeBankDetails {
  const nameOf = (key: string): string => COMPANIES.find((company) => company.key === key)?.name ?? key;
  return {
    name: BANK_NAME,
    issuer,
    resourceBase: `${issuer}${API_PATH}`,
    authorityPem: identity.authorityPem,
    pins: { ...identity.pins },
    client: { ...identity.enrolment, redirectUri: REDIRECT_URI },
    signIns: SIGN_INS.map(({ name, companies }) => ({ name, password: PASSWORD, companies: companies.map(nameOf) })),
    companies: ledger.companies.map(({ name, accounts }) => ({
      name,
      accounts: accounts.map((account) => ({
        iban: Iban.parse(account.iban),
        name: account.name,
        currency: CurrencyCode.parse(account.currency),
      })),
    })),
    today: ledger.today,
  };
}

/** Starts a bank in this process. Two banks of one process share nothing. */
export async function createPracticeBank(input: PracticeBankOptionsInput = {}): Promise<PracticeBank> {
  const options = PracticeBankOptions.parse(input);
  const active = new Set<Misbehaviour>(options.misbehave);
  const ledger = createLedger(options.seed, options.today ?? CalendarDate.parse(new Date().toISOString().slice(0, 10)));
  const [identity, consents, log] = [await createTlsIdentity(), createConsents(), createRequestLog(ledger)];

  const plain = createPlainServer();
  const tls = createTlsServer({ ...identity.secureContext(active), requestCert: true, rejectUnauthorized: true });
  const [port, frontPort] = [await listen(tls, options.port), await listen(plain, 0)];
  const issuer = `https://localhost:${port}`;
  const frontOrigin = `http://${HOST}:${frontPort}`;
  const provider = await createAuthorisationServer({ ...options, issuer, frontOrigin, consents, active });
  plain.on('request', createSignIn({ provider, consents, ledger }));
  const shared = { provider, consents, active, ledger, log, pageSize: options.pageSize, slowMs: options.slowMs };
  tls.on(
    'request',
    createBankListener({ ...shared, resourceBase: `${issuer}${API_PATH}`, otherOrigin: `https://${HOST}:${port}` }),
  );

  return {
    details: describe(identity, ledger, issuer),
    async misbehave(names) {
      active.clear();
      for (const name of names) active.add(name);
      tls.setSecureContext(identity.secureContext(active));
      tls.closeAllConnections();
    },
    ledger: async () => summariseLedger(ledger),
    statementFile: async (request) => statementFile(ledger, request),
    requests: async () => log.entries(),
    async close() {
      await Promise.all([stop(plain), stop(tls)]);
    },
  };
}
