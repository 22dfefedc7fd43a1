// Pain 12: a date moves by a day because somebody made an instant of it. The whole import runs in a process that moves from one time
// zone to the next.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const script = fileURLToPath(new URL('dates-in-a-time-zone.ts', import.meta.url));

/** Minutes from local time to UTC on the first of July. */
const ZONES = [
  ['UTC', 0],
  ['Europe/Berlin', -120],
  ['America/Los_Angeles', 420],
  ['Pacific/Kiritimati', -840],
  ['Pacific/Pago_Pago', 660],
  ['Australia/Lord_Howe', -630],
] as const;

const LEDGER = {
  rows: [
    '2024-02-29 -101',
    '2025-12-31 201',
    '2026-01-01 -301',
    '2026-03-08 401',
    '2026-03-29 -501',
    '2026-03-31 601',
    '2026-04-05 -701',
    '2026-10-04 801',
    '2026-10-25 -901',
    '2026-11-01 1001',
  ],
  valueDates: [true],
  first: '2024-02-29',
};
/** The sum of the rows is 5.00: where an opening balance is stated it stands on a hundred. */
const WITH_BALANCE = { ...LEDGER, balance: '10500', asOf: '2026-06-01' };
const ROWS_ALONE = { ...LEDGER, balance: '500', asOf: '2026-06-01' };

const OUTCOMES = {
  CAMT: WITH_BALANCE,
  'CAMT with times': WITH_BALANCE,
  OFX: WITH_BALANCE,
  'OFX with times': WITH_BALANCE,
  MT940: WITH_BALANCE,
  CSV: ROWS_ALONE,
  QIF: ROWS_ALONE,
  bank: ROWS_ALONE,
  chain: [
    { from: '2024-02-29', to: '2026-11-01', link: 'first' },
    { from: '2026-11-02', to: '2026-11-30', link: 'continues' },
  ],
};

let found: unknown[] = [];
beforeAll(async () => {
  const { stdout } = await run(process.execPath, [script, ...ZONES.map(([zone]) => zone)]);
  found = JSON.parse(stdout) as unknown[];
}, 60_000);

test.each(ZONES.map(([zone, midsummerOffset], at) => ({ zone, midsummerOffset, at })))(
  '12: OCA/bank-statement-import#1009, actualbudget/actual#1053: in $zone',
  ({ zone, midsummerOffset, at }) => {
    expect(found[at]).toEqual({ timeZone: zone, midsummerOffset, outcomes: OUTCOMES });
  },
);
