// A real connector process and what a host would send to it about the practice bank.
import { createChildProcessSpawn } from '../../electron/adapters/process/child-process-port.ts';
import { createProcessTransport } from '../../electron/adapters/process/process-transport.ts';
import { signIn } from '../../electron/practice-bank/practice-browser.ts';
import type { PracticeBank } from '../../electron/practice-bank/practice-bank.ts';
import type { Client, OutputOf } from '../../shared/ipc/call.ts';
import { createClient } from '../../shared/ipc/client.ts';
import {
  connectorContract,
  type ConnectorContract,
  type Endpoint,
} from '../../shared/ipc/processes/connector-contract.ts';
import { Pin } from '../../shared/ipc/contract/connections.ts';
import { addDays, type CalendarDate } from '../../shared/model/calendar-date.ts';
import { instantOf } from '../../shared/model/instant.ts';

export const PERMISSIONS = [
  'ReadAccountsDetail',
  'ReadBalances',
  'ReadTransactionsCredits',
  'ReadTransactionsDebits',
  'ReadTransactionsDetail',
];

export interface ConnectorUnderTest {
  readonly client: Client<ConnectorContract>;
  readonly pid: number;
  readonly standardError: string[];
  kill(): void;
}

export function startConnector(environment: Record<string, string> = {}): ConnectorUnderTest {
  const standardError: string[] = [];
  const spawn = createChildProcessSpawn({ onStandardError: (_name, line) => standardError.push(line), environment });
  const port = spawn('connector');
  const client = createClient(connectorContract, createProcessTransport(port));
  return { client, pid: port.pid, standardError, kill: () => port.kill() };
}

export function endpointOf({ details }: PracticeBank, change: Partial<Endpoint> = {}): Endpoint {
  return {
    type: 'uk-open-banking',
    issuer: details.issuer,
    resourceBase: details.resourceBase,
    clientId: details.client.clientId,
    pins: [Pin.parse(details.pins.current), Pin.parse(details.pins.backup)],
    authorityPem: details.authorityPem,
    practice: true,
    certificatePem: details.client.certificatePem,
    privateKeyPem: details.client.privateKeyPem,
    ...change,
  };
}

export const today = (bank: PracticeBank): CalendarDate => bank.details.today;

export interface SignInOptions {
  readonly name?: string;
  readonly approve?: boolean;
  readonly days?: number;
}

export async function beginSignIn(connector: ConnectorUnderTest, bank: PracticeBank, days = 90) {
  return connector.client.bank.beginSignIn({
    endpoint: endpointOf(bank),
    permissions: PERMISSIONS,
    from: addDays(today(bank), -days),
    expiresAt: instantOf(Math.floor(Date.now() / 1000) * 1000 + 90 * 86_400_000),
  });
}

/** Consent, sign-in and approval of all accounts, as a user would. */
export async function signInAs(connector: ConnectorUnderTest, bank: PracticeBank, options: SignInOptions = {}) {
  const { name = 'olivia', approve = true, days = 90 } = options;
  const { jobId, url, consentId } = await beginSignIn(connector, bank, days);
  const browser = await signIn(url, { name, password: 'practice', approve });
  return { browser, consentId, signedIn: await connector.client.bank.finishSignIn({ jobId }) };
}

export type SignedIn = Awaited<ReturnType<typeof signInAs>>;
export type Slice = OutputOf<ConnectorContract['bank']['nextSlice']>;

export interface FetchOptions {
  readonly days?: number;
  readonly attended?: boolean;
  /** Index of accounts to fetch; all when left out. */
  readonly only?: readonly number[];
}

export async function beginFetch(
  connector: ConnectorUnderTest,
  bank: PracticeBank,
  signed: SignedIn,
  options: FetchOptions = {},
) {
  const accounts = signed.signedIn.accounts.filter((_account, index) => options.only?.includes(index) ?? true);
  return connector.client.bank.beginFetch({
    endpoint: endpointOf(bank),
    tokens: signed.signedIn.tokens,
    consentId: signed.consentId,
    attended: options.attended ?? true,
    accounts: accounts.map(({ resourceId, account }) => ({
      resourceId,
      name: account.name ?? '',
      from: addDays(today(bank), -(options.days ?? 90)),
    })),
  });
}

export async function fetchAll(
  connector: ConnectorUnderTest,
  bank: PracticeBank,
  signed: SignedIn,
  options: FetchOptions = {},
): Promise<Slice[]> {
  const { jobId } = await beginFetch(connector, bank, signed, options);
  const slices: Slice[] = [];
  do slices.push(await connector.client.bank.nextSlice({ jobId }));
  while (!slices.at(-1)?.done);
  return slices;
}
