// Helpers of the statements screen: where keys lead in the grid, addresses, names of exported files, the sentence over a proof.
import { expect, it } from 'vitest';
import { moved, positionOf, rowsOf } from '../../renderer/features/statements/coverage-rows.ts';
import { nextName, pathOf, suggestedFolder, suggestedName } from '../../renderer/features/statements/export-file.ts';
import { daysOf, proofAddress, readProof } from '../../renderer/features/statements/statement-address.ts';
import { verdictOf } from '../../renderer/features/statements/verdict-of.ts';
import type { AccountCoverage } from '../../shared/ipc/contract/statements.ts';
import { parseCalendarDate } from '../../shared/model/calendar-date.ts';
import { accountId, clientId } from '../builders/app-double/ids.ts';
import { clientSummary } from '../builders/app-double/world.ts';

const TODAY = parseCalendarDate('2026-03-09');

function covered(number: number, client: number, state: AccountCoverage['months'][number]['state']): AccountCoverage {
  const month = { month: '2026-01', state, rows: 3, bookedMinor: '5', statements: 1 };
  const ids = { clientId: clientId(client), accountId: accountId(number) };
  return { ...ids, name: `Account ${number}`, numberMask: '•• 1234', currency: 'GBP', months: [month] };
}

const CLIENTS = [clientSummary(0, 'One'), clientSummary(1, 'Two')];
const COVERAGE = [covered(1, 1, 'proven'), covered(2, 1, 'missing'), covered(3, 2, 'mismatch')];
const ALL = rowsOf(COVERAGE, CLIENTS, { search: '', onlyOpen: false });

it('puts accounts under their clients, and a client alone without its name', () => {
  expect(ALL.map(({ kind }) => kind)).toEqual(['client', 'account', 'account', 'client', 'account']);
  expect(rowsOf(COVERAGE, CLIENTS.slice(0, 1), { search: '', onlyOpen: false })).toHaveLength(2);
  expect(rowsOf(COVERAGE, CLIENTS, { search: 'ACCOUNT 2', onlyOpen: false })).toHaveLength(2);
  expect(rowsOf(COVERAGE, CLIENTS, { search: '', onlyOpen: true })).toHaveLength(4);
});

it.each([
  ['ArrowDown', false, { row: 4, column: 2 }],
  ['ArrowUp', false, { row: 1, column: 2 }],
  ['ArrowRight', false, { row: 2, column: 3 }],
  ['Home', false, { row: 2, column: 0 }],
  ['End', false, { row: 2, column: 12 }],
  ['Home', true, { row: 1, column: 2 }],
  ['End', true, { row: 4, column: 2 }],
  ['PageDown', false, { row: 4, column: 2 }],
  ['ArrowRight', true, null],
  ['x', false, null],
])('%s with Ctrl %s leads over clients’ names to an account', (key, ctrl, to) => {
  expect(moved(ALL, { row: 2, column: 2 }, { key, ctrl })).toEqual(to);
});

it('finds the cell one came from, else the first account', () => {
  expect(positionOf(ALL, accountId(3), '2026-01')).toEqual({ row: 4, column: 1 });
  expect(positionOf(ALL, accountId(3), null)).toEqual({ row: 4, column: 0 });
  expect(positionOf(ALL, null, null)).toEqual({ row: 1, column: 0 });
});

it('reads a proof’s address back, and this year where its period is no period', () => {
  const range = daysOf('2024-02');
  expect(range).toEqual({ from: '2024-02-01', to: '2024-02-29' });
  const read = (address: string) => readProof(new URLSearchParams(address.split('?')[1]), TODAY);
  expect(read(proofAddress(accountId(1), range, true))).toEqual({ accountId: accountId(1), ...range, exporting: true });
  const reversed = `/statements?account=${accountId(1)}&from=2026-03-02&to=2026-03-01`;
  expect(read(reversed)).toMatchObject({ from: '2026-01-01', to: '2026-12-31', exporting: false });
  expect(read('/statements?account=nobody')).toBeNull();
});

it('suggests names that every file system takes', () => {
  const name = suggestedName('..A/B: "Söhne" & Co.', 'Euro\u0000 account. ', daysOf('2026-03'));
  expect(name).toBe('A B Söhne & Co, Euro account, 2026-03-01 to 2026-03-31');
  expect(suggestedFolder('/home/ada/Documents/Office backup 2026-03-09.age')).toBe('/home/ada/Documents');
  expect(suggestedFolder('C:\\Users\\ada\\Documents\\x.age')).toBe('C:\\Users\\ada\\Documents');
  expect(suggestedFolder(undefined)).toBe('');
  expect(pathOf('/home/ada/', ' March.OFX ', 'ofx')).toBe('/home/ada/March.ofx');
  expect(pathOf('C:\\Users', 'March', 'camt053')).toBe('C:\\Users\\March.xml');
  expect(pathOf('/home', 'v1.2', 'csv')).toBe('/home/v1.2.csv');
  expect([nextName('March'), nextName('March (2)')]).toEqual(['March (2)', 'March (3)']);
});

it('says the worst over a proof, and nothing is proven by its absence', () => {
  const days = { from: parseCalendarDate('2026-01-01'), to: parseCalendarDate('2026-01-31') };
  const quiet = { ...days, differenceMinor: null, firstBrokenDay: null, candidates: [] };
  expect(verdictOf(['proven', 'proven'], [])).toBe('proven');
  expect(verdictOf(['proven', 'none'], [])).toBe('partial');
  expect(verdictOf(['none', 'none'], [])).toBe('nothing');
  expect(verdictOf([], [])).toBe('nothing');
  expect(verdictOf(['proven', 'unproven', 'none'], [])).toBe('unproven');
  expect(verdictOf(['unproven', 'duplicate'], [])).toBe('duplicate');
  expect(verdictOf(['duplicate', 'missing'], [])).toBe('open');
  expect(verdictOf(['missing', 'mismatch'], [])).toBe('broken');
  expect(verdictOf(['proven'], [{ ...quiet, kind: 'overlap' }])).toBe('proven');
  expect(verdictOf(['proven'], [{ ...quiet, kind: 'gap' }])).toBe('open');
  expect(verdictOf(['proven'], [{ ...quiet, kind: 'gap', differenceMinor: '4' }])).toBe('broken');
});
