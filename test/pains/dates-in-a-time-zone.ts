// Brings the days on which a date may slip, in every format, into an office of its own and writes what became of them, once for
// each time zone it is given.
import type { AccountId } from '../../shared/model/ids.ts';
import { openPainOffice, type PainClient } from './pain-bench.ts';
import {
  camt,
  camtAround,
  camtBalance,
  csv,
  CSV_PROFILE,
  mt940,
  ofx,
  qif,
  QIF_PROFILE,
  type PainRow,
} from './statement-texts.ts';

/** Leap day, the ends of years and months, and the days on which Europe, America, Brazil and Lord Howe Island change their clocks. */
const DAYS = [
  '2024-02-29',
  '2025-12-31',
  '2026-01-01',
  '2026-03-08',
  '2026-03-29',
  '2026-03-31',
  '2026-04-05',
  '2026-10-04',
  '2026-10-25',
  '2026-11-01',
];
const rows: PainRow[] = DAYS.map((date, at) => ({
  date,
  amount: `${at % 2 === 0 ? '-' : ''}${at + 1}.01`,
  text: `Day ${date}`,
  name: 'Acme',
  id: `D${at}`,
}));

/** A German IBAN of account number `at`. @see ISO 7064, MOD 97-10 */
function ibanOf(at: number): string {
  const account = `370400440532${String(at).padStart(6, '0')}`;
  const check = 98n - (BigInt(`${account}131400`) % 97n);
  return `DE${String(check).padStart(2, '0')}${account}`;
}
/** An account for each way in which the days come. */
const whole = (at: number) => ({
  rows,
  from: '2024-02-29',
  to: '2026-11-01',
  opening: '100.00',
  closing: '105.00',
  iban: ibanOf(at),
});

/** A minute before and after midnight where the bank is, whose offset the file states. */
const clock = (at: number): string => (at % 2 === 0 ? '000100' : '235900');
const ofxTimes = rows.reduce(
  (text, { date }, at) =>
    text.replace(
      `<DTPOSTED>${date.replaceAll('-', '')}<`,
      `<DTPOSTED>${date.replaceAll('-', '')}${clock(at)}.000[${at % 3 === 0 ? '-8:PST' : '+13:NZDT'}]<`,
    ),
  ofx(whole(4)),
);
const camtTimes = rows.reduce(
  (text, { date }, at) => {
    const time = `${clock(at).slice(0, 2)}:${clock(at).slice(2, 4)}:00${at % 3 === 0 ? '-08:00' : '+13:00'}`;
    return text.replace(`<BookgDt><Dt>${date}</Dt>`, `<BookgDt><DtTm>${date}T${time}</DtTm>`);
  },
  camt(whole(2)),
);

const answer = {
  account: { id: 'r', iban: ibanOf(8), currency: 'EUR', name: 'Current', institution: 'Bank', kind: 'current' },
  resourceId: 'r',
  records: rows.map(({ date, amount, text, id }, at) => ({
    TransactionId: id,
    CreditDebitIndicator: amount.startsWith('-') ? 'Debit' : 'Credit',
    Status: 'BOOK',
    BookingDateTime: `${date}T${at % 2 === 0 ? '00:01:00+13:00' : '23:59:00-08:00'}`,
    ValueDateTime: `${date}T00:00:00Z`,
    TransactionInformation: text,
    Amount: { Amount: amount.replace('-', ''), Currency: 'EUR' },
  })),
};
const empty = camtAround(
  { rows: [], from: '2026-11-02', to: '2026-11-30', iban: ibanOf(1) },
  camtBalance('OPBD', '105.00', { date: '2026-11-02', currency: 'EUR' }) +
    camtBalance('CLBD', '105.00', { date: '2026-11-30', currency: 'EUR' }),
);

async function bringTable(client: PainClient, text: string, profile: typeof CSV_PROFILE | typeof QIF_PROFILE) {
  await client.commit(await client.assign(await client.stage(text, { profile }), 0, null));
}

const BY_FORMAT: Readonly<Record<string, (client: PainClient) => Promise<unknown>>> = {
  CAMT: (client) => client.bring(camt(whole(1))),
  'CAMT with times': (client) => client.bring(camtTimes),
  OFX: (client) => client.bring(ofx(whole(3))),
  'OFX with times': (client) => client.bring(ofxTimes),
  MT940: (client) => client.bring(mt940(whole(5))),
  CSV: (client) => bringTable(client, csv(whole(6)), CSV_PROFILE),
  QIF: (client) => bringTable(client, qif(whole(7)), QIF_PROFILE),
  bank: (client) => client.bringAnswer(answer),
};

async function outcomeOf(client: PainClient, accountId: AccountId) {
  const account = (await client.accounts()).find(({ id }) => id === accountId);
  const list = (await client.list()).filter((row) => row.accountId === accountId);
  const detail = await client.get(list[0]!.id);
  return {
    rows: list.map(({ bookingDate, amountMinor }) => `${bookingDate} ${amountMinor}`),
    valueDates: [...new Set(list.map(({ bookingDate, valueDate }) => valueDate === null || valueDate === bookingDate))],
    first: detail.bookingDate,
    balance: account?.bookedMinor,
    asOf: account?.dataAsOf?.slice(0, 10) ?? null,
  };
}

/** Brings the days in every format, each to an account of its own. */
async function bringAll(client: PainClient): Promise<ReadonlyMap<string, AccountId>> {
  const made = new Map<string, AccountId>();
  for (const [format, bring] of Object.entries(BY_FORMAT)) {
    const before = new Set((await client.accounts()).map(({ id }) => id));
    await bring(client);
    const [account] = (await client.accounts()).filter(({ id }) => !before.has(id));
    if (!account) throw new TypeError(`${format} made no account`);
    made.set(format, account.id);
  }
  return made;
}

const office = await openPainOffice();

/** What everything becomes in one zone. Assigning TZ changes the zone of a process at once. */
async function inZone(zone: string) {
  process.env['TZ'] = zone;
  const client = await office.addClient();
  const accounts = await bringAll(client);
  const outcomes: Record<string, unknown> = {};
  for (const [format, accountId] of accounts) outcomes[format] = await outcomeOf(client, accountId);
  await client.bring(empty);
  const { statements } = await client.proof('2024-01-01', '2026-12-31', accounts.get('CAMT'));
  outcomes['chain'] = statements.map(({ from, to, link }) => ({ from, to, link }));
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return { timeZone, midsummerOffset: new Date(2026, 6, 1).getTimezoneOffset(), outcomes };
}

const zones: unknown[] = [];
for (const zone of process.argv.slice(2)) zones.push(await inZone(zone));
await office.remove();
process.stdout.write(JSON.stringify(zones));
