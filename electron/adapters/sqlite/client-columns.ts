// The ledger as columns in memory: a filter is one pass over typed arrays, a sort order is built once. Rows themselves stay in the file.
import type { TransactionQuery } from '../../core/ports/ledger-store.ts';
import type { Database } from './open-database.ts';

export type SortKey = TransactionQuery['sort']['by'];

/** Amounts are held in two exact halves: `high` × 10⁹ + `low`, both with the amount's sign. */
export interface Columns {
  readonly size: number;
  readonly number: Float64Array;
  /** `YYYYMMDD` as a number. */
  readonly date: Int32Array;
  readonly high: Float64Array;
  readonly low: Int32Array;
  readonly account: Int32Array;
  /** Position in `STATES`. */
  readonly state: Uint8Array;
  /** Position in `currencies`. */
  readonly currency: Uint8Array;
  readonly currencies: readonly string[];
  /** Positions of rows in ascending order of a key; ties by booking date, then number. */
  order(key: SortKey): Uint32Array;
  /** Marks the rows whose numbers are given in ascending order. */
  mark(numbers: readonly number[]): Uint8Array;
}

export const STATES = ['pending', 'booked', 'removed'] as const;

export const AMOUNT_HALF = 1_000_000_000;

const LOAD = `
  SELECT number, account, CAST(replace(booking_date, '-', '') AS INTEGER), amount_minor / ${AMOUNT_HALF},
    amount_minor % ${AMOUNT_HALF}, currency, CASE state WHEN 'pending' THEN 0 WHEN 'booked' THEN 1 ELSE 2 END
  FROM transactions ORDER BY number`;

type Loaded = [number, number, number, number, number, string, number];

/** Texts sort without regard to ASCII case; rows without one come last. */
const TEXT_ORDER = {
  counterparty:
    'SELECT number FROM transactions ORDER BY counterparty IS NULL, counterparty COLLATE NOCASE, booking_date, number',
  description: 'SELECT number FROM transactions ORDER BY description COLLATE NOCASE, booking_date, number',
} as const;

/** Sorts positions by an integer key below 2^25 and then by position, as one native sort of doubles. */
function orderByInteger(keys: Int32Array): Uint32Array {
  const SPAN = 2 ** 27;
  const composite = new Float64Array(keys.length);
  for (let at = 0; at < keys.length; at += 1) composite[at] = (keys[at] ?? 0) * SPAN + at;
  composite.sort();
  return Uint32Array.from(composite, (value) => value % SPAN);
}

type Data = Omit<Columns, 'order' | 'mark'>;

function orderByAmount(data: Data, byDate: Uint32Array): Uint32Array {
  const { high, low } = data;
  const at = (values: Float64Array | Int32Array, position: number): number => values[position] ?? 0;
  return byDate.slice().sort((a, b) => at(high, a) - at(high, b) || at(low, a) - at(low, b));
}

function positionOf(numbers: Float64Array, number: number): number {
  let [from, to] = [0, numbers.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((numbers[middle] ?? 0) < number) from = middle + 1;
    else to = middle;
  }
  return from;
}

function load(database: Database): Data {
  const count = database.prepare<[], number>('SELECT count(*) FROM transactions').pluck().get() ?? 0;
  const currencies: string[] = [];
  const data = {
    size: count,
    number: new Float64Array(count),
    date: new Int32Array(count),
    high: new Float64Array(count),
    low: new Int32Array(count),
    account: new Int32Array(count),
    state: new Uint8Array(count),
    currency: new Uint8Array(count),
    currencies,
  };
  let at = 0;
  for (const row of database.prepare<[], Loaded>(LOAD).raw().iterate()) {
    [data.number[at], data.account[at], data.date[at], data.high[at], data.low[at]] = row;
    data.state[at] = row[6];
    let currency = currencies.indexOf(row[5]);
    if (currency < 0) currency = currencies.push(row[5]) - 1;
    data.currency[at] = currency;
    at += 1;
  }
  return data;
}

/** Reads all rows' columns. Sort orders are built on first use. */
export function loadColumns(database: Database): Columns {
  const data = load(database);
  const orders = new Map<SortKey, Uint32Array>();

  function build(key: SortKey): Uint32Array {
    if (key === 'bookingDate') return orderByInteger(data.date);
    if (key === 'amount') return orderByAmount(data, order('bookingDate'));
    const numbers = database.prepare<[], number>(TEXT_ORDER[key]).pluck().all();
    return Uint32Array.from(numbers, (number) => positionOf(data.number, number));
  }

  function order(key: SortKey): Uint32Array {
    const known = orders.get(key);
    if (known) return known;
    const built = build(key);
    orders.set(key, built);
    return built;
  }

  return {
    ...data,
    order,
    mark: (numbers) => {
      const marks = new Uint8Array(data.size);
      let at = 0;
      for (const number of numbers) {
        while (at < data.size && (data.number[at] ?? 0) < number) at += 1;
        if (data.number[at] === number) marks[at] = 1;
      }
      return marks;
    },
  };
}
