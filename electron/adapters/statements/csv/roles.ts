// Gives columns their roles: by their names where the cells fit, else by the cells alone. What stays open is returned as candidates, not chosen.
import type { ColumnReference } from '../../../../shared/model/statement-profile.ts';
import { DIRECTIONS, type Role, STATUS_TEXTS, rankOf, statusOf } from './dictionary.ts';
import { type Column, distinctTexts } from './evidence.ts';

/** Columns by role. `dates` and `amounts` are candidates where more than one column could be the booking date or the amount. */
export interface Roles {
  readonly of: ReadonlyMap<Role, Column>;
  readonly descriptions: readonly Column[];
  readonly dates: readonly Column[];
  readonly amounts: readonly Column[];
  /** The texts of money out and money in, where the indicator has a role. */
  readonly direction: readonly [string, string] | null;
}

const OTHER_DATES: readonly Role[] = ['valueDate', 'transactionDate'];
/** The rest of the roles in the order in which they take their columns. */
const TEXTS: readonly Role[] = ['endToEndId', 'sourceId', 'counterparty'];
const MAX_DESCRIPTIONS = 6;

export function rolesOf(columns: readonly Column[], header: readonly string[] | null): Roles {
  return new RoleFinder(columns, header).find();
}

/** A column as a profile names it. */
export function referenceTo(column: Column, header: readonly string[] | null): ColumnReference {
  const name = header?.[column.index] ?? '';
  return { header: name === '' ? null : name.slice(0, 200), index: column.index };
}

class RoleFinder {
  readonly #columns: readonly Column[];
  readonly #header: readonly string[] | null;
  readonly #of = new Map<Role, Column>();
  readonly #taken = new Set<Column>();
  #direction: readonly [string, string] | null = null;

  constructor(columns: readonly Column[], header: readonly string[] | null) {
    this.#columns = columns;
    this.#header = header;
  }

  find(): Roles {
    const dates = this.#dates();
    const amounts = this.#amounts();
    this.#currencies();
    this.#states();
    this.#accounts();
    for (const role of TEXTS) this.#give(role, () => true);
    return { of: this.#of, descriptions: this.#descriptions(), dates, amounts, direction: this.#direction };
  }

  #free(test: (column: Column) => boolean): Column[] {
    return this.#columns.filter((column) => !this.#taken.has(column) && test(column));
  }

