// Proposes a profile for a table from its names and cells. Where they leave something open it asks; it never decides without evidence.
import { createHash } from 'node:crypto';
import type { CsvProfile } from '../../../../shared/model/statement-profile.ts';
import type { ProfileProposal, SurveyQuestion } from '../../../../shared/model/statement-survey.ts';
import type { StatementDetection } from '../../../core/ports/statement-reader.ts';
import { currencyOf, cut } from '../values.ts';
import { balancePair, chains } from './chain-evidence.ts';
import { currenciesNamed } from './currency-evidence.ts';
import { ignoredRowsOf } from './ignored-rows.ts';
import { normalised } from './cells.ts';
import { foundCharset } from './charset.ts';
import { codePageOf } from './code-page.ts';
import { headText } from './detect.ts';
import { STATUS_TEXTS, type StatusTexts, statusOf } from './dictionary.ts';
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
import { type CsvTable, findTable, isAmountCell } from './table.ts';

const SAMPLE_ROWS = 20;
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

/** What card statements write beside the payment of their bill. */
const CARD_PAYMENT = /payment.{0,12}(?:thank|received)|autopay|thank you|zahlung erhalten|einzahlung auf kartenkonto/i;

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
    const decimalMark = this.#decimalMark();
    const mark = decimalMark.value;
    const roles = this.#withChain(decimalMark);
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
      ignoredRows: ignoredRowsOf(this.#table, bookingDate, this.#amountColumns(roles)),
      amount,
      signInverted: this.#signInverted(roles),
      decimalMark: this.#asked('decimalMark', decimalMark),
      dateOrder: this.#asked(
        'dateOrder',
        dateOrderOf(this.#columns.filter(({ index }) => this.#isRoleDate(roles, index))),
      ),
      bookingDate: referenceTo(bookingDate, header),
      valueDate: reference('valueDate'),
      transactionDate: reference('transactionDate'),
      fee: this.#fee(roles, mark),
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
    const pair = of.has('balance') ? null : balancePair(this.#table.rows, amounts, mark);
    if (!pair) return this.#roles;
    return { ...this.#roles, of: new Map(of).set('amount', pair.amount).set('balance', pair.balance), amounts: [] };
  }

  /** Whether a fee comes on top of the amount: the balance tells; without one it is asked, unless there is none. */
  #fee(roles: Roles, mark: CsvProfile['decimalMark']): CsvProfile['fee'] {
    const [fee, amount, balance] = [roles.of.get('fee'), roles.of.get('amount'), roles.of.get('balance')];
    if (!fee || !amount) return null;
    const reference = referenceTo(fee, this.#table.header);
    const charged = fee.cells.filter((cell) => /[1-9]/.test(cell));
    if (charged.length === 0) return reference;
    const holds = (withFee: boolean): boolean =>
      balance !== undefined && chains(this.#table.rows, { amount, balance, mark, fee: withFee ? fee : null });
    const [without, onTop] = [holds(false), holds(true)];
    if (without !== onTop) return onTop ? reference : null;
    this.#ask('fee', ['none', this.#nameOf(fee)], charged);
    return null;
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

  /** A single column without any minus may mean either direction; so may one in which what a card's holder paid has one. */
  #signInverted(roles: Roles): boolean {
    const amount = roles.of.get('amount');
    if (!amount || roles.direction) return false;
    const negative = (cell: string): boolean => /^\(|[-\u2212\u2013]/.test(cell) && isAmountCell(cell);
    const payments = this.#table.rows.filter((row) => row.some((cell) => CARD_PAYMENT.test(cell)));
    const examples = payments.map((row) => row[amount.index] ?? '');
    if (!amount.cells.some(negative)) this.#ask('sign', ['false', 'true'], amount.cells);
    else if (examples.some(negative)) this.#ask('sign', ['false', 'true'], examples.filter(negative));
    return false;
  }

  #currency(roles: Roles): CsvProfile['currency'] {
    const balance = roles.of.get('balance');
    const amounts = this.#amountColumns(roles);
    const codes = currenciesNamed(this.#table, balance ? [...amounts, balance] : amounts);
    const currency = codes.length === 1 ? currencyOf(codes[0] ?? '') : null;
    if (currency === null) this.#ask('currency', codes.length > 1 ? codes : COMMON_CURRENCIES, amounts[0]?.cells ?? []);
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
}

/** Files of one bank's kind: delimiter and header cells, or kinds of columns where there is no header. */
function signatureOf({ delimiter, header }: CsvTable, columns: readonly Column[]): string {
  return hashOf(['csv', delimiter, ...(header?.map(normalised) ?? columns.map(({ kind }) => kind))]);
}

function hashOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
