// The UK Open Banking v4.0 account information API over the ledger: routes and permissions. It knows nothing of sockets but who is calling.
import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { refuseWith, type Answer } from './answer.ts';
import { ConsentRequest, statusOf, type Consent } from './consents.ts';
import type { LedgerAccount } from './ledger/ledger-row.ts';
import type { Ledger } from './ledger/ledger.ts';
import { presentAccount, presentBalances, presentTransaction } from './present.ts';
import { requireClient, requireConsent, requirePermission, type AccessOptions } from './resource-access.ts';
import { availableWindow, transactionsPage } from './transactions-page.ts';

export const API_PATH = '/open-banking/v4.0/aisp';

export type AccountInformationOptions = AccessOptions & {
  readonly ledger: Ledger;
  /** Absolute base, for links. */
  readonly resourceBase: string;
  readonly pageSize: number;
};

type Call = {
  readonly request: IncomingMessage & { readonly socket: TLSSocket };
  readonly url: URL;
  readonly body: string;
};

type Context = { readonly options: AccountInformationOptions; readonly call: Call; readonly id: string };
type Route = { readonly method: string; readonly path: RegExp; readonly answer: (context: Context) => Promise<Answer> };

function links({ options, call }: Context, next: string | null = null): { Self: string; Next?: string } {
  const self = `${options.resourceBase}${call.url.pathname.slice(API_PATH.length)}`;
  return { Self: `${self}${call.url.search}`, ...(next === null ? {} : { Next: `${self}?page=${next}` }) };
}

function presentConsent(consent: Consent, context: Context): unknown {
  return {
    Data: {
      ConsentId: consent.consentId,
      CreationDateTime: consent.createdAt,
      Status: statusOf(consent, context.options.active),
      StatusUpdateDateTime: consent.statusUpdatedAt,
      ...consent.request,
    },
    Risk: {},
    Links: { Self: `${context.options.resourceBase}/account-access-consents/${consent.consentId}` },
    Meta: { TotalPages: 1 },
  };
}

function readConsentRequest(text: string): ConsentRequest {
  let json: unknown = null;
  try {
    json = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    refuseWith(400, 'U002', 'The body is not JSON.');
  }
  const parsed = ConsentRequest.safeParse(json);
  if (!parsed.success)
    refuseWith(
      400,
      'U002',
      `${parsed.error.issues[0]?.path.join('.') ?? ''}: ${parsed.error.issues[0]?.message ?? ''}`,
    );
  return parsed.data;
}

/** "ReadTransactionsBasic/Detail must come with at least one of ReadTransactionsCredits and ReadTransactionsDebits", and the reverse. */
function checkPermissions({ Data }: ConsentRequest): void {
  const has = (...names: readonly string[]): boolean =>
    Data.Permissions.some((permission) => names.includes(permission));
  if (
    has('ReadTransactionsBasic', 'ReadTransactionsDetail') !== has('ReadTransactionsCredits', 'ReadTransactionsDebits')
  ) {
    refuseWith(400, 'U004', 'Transaction permissions need a depth and a direction.');
  }
  const expires = Data.ExpirationDateTime;
  if (expires !== undefined && Date.parse(expires) <= Date.now())
    refuseWith(400, 'U002', 'ExpirationDateTime is in the past.');
}

async function createConsent(context: Context): Promise<Answer> {
  const clientId = await requireClient(context.options, context.call.request);
  const request = readConsentRequest(context.call.body);
  checkPermissions(request);
  const consent = context.options.consents.create(clientId, request);
  return { status: 201, body: presentConsent(consent, context) };
}

async function ownConsent({ options, call, id }: Context): Promise<Consent> {
  const clientId = await requireClient(options, call.request);
  const consent = options.consents.find(id);
  return consent?.clientId === clientId ? consent : refuseWith(403, 'U009', 'No such consent of this client.');
}

async function readConsent(context: Context): Promise<Answer> {
  return { status: 200, body: presentConsent(await ownConsent(context), context) };
}

async function deleteConsent(context: Context): Promise<Answer> {
  context.options.consents.cancel(await ownConsent(context));
  return { status: 204 };
}

function accountOf(consent: Consent, { options, id }: Context): LedgerAccount {
  const account = consent.accountIds.includes(id) ? options.ledger.accountById(id) : undefined;
  return account ?? refuseWith(403, 'U009', 'The account is not in the consent.');
}

async function listAccounts(context: Context): Promise<Answer> {
  const { options, call, id } = context;
  const consent = await requireConsent(options, call.request);
  requirePermission(consent, 'ReadAccountsDetail', 'ReadAccountsBasic');
  const detail = consent.request.Permissions.includes('ReadAccountsDetail');
  const accounts =
    id === ''
      ? options.ledger.accounts.filter((each) => consent.accountIds.includes(each.accountId))
      : [accountOf(consent, context)];
  const Account = accounts.map((account) => presentAccount(account, detail));
  return { status: 200, body: { Data: { Account }, Links: links(context), Meta: { TotalPages: 1 } } };
}

async function readBalances(context: Context): Promise<Answer> {
  const consent = await requireConsent(context.options, context.call.request);
  requirePermission(consent, 'ReadBalances');
  const Balance = presentBalances(accountOf(consent, context), context.options.ledger.today);
  return { status: 200, body: { Data: { Balance }, Links: links(context), Meta: { TotalPages: 1 } } };
}

async function readTransactions(context: Context): Promise<Answer> {
  const { options, call } = context;
  const consent = await requireConsent(options, call.request);
  requirePermission(consent, 'ReadTransactionsDetail', 'ReadTransactionsBasic');
  const account = accountOf(consent, context);
  const detail = consent.request.Permissions.includes('ReadTransactionsDetail');
  const page = transactionsPage(account, {
    consent,
    parameters: call.url.searchParams,
    pageSize: options.pageSize,
    repeatFirst: options.active.has('duplicate-page'),
  });
  const { first, last } = availableWindow(account, consent, options.ledger.today);
  return {
    status: 200,
    body: {
      Data: { Transaction: page.rows.map((row) => presentTransaction(account, row, detail)) },
      Links: links(context, page.next),
      Meta: { TotalPages: page.totalPages, FirstAvailableDateTime: first, LastAvailableDateTime: last },
    },
  };
}

const ROUTES: readonly Route[] = [
  { method: 'POST', path: /^\/account-access-consents()$/, answer: createConsent },
  { method: 'GET', path: /^\/account-access-consents\/([\w-]+)$/, answer: readConsent },
  { method: 'DELETE', path: /^\/account-access-consents\/([\w-]+)$/, answer: deleteConsent },
  { method: 'GET', path: /^\/accounts()$/, answer: listAccounts },
  { method: 'GET', path: /^\/accounts\/(\d+)$/, answer: listAccounts },
  { method: 'GET', path: /^\/accounts\/(\d+)\/balances$/, answer: readBalances },
  { method: 'GET', path: /^\/accounts\/(\d+)\/transactions$/, answer: readTransactions },
];

/** @throws {AnswerError} for every refusal the API knows */
export async function answerAccountInformation(options: AccountInformationOptions, call: Call): Promise<Answer> {
  const path = call.url.pathname.slice(API_PATH.length);
  const matching = ROUTES.filter((route) => route.path.test(path));
  if (matching.length === 0) return { status: 404 };
  const route = matching.find((candidate) => candidate.method === call.request.method);
  if (route === undefined)
    return { status: 405, headers: { allow: matching.map((candidate) => candidate.method).join(', ') } };
  return route.answer({ options, call, id: route.path.exec(path)?.[1] ?? '' });
}