  /** The free column whose name says the role best and whose cells fit it; an empty one only where no other does. */
  #named(role: Role, fits: (column: Column) => boolean): Column | null {
    const ranked = this.#free(fits).flatMap((column) => {
      const rank = rankOf(role, this.#header?.[column.index] ?? '');
      return rank === null ? [] : [{ column, rank }];
    });
    const first = ranked.sort((a, b) => emptiness(a.column) - emptiness(b.column) || a.rank - b.rank)[0];
    return first?.column ?? null;
  }

  #take(role: Role, column: Column | null): void {
    if (!column) return;
    this.#of.set(role, column);
    this.#taken.add(column);
  }

  #give(role: Role, fits: (column: Column) => boolean): void {
    this.#take(role, this.#named(role, fits));
  }

  /** Columns of dates that could be the booking date where no name decides. */
  #dates(): Column[] {
    const isDate = ({ kind }: Column): boolean => kind === 'date' || (kind === 'empty' && !this.#hasRows());
    this.#give('bookingDate', isDate);
    // Those may be empty in this file and filled in the next.
    for (const role of OTHER_DATES) this.#give(role, ({ kind }) => kind === 'date' || kind === 'empty');
    if (this.#of.has('bookingDate')) return [];
    for (const role of OTHER_DATES) this.#release(role);
    const free = this.#free(({ kind, filled }) => kind === 'date' && filled > 0.5);
    const [first, second] = free;
    if (!first) return [];
    this.#take('bookingDate', first);
    return second && second.cells.join() !== first.cells.join() ? free : [];
  }

  #release(role: Role): void {
    const column = this.#of.get(role);
    this.#of.delete(role);
    if (column) this.#taken.delete(column);
  }

  #hasRows(): boolean {
    return this.#columns.some(({ cells }) => cells.length > 0);
  }

  #isAmount({ kind, filled }: Column): boolean {
    return kind === 'amount' || (kind === 'empty' && filled === 0);
  }

  /** The amount, or money out and in; candidates where neither names nor the running balance decide. */
  #amounts(): Column[] {
    const fits = (column: Column): boolean => this.#isAmount(column);
    this.#give('balance', fits);
    const amount = this.#named('amount', (column) => fits(column) && (column.filled > 0.5 || !this.#hasRows()));
    const [debit, credit] = [this.#named('debit', fits), this.#named('credit', fits)];
    const split = debit && credit && debit !== credit;
    if (amount) this.#take('amount', amount);
    else if (split) {
      this.#take('debit', debit);
      this.#take('credit', credit);
    } else return this.#unnamedAmounts();
    this.#indicator();
    if (!/^net/i.test(this.#header?.[amount?.index ?? -1] ?? ''))
      this.#give('fee', (column) => this.#isAmount(column) && column.kind === 'amount');
    return [];
  }

  #unnamedAmounts(): Column[] {
    const free = this.#free(({ kind, filled }) => kind === 'amount' && filled === 1);
    const [first] = free;
    if (!first) return [];
    this.#take('amount', first);
    this.#indicator();
    return free.length > 1 ? free : [];
  }

  /** A column of two texts that name directions, where all amounts are without a minus. */
  #indicator(): void {
    const amount = this.#of.get('amount');
    if (!amount || amount.cells.some((cell) => /^\(|^[-\u2212\u2013]|[-\u2212\u2013]$/.test(cell))) return;
    const candidates = this.#free(({ kind, filled }) => (kind === 'text' || kind === 'currency') && filled === 1);
    for (const column of candidates) {
      const texts = distinctTexts(column);
      const pairs = DIRECTIONS.filter((pair) => texts.length <= 2 && texts.every((text) => pair.includes(text)));
      const ranked = this.#header === null || rankOf('indicator', this.#header[column.index] ?? '') !== null;
      const [pair] = pairs;
      if (!pair || (texts.length < 2 && !ranked)) continue;
      this.#take('indicator', column);
      this.#direction = [asWritten(column, pair[0]), asWritten(column, pair[1])];
      return;
    }
  }

  #currencies(): void {
    const isCurrency = ({ kind, filled, cells }: Column): boolean =>
      filled === 1 && (kind === 'currency' || cells.every((cell) => /^[A-Za-z]{3}$/.test(cell)));
    this.#give('currency', (column) => isCurrency(column) || !this.#hasRows());
    if (!this.#of.has('currency') && this.#header === null) this.#take('currency', this.#free(isCurrency)[0] ?? null);
  }

  /** A column that is named so and in which a known text stands. */
  #states(): void {
    const known = (text: string): boolean => STATUS_TEXTS.some((family) => statusOf(family, text) !== null);
    this.#give('status', (column) => column.kind === 'text' && fewTexts(column) && distinctTexts(column).some(known));
  }

  /** Our own account is the same in every row or almost; the other side's varies. */
  #accounts(): void {
    const rows = Math.max(...this.#columns.map(({ cells }) => cells.length), 0);
    const few = (column: Column): boolean =>
      column.filled === 1 && distinctTexts(column).length <= Math.max(1, rows / 4);
    const number = (column: Column): boolean =>
      column.kind === 'iban' || column.cells.every((cell) => /\d{3}/.test(cell));
    this.#give('account', (column) => few(column) && number(column));
    const own = this.#of.get('account');
    if (!own && this.#header === null)
      this.#take('account', this.#free((column) => column.kind === 'iban' && few(column))[0] ?? null);
    this.#give('counterpartyAccount', (column) => column.kind !== 'date');
    if (this.#header === null && !this.#of.has('counterpartyAccount'))
      this.#take('counterpartyAccount', this.#free(({ kind }) => kind === 'iban')[0] ?? null);
  }

  /** Every free column named as text; the longest one where none is. */
  #descriptions(): Column[] {
    const named = this.#free((column) => column.kind !== 'date' && !isDirection(column)).filter((column) => {
      const name = this.#header?.[column.index] ?? '';
      return rankOf('description', name) !== null || rankOf('counterparty', name) !== null;
    });
    if (named.length > 0) return named.slice(0, MAX_DESCRIPTIONS);
    const length = ({ cells }: Column): number => cells.reduce((sum, cell) => sum + cell.length, 0);
    const texts = this.#free(({ kind }) => kind === 'text').sort((a, b) => length(b) - length(a));
    return texts.slice(0, 1);
  }
}

function emptiness({ kind }: Column): number {
  return kind === 'empty' ? 1 : 0;
}

function fewTexts(column: Column): boolean {
  return distinctTexts(column).length <= 8;
}

/** A column that says `DEBIT` or `CREDIT` beside a signed amount describes nothing. */
function isDirection(column: Column): boolean {
  const texts = distinctTexts(column);
  return texts.length > 0 && DIRECTIONS.some((pair) => texts.every((text) => pair.includes(text)));
}

/** The column's own spelling of a text, else the dictionary's in capitals. */
function asWritten(column: Column, text: string): string {
  return column.cells.find((cell) => cell.toLowerCase() === text) ?? text.toUpperCase();
}
