// Invented connections, one in each state of health, with the cause that leads to it.
import type { ConnectionView, Health, TlsIdentity } from '../../../shared/ipc/contract/connections.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import { CalendarDate } from '../../../shared/model/calendar-date.ts';
import { CurrencyCode } from '../../../shared/model/currency.ts';
import { accountId, connectionId, fakeHash, instantAgo } from './ids.ts';
import type { DoubleAccount } from './ledger.ts';

interface Condition {
  readonly institution: string;
  readonly state: Health['state'];
  readonly cause: ErrorCode | null;
  readonly whoseMove: Health['whoseMove'];
  readonly consentDays: number | null;
}

const CONDITIONS: readonly Condition[] = [
  { institution: 'Practice Bank', state: 'healthy', cause: null, whoseMove: 'nobody', consentDays: 74 },
  { institution: 'Bank of the Thames', state: 'renewal-due', cause: null, whoseMove: 'you', consentDays: 5 },
  {
    institution: 'Nordseebank AG Filiale Bremerhaven',
    state: 'needs-you',
    cause: 'CONSENT_EXPIRED',
    whoseMove: 'client',
    consentDays: 0,
  },
  { institution: 'First Pacific', state: 'limited', cause: 'BANK_RATE_LIMITED', whoseMove: 'nobody', consentDays: 41 },
  { institution: 'Severn Mutual', state: 'blocked', cause: 'TLS_PIN_MISMATCH', whoseMove: 'you', consentDays: 60 },
  { institution: 'Banco del Sur', state: 'stale', cause: 'BANK_SERVER_ERROR', whoseMove: 'bank', consentDays: 33 },
  { institution: 'Highland Savings', state: 'paused', cause: null, whoseMove: 'nobody', consentDays: 88 },
  { institution: 'Ostbank', state: 'working', cause: null, whoseMove: 'nobody', consentDays: 52 },
];

/** 44 characters like a pin. */
export function fakePin(number: number): string {
  return `${Buffer.from(fakeHash(number).slice(0, 64), 'hex').toString('base64').slice(0, 43)}=`;
}

export function tlsIdentity(host: string, number: number): TlsIdentity {
  return {
    host,
    protocol: 'TLSv1.3',
    cipher: 'TLS_AES_256_GCM_SHA384',
    subject: `CN=${host}`,
    issuer: 'CN=Practice Authority, O=Practice Bank',
    validFrom: instantAgo(200),
    validTo: instantAgo(-165),
    spkiSha256: fakePin(number),
    certificateSha256: fakeHash(number),
  };
}

function healthOf({ state, cause, whoseMove, consentDays }: Condition): Health {
  const age = state === 'stale' ? 9.4 : state === 'needs-you' ? 1.3 : 0.05;
  return {
    state,
    cause,
    causeParams: cause === null ? {} : { host: 'api.bank.invalid', status: '500' },
    whoseMove,
    lastGoodSync: instantAgo(age),
    lastTry: instantAgo(0.02),
    nextAllowed: state === 'limited' ? instantAgo(-0.08) : null,
    consentExpiresAt: consentDays === null ? null : instantAgo(-consentDays),
    consentDaysLeft: consentDays,
    callsToday: 3,
  };
}

function historyOf({ cause }: Condition): ConnectionView['history'] {
  return Array.from({ length: 90 }, (_, day) => {
    const ok = day % 23 !== 7 && !(cause !== null && day < 2);
    return {
      at: instantAgo(day + 0.1),
      ok,
      cause: ok ? null : (cause ?? 'BANK_TIMEOUT'),
      newRows: ok ? (day * 7) % 31 : 0,
    };
  });
}

function viewOf(condition: Condition, number: number, accounts: readonly DoubleAccount[]): ConnectionView {
  return {
    id: connectionId(number),
    type: 'uk-open-banking',
    institution: condition.institution,
    practice: number === 1,
    stage: 'ready',
    createdAt: instantAgo(210),
    permissions: [
      'ReadAccountsDetail',
      'ReadBalances',
      'ReadTransactionsCredits',
      'ReadTransactionsDebits',
      'ReadTransactionsDetail',
    ],
    startDateAsked: CalendarDate.parse('2023-01-01'),
    startDateGranted: CalendarDate.parse('2024-01-01'),
    accounts: accounts.filter(({ connection }) => connection === number).map(accountView),
    health: healthOf(condition),
    pins: [
      { spkiSha256: fakePin(number), role: 'current', pinnedAt: instantAgo(210) },
      { spkiSha256: fakePin(number + 50), role: 'backup', pinnedAt: instantAgo(210) },
    ],
    tls: tlsIdentity(`api.bank${number}.invalid`, number),
    history: historyOf(condition),
  };
}

function accountView(account: DoubleAccount): ConnectionView['accounts'][number] {
  return {
    resourceId: `resource-${account.number}`,
    account: {
      id: `resource-${account.number}`,
      iban: account.iban,
      currency: CurrencyCode.parse(account.currency),
      name: account.name,
      institution: account.institution,
      kind: 'current',
    },
    clientId: account.client,
    accountId: accountId(account.number),
  };
}

/** One connection in each state of health. */
export function doubleConnections(accounts: readonly DoubleAccount[]): ConnectionView[] {
  return CONDITIONS.map((condition, index) => viewOf(condition, index + 1, accounts));
}
