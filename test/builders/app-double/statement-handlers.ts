// The double's answers for statements: months of every state, a chain that breaks, and files that are never written.
import { AppError } from '../../../shared/errors/app-error.ts';
import type {
  AccountCoverage,
  ChainedStatement,
  CoverageState,
  ProofFinding,
} from '../../../shared/ipc/contract/statements.ts';
import { addDays, CalendarDate } from '../../../shared/model/calendar-date.ts';
import { accountId, batchId, fakeHash, transactionId } from './ids.ts';
import type { DoubleAccount } from './ledger.ts';
import { mayOpen, type AppHandlers, type World } from './world.ts';

const STATES: readonly CoverageState[] = ['proven', 'proven', 'proven', 'unproven', 'mismatch', 'proven', 'duplicate'];

function monthsBetween(from: string, to: string): string[] {
  const months: string[] = [];
  for (let month = from; month <= to && months.length < 240;) {
    months.push(month);
    month = addDays(CalendarDate.parse(`${month}-28`), 4).slice(0, 7);
  }
  return months;
}

function lastDay(month: string): CalendarDate {
  const next = addDays(CalendarDate.parse(`${month}-28`), 4).slice(0, 7);
  return addDays(CalendarDate.parse(`${next}-01`), -1);
}

function stateOf(account: DoubleAccount, month: string): CoverageState {
  const today = new Date().toISOString().slice(0, 7);
  const year = Number(month.slice(0, 4));
  if (month > today || year < Number(today.slice(0, 4)) - 2) return 'none';
  const number = year * 12 + Number(month.slice(5));
  if ((number + account.number) % 11 === 0) return 'missing';
  return STATES[(number * (account.number + 1)) % (account.proof === 'pass' ? 3 : STATES.length)] ?? 'proven';
}

function coverageOf(account: DoubleAccount, months: readonly string[]): AccountCoverage {
  return {
    clientId: account.client,
    accountId: accountId(account.number),
    name: account.name,
    numberMask: '•••• 5555',
    currency: account.currency,
    months: months.map((month) => {
      const state = stateOf(account, month);
      const empty = state === 'none' || state === 'missing';
      return {
        month,
        state,
        rows: empty ? 0 : 40 + (account.number % 30),
        bookedMinor: empty ? '0' : '-120443',
        statements: empty ? 0 : 1 + Number(state === 'duplicate'),
      };
    }),
  };
}

function accountWith(world: World, id: string): DoubleAccount {
  const account = world.accounts.find(({ number }) => accountId(number) === id);
  if (!account) throw new AppError('ACCOUNT_NOT_FOUND');
  return account;
}

type Month = ReturnType<typeof coverageOf>['months'][number];

const STATEMENT_STATES: readonly CoverageState[] = ['proven', 'mismatch', 'duplicate', 'unproven'];

/** A statement of each month that has one; they follow each other as the grid says. */
function chainOf(account: DoubleAccount, months: readonly Month[]): ChainedStatement[] {
  let balance = account.openingMinor;
  return months.flatMap(({ month, state, rows, bookedMinor }, index) => {
    if (!STATEMENT_STATES.includes(state)) return [];
    const before = months[index - 1]?.state ?? 'none';
    const opening = balance;
    balance += BigInt(bookedMinor) + (state === 'mismatch' ? -4_250n : 0n);
    const stated = state !== 'unproven';
    return {
      batchId: batchId(((account.number * 3 + index) % 9) + 1),
      source: `statement-${month}.xml`,
      from: addDays(CalendarDate.parse(`${month}-01`), state === 'duplicate' ? -5 : 0),
      to: lastDay(month),
      rows,
      openingMinor: stated ? opening.toString() : null,
      bookedMinor,
      closingMinor: stated ? balance.toString() : null,
      proof: state === 'mismatch' ? 'fail' : stated ? 'pass' : 'absent',
      link: linkOf(state, before),
    };
  });
}

function linkOf(state: CoverageState, before: CoverageState): ChainedStatement['link'] {
  if (before === 'none') return 'first';
  if (before === 'missing') return 'gap';
  if (state === 'duplicate') return 'overlap';
  return state === 'unproven' || before === 'unproven' ? 'unknown' : 'continues';
}

/** One candidate of every kind, as a difference of 42.50 would suggest them. */
function candidatesOf(account: DoubleAccount, day: CalendarDate): ProofFinding['candidates'] {
  const row = (number: number) => transactionId(account.number * 100_000 + number);
  const at = { bookingDate: day, amountMinor: '-4250', description: 'Direct debit 2026017' };
  return [
    { ...at, kind: 'doubtful', transactionId: row(2) },
    { ...at, kind: 'excluded', transactionId: row(3) },
    { ...at, kind: 'pending', transactionId: row(4), bookingDate: addDays(day, 1) },
    {
      ...at,
      kind: 'twin',
      transactionId: row(5),
      amountMinor: '4250',
      description: 'Refund 2026018, 東京商事株式会社',
    },
    { ...at, kind: 'sign', transactionId: row(6), amountMinor: '2125' },
    { ...at, kind: 'late', transactionId: row(7), bookingDate: addDays(day, 4) },
    { kind: 'missing', transactionId: null, bookingDate: null, amountMinor: '-4250', description: '' },
  ];
}

function findingOf(account: DoubleAccount, { month, state }: Month): ProofFinding | null {
  const days = { from: CalendarDate.parse(`${month}-01`), to: lastDay(month) };
  const plain = { ...days, differenceMinor: null, firstBrokenDay: null, candidates: [] };
  const day = addDays(days.from, 11);
  if (state === 'duplicate')
    return { ...plain, kind: 'overlap', from: addDays(days.from, -5), to: addDays(days.from, -1) };
  if (state === 'missing' && account.number % 2 === 0) return { ...plain, kind: 'gap' };
  if (state === 'missing') {
    return { ...plain, kind: 'gap', differenceMinor: '120443', firstBrokenDay: addDays(days.to, 1) };
  }
  if (state !== 'mismatch') return null;
  return {
    ...days,
    kind: 'mismatch',
    differenceMinor: '-4250',
    firstBrokenDay: day,
    candidates: candidatesOf(account, day),
  };
}

export const statements: AppHandlers['statements'] = {
  coverage: ({ clientId, from, to }, world) =>
    world.accounts
      .filter(({ client }) => (clientId === null ? mayOpen(world, client) : client === clientId))
      .map((account) => coverageOf(account, monthsBetween(from, to))),
  proof: ({ accountId: id, from, to }, world) => {
    const account = accountWith(world, id);
    const { months } = coverageOf(account, monthsBetween(from.slice(0, 7), to.slice(0, 7)));
    return {
      statements: chainOf(account, months),
      findings: months.flatMap((month) => findingOf(account, month) ?? []),
    };
  },
  export: ({ path, format }, world) => {
    if (path.includes('/Nowhere/')) throw new AppError('EXPORT_FOLDER_NOT_FOUND', { path });
    if (world.exports.includes(path)) throw new AppError('EXPORT_DESTINATION_EXISTS', { path });
    if (format === 'mt940')
      throw new AppError('EXPORT_NOT_EXPRESSIBLE', {
        what: 'The row of 2026-03-12 over -42.50 GBP has characters that MT940 can’t hold',
      });
    world.exports.push(path);
    return { path, bytes: 48_213, sha256: fakeHash(910), rows: 214, sumMinor: '-1204417' };
  },
};
