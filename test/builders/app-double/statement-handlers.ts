// The double's answers for statements: months of every state, a chain that breaks, and files that are never written.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { AccountCoverage, ChainedStatement, CoverageState } from '../../../shared/ipc/contract/statements.ts';
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

/** Three statements of ten days each: the second continues, the third comes after a gap. */
function chainOf(account: DoubleAccount, from: CalendarDate): ChainedStatement[] {
  const opening = account.openingMinor;
  const links = ['first', 'continues', 'gap'] as const;
  return links.map((link, index) => ({
    batchId: batchId(account.number * 10 + index),
    source: `statement-${from.slice(0, 7)}-${index + 1}.xml`,
    from: addDays(from, index * 10),
    to: addDays(from, index * 10 + 9),
    rows: 14 + index,
    openingMinor: (opening + BigInt(index) * 5_000n).toString(),
    bookedMinor: '5000',
    closingMinor: (opening + BigInt(index + 1) * 5_000n).toString(),
    proof: index === 2 ? ('fail' as const) : ('pass' as const),
    link,
  }));
}

export const statements: AppHandlers['statements'] = {
  coverage: ({ clientId, from, to }, world) =>
    world.accounts
      .filter(({ client }) => (clientId === null ? mayOpen(world, client) : client === clientId))
      .map((account) => coverageOf(account, monthsBetween(from, to))),
  proof: ({ accountId: id, from }, world) => {
    const account = accountWith(world, id);
    const broken = addDays(from, 22);
    const row = transactionId(account.number * 100_000 + 5);
    const finding = { from: addDays(from, 20), to: addDays(from, 29), differenceMinor: '-4250' };
    return {
      statements: chainOf(account, from),
      findings: [
        {
          ...finding,
          kind: 'mismatch',
          firstBrokenDay: broken,
          candidates: [
            {
              kind: 'twin',
              transactionId: row,
              bookingDate: broken,
              amountMinor: '-4250',
              description: 'Direct debit 2026017',
            },
            { kind: 'missing', transactionId: null, bookingDate: null, amountMinor: '-4250', description: '' },
          ],
        },
        {
          kind: 'gap',
          from: addDays(from, 18),
          to: addDays(from, 19),
          differenceMinor: null,
          firstBrokenDay: null,
          candidates: [],
        },
      ],
    };
  },
  export: ({ path, format }, world) => {
    if (world.exports.includes(path)) throw new AppError('EXPORT_DESTINATION_EXISTS');
    if (format === 'mt940')
      throw new AppError('EXPORT_NOT_EXPRESSIBLE', {
        what: 'The row of 2026-03-12 over -42.50 GBP has characters that MT940 can’t hold',
      });
    world.exports.push(path);
    return { path, bytes: 48_213, sha256: fakeHash(910), rows: 214, sumMinor: '-1204417' };
  },
};
