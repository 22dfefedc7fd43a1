// Proposes a profile for a table from its names and cells. Where they leave something open it asks; it never decides without evidence.
import { createHash } from 'node:crypto';
import type { CsvProfile } from '../../../../shared/model/statement-profile.ts';
import type { ProfileProposal, SurveyQuestion } from '../../../../shared/model/statement-survey.ts';
import type { StatementDetection } from '../../../core/ports/statement-reader.ts';
import { currencyOf, cut } from '../values.ts';
import { currenciesOf, csvDecimal } from './amounts.ts';
import { BalanceChain } from './balance-chain.ts';
import { normalised } from './cells.ts';
import { foundCharset } from './charset.ts';
import { codePageOf } from './code-page.ts';
import { headText } from './detect.ts';
import { STATUS_TEXTS, type StatusTexts, TOTAL_WORDS, headerCurrency, statusOf } from './dictionary.ts';
import {
  type Column,
  type Finding,
  columnsOf,
  dateOrderOf,
  decimalMarkOf,
  distinct,
  distinctTexts,
} from './evidence.ts';
import { type Roles, referenceTo, rolesOf } from './roles.ts';
import { type CsvTable, findTable, isAmountCell, isDateCell } from './table.ts';

const SAMPLE_ROWS = 20;
const MAX_IGNORED = 20;
/** Offered where the file names no currency; any other can be entered. */
const COMMON_CURRENCIES = ['EUR', 'USD', 'GBP', 'CHF', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK', 'HUF', 'RON', 'CAD', 'AUD'];

/** `head` is up to 1 MiB from the file's beginning. */
export function proposeCsv(head: Uint8Array, _detection: StatementDetection): ProfileProposal {
  const found = foundCharset(head);
  const charset = charsetOf(found, head);
  const table = findTable(headText(head, charset.value));
  if (!table) return { profile: null, questions: [], signature: hashOf(['csv']), columns: [], sample: [] };
  return new Proposer(table, charset).propose();
}

function charsetOf(found: ReturnType<typeof foundCharset>, head: Uint8Array): Finding<CsvProfile['charset']> {
  if (found === 'windows-1252') return codePageOf(head);
  const value = found === 'us-ascii' ? 'utf-8' : found;
  return { value, options: [value], examples: [] };
}

class Proposer {
  readonly #table: CsvTable;
  readonly #charset: Finding<CsvProfile['charset']>;
  readonly #columns: readonly Column[];
  readonly #roles: Roles;
  readonly #questions: SurveyQuestion[] = [];

  constructor(table: CsvTable, charset: Finding<CsvProfile['charset']>) {
    this.#table = table;
    this.#charset = charset;
    this.#columns = columnsOf(table.rows, table.width);
    this.#roles = rolesOf(this.#columns, table.header);
  }

  propose(): ProfileProposal {
    const { rows } = this.#table;
    const profile = this.#profile();
    return {
      profile,
      questions: this.#questions,
      signature: signatureOf(this.#table, this.#columns),
      columns: this.#columns.map((column) => cut(this.#nameOf(column), 200)),
      sample: rows.slice(0, SAMPLE_ROWS).map((row) => row.slice(0, this.#table.width).map((cell) => cut(cell, 400))),
    };
  }

  #nameOf({ index }: Column): string {
    const name = this.#table.header?.[index] ?? '';
    return name === '' ? `column ${index + 1}` : name;
  }

  #ask(topic: SurveyQuestion['topic'], options: readonly string[], examples: readonly string[]): void {
    this.#questions.push({
      topic,
      options: options.slice(0, 20).map((option) => cut(option, 200)),
      examples: distinct(examples)
        .slice(0, 5)
        .map((example) => cut(example, 200)),
    });
  }

  #asked<T extends string>(topic: SurveyQuestion['topic'], { value, options, examples }: Finding<T>): T {
    if (options.length > 1) this.#ask(topic, options, examples);
    return value;
  }

  #profile(): CsvProfile | null {
    const { header, delimiter, rivals, preamble } = this.#table;
    const roles = this.#withChain(this.#decimalMark());
    const bookingDate = roles.of.get('bookingDate');
    if (!bookingDate) return null;
    if (rivals.length > 0)
      this.#ask(
        'delimiter',
        [delimiter, ...rivals],
        this.#table.rows.map((row) => row.join(delimiter)),
      );
    const reference = (role: Parameters<typeof roles.of.get>[0]): CsvProfile['valueDate'] => {
      const column = roles.of.get(role);
      return column ? referenceTo(column, header) : null;
    };
    const amount = this.#amount(roles);
    if (amount === null) return null;
    const currencyColumn = reference('currency');
    if (roles.dates.length > 1) this.#askColumns('bookingDate', roles.dates);
    return {
      format: 'csv',
      charset: this.#asked('charset', this.#charset),
      delimiter,
      skipLines: preamble.length,
      hasHeader: header !== null,
      ignoredRows: this.#ignoredRows(roles),
      amount,
      signInverted: this.#signInverted(roles),
      decimalMark: this.#asked('decimalMark', this.#decimalMark()),
      dateOrder: this.#asked(
        'dateOrder',
        dateOrderOf(this.#columns.filter(({ index }) => this.#isRoleDate(roles, index))),
      ),
      bookingDate: referenceTo(bookingDate, header),
      valueDate: reference('valueDate'),
      transactionDate: reference('transactionDate'),
      fee: reference('fee'),
      description: roles.descriptions.map((column) => referenceTo(column, header)),
      counterparty: reference('counterparty'),
      counterpartyAccount: reference('counterpartyAccount'),
      endToEndId: reference('endToEndId'),
      sourceId: reference('sourceId'),
      balanceAfter: reference('balance'),
      account: reference('account'),
      currencyColumn,
      currency: currencyColumn ? null : this.#currency(roles),
      status: this.#status(roles),
    };
  }

  #askColumns(topic: 'bookingDate' | 'amount', columns: readonly Column[]): void {
    this.#ask(
      topic,
      columns.map((column) => this.#nameOf(column)),
      columns.map(({ cells }) => cells[0] ?? ''),
    );
  }

  #isRoleDate(roles: Roles, index: number): boolean {
    return (['bookingDate', 'valueDate', 'transactionDate'] as const).some(
      (role) => roles.of.get(role)?.index === index,
    );
  }

  #amountColumns(roles: Roles): Column[] {
    return (['amount', 'debit', 'credit'] as const).flatMap((role) => roles.of.get(role) ?? []);
  }

  /** From the amounts and balances; where they read alike under both marks, what goes with the delimiter. */
  #decimalMark(): Finding<CsvProfile['decimalMark']> {
    const balance = this.#roles.of.get('balance');
    const columns = [...this.#amountColumns(this.#roles), ...this.#roles.amounts, ...(balance ? [balance] : [])];
    return decimalMarkOf(columns, this.#table.delimiter === ';' ? ',' : '.');
  }

  /** Where no name tells the amount from the balance, the one pair of columns whose balances follow from the amounts does. */
  #withChain({ value: mark }: Finding<CsvProfile['decimalMark']>): Roles {
    const { amounts, of } = this.#roles;
    const pairs = amounts.flatMap((amount) =>
      amounts
        .filter((balance) => balance !== amount && chains(this.#table.rows, { amount, balance, mark }))
        .map((balance) => ({ amount, balance })),
    );
    const [pair] = pairs;
    if (!pair || pairs.length > 1 || of.has('balance')) return this.#roles;
    const more = new Map(of).set('amount', pair.amount).set('balance', pair.balance);
    return { ...this.#roles, of: more, amounts: [] };
  }

  #amount(roles: Roles): CsvProfile['amount'] | null {
    const { header } = this.#table;
    const [amount, debit, credit] = [roles.of.get('amount'), roles.of.get('debit'), roles.of.get('credit')];
    if (!amount) {
      if (!debit || !credit) return null;
      return { kind: 'split', debit: referenceTo(debit, header), credit: referenceTo(credit, header) };
    }
    if (roles.amounts.length > 1) this.#askColumns('amount', roles.amounts);
    const indicator = roles.of.get('indicator');
    if (!indicator || !roles.direction) return { kind: 'signed', amount: referenceTo(amount, header) };
    const [out, income] = roles.direction;
    const columns = { amount: referenceTo(amount, header), indicator: referenceTo(indicator, header) };
    return { kind: 'indicated', ...columns, debit: out, credit: income };
  }

  /** A single column without any minus may mean either direction. */
  #signInverted(roles: Roles): boolean {
    const amount = roles.of.get('amount');
    if (!amount || roles.direction) return false;
    const negative = amount.cells.some((cell) => /^\(|[-\u2212\u2013]/.test(cell) && isAmountCell(cell));
    if (!negative && amount.cells.length > 0) this.#ask('sign', ['false', 'true'], amount.cells);
    return false;
  }

  /** One currency for all rows: beside amounts, in the header, in the lines before it. */
  #currency(roles: Roles): CsvProfile['currency'] {
    const amounts = this.#amountColumns(roles);
    const balance = roles.of.get('balance');
    const columns = balance ? [...amounts, balance] : amounts;
    const words = distinct(
      columns.flatMap(({ cells }) =>
        cells.map((cell) => csvDecimal(cell, ',')?.currency ?? csvDecimal(cell, '.')?.currency ?? ''),
      ),
    );
    const beside = words.filter((word) => word !== '').map(currenciesOf);
    const [first] = beside;
    const possible = first?.filter((code) => beside.every((codes) => codes.includes(code)));
    const named = distinct(columns.flatMap((column) => headerCurrency(this.#table.header?.[column.index] ?? '') ?? []));
    const codes = possible ?? (named.length === 0 ? currenciesBefore(this.#table) : named);
    const [only] = codes;
    const currency = only !== undefined && codes.length === 1 ? currencyOf(only) : null;
    if (currency === null) this.#ask('currency', codes.length > 1 ? codes : COMMON_CURRENCIES, columns[0]?.cells ?? []);
    return currency;
  }

  #status(roles: Roles): CsvProfile['status'] {
    const column = roles.of.get('status');
    if (!column) return null;
    const texts = distinctTexts(column);
    const known = (family: StatusTexts): number => texts.filter((text) => statusOf(family, text) !== null).length;
    const [first, second] = STATUS_TEXTS;
    const family = first && second && known(second) > known(first) ? second : first;
    if (!family) return null;
    const unknown = texts.filter((text) => statusOf(family, text) === null);
    if (unknown.length > 0) this.#ask('status', ['booked', 'pending', 'ignored'], unknown);
    const [booked, pending, ignored] = [family.booked.slice(), family.pending.slice(), family.ignored.slice()];
    return { column: referenceTo(column, this.#table.header), booked, pending, ignored };
  }

  /** First words of totals and notices. A record with a date where rows have theirs is never left out by itself: it may be a row that lost its shape. */
  #ignoredRows(roles: Roles): string[] {
    const booking = roles.of.get('bookingDate')?.index ?? 0;
    const amounts = this.#amountColumns(roles).map(({ index }) => index);
    const withoutAmount = this.#table.rows.filter((row) => amounts.every((index) => (row[index] ?? '') === ''));
    const texts = [...this.#table.others, ...withoutAmount].flatMap((cells) => {
      const filled = cells.filter((cell) => cell !== '');
      const first = filled[0] ?? '';
      if (isDateCell(cells[booking] ?? '')) return filled.find((cell) => TOTAL_WORDS.test(cell)) ?? [];
      return TOTAL_WORDS.test(first) || !filled.some(isDateCell) ? first : [];
    });
    const firsts = this.#table.rows
      .filter((row) => !withoutAmount.includes(row))
      .map((row) => row.find((cell) => cell !== '') ?? '');
    return distinct(texts.map(wordsOf))
      .filter((text) => text !== '' && !firsts.some((first) => first.startsWith(text)))
      .slice(0, MAX_IGNORED);
  }
}

/** The words before digits and colons, which change from file to file; the whole text where it begins with them. */
function wordsOf(text: string): string {
  const words = /^[^\d:]*/.exec(text)?.[0].trim() ?? '';
  return cut(words.length >= 2 ? words : text, 100);
}

/** Currency codes that the lines before the table name. */
function currenciesBefore({ preamble }: CsvTable): string[] {
  const cells = preamble.flat();
  const named = cells.flatMap((cell) => {
    const words = /(?:^|[\d\s])([A-Z]{3}|€|£)$/.exec(cell)?.[1];
    return words !== undefined && (/\d/.test(cell) || cell === words) ? currenciesOf(words) : [];
  });
  return distinct(named).filter(
    (code) => code !== 'EGP' && (COMMON_CURRENCIES.includes(code) || currencyOf(code) !== null),
  );
}

function chains(
  rows: CsvTable['rows'],
  { amount, balance, mark }: { amount: Column; balance: Column; mark: CsvProfile['decimalMark'] },
): boolean {
  if (rows.length < 3) return false;
  const chain = new BalanceChain();
  for (const row of rows) {
    const [moved, after] = [thousandths(row[amount.index] ?? '', mark), thousandths(row[balance.index] ?? '', mark)];
    if (moved === null || after === null) return false;
    chain.add({ amount: moved, balance: after, line: 0, date: '' });
  }
  return chain.brokenAt === null;
}

/** A decimal in ten-thousandths, whatever its currency. */
function thousandths(cell: string, mark: CsvProfile['decimalMark']): bigint | null {
  const decimal = csvDecimal(cell, mark);
  if (!decimal) return null;
  const [whole = '', fraction = ''] = decimal.text.split('.');
  const minor = BigInt(whole + fraction.padEnd(4, '0').slice(0, 4));
  return decimal.sign === '-' ? -minor : minor;
}

/** Files of one bank's kind: delimiter and header cells, or kinds of columns where there is no header. */
function signatureOf({ delimiter, header }: CsvTable, columns: readonly Column[]): string {
  return hashOf(['csv', delimiter, ...(header?.map(normalised) ?? columns.map(({ kind }) => kind))]);
}

function hashOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
