// Reads the account identifier with its balances and totals, and says at its trailer what they come to. It holds one account's figures, no rows.
import type { CurrencyCode } from '../../../../shared/model/currency.ts';
import type { SourceAccount, SourceBalance } from '../../../../shared/model/source.ts';
import { type Place, malformed, tooLarge } from '../failure.ts';
import { MAX_STATED_BALANCES } from '../limits.ts';
import type { StatementSink } from '../statement-sink.ts';
import { cut, ibanOf, minorString, plainText } from '../values.ts';
import type { Decode } from '../mt940/text.ts';
import { Fields } from './fields.ts';
import { readFunds } from './funds.ts';
import { type Group, currencyIn } from './group.ts';
import type { LogicalRecord } from './record-scanner.ts';
import { BALANCE_TYPES, TOTAL_CREDITS, TOTAL_DEBITS } from './type-codes.ts';
import { amountOf, countOf } from './values.ts';

interface Stated {
  readonly minor: bigint;
  readonly count: number | null;
}

interface Sum {
  count: number;
  minor: bigint;
}

interface Context {
  readonly group: Group;
  readonly decode: Decode;
}

export class Bai2Account {
  readonly account: SourceAccount;
  readonly currency: CurrencyCode;
  readonly group: Group;
  readonly place: Place;
  readonly #stated = new Map<string, Stated>();
  readonly #credits: Sum = { count: 0, minor: 0n };
  readonly #debits: Sum = { count: 0, minor: 0n };
  #summaries = 0n;
  #details = 0n;

  /** @throws {AppError} STATEMENT_MALFORMED, STATEMENT_TOO_LARGE */
  constructor(record: LogicalRecord, { group, decode }: Context) {
    const fields = new Fields(record);
    this.group = group;
    this.place = record.place;
    const number = plainText(decode(fields.next()), 200);
    if (number === '') throw malformed(record.place, 'an account number in record 03', '');
    this.currency = currencyIn(fields.next(), group.currency, record);
    this.account = mapAccount(number, this.currency, group.originator);
    this.#readSummaries(fields);
  }

  /** The algebraic sum of all amounts of the account's records. */
  get control(): bigint {
    return this.#summaries + this.#details;
  }

  /** The same of its details alone. */
  get details(): bigint {
    return this.#details;
  }

  get rows(): number {
    return this.#credits.count + this.#debits.count;
  }

  /** Counts a detail: `written` as it stands in the record, `minor` with its sign. */
  add(written: bigint, minor: bigint): void {
    this.#details += written;
    const sum = minor < 0n ? this.#debits : this.#credits;
    sum.count += 1;
    sum.minor += minor;
  }

  /** Counts the amount of a record that is no row. */
  addInformation(written: bigint): void {
    this.#details += written;
  }

  /** Whether opening, rows and closing are all stated and agree. */
  get proven(): boolean {
    const [opening, closing] = [this.#opening, this.#closing];
    if (opening === null || closing === null) return false;
    return opening + this.#credits.minor + this.#debits.minor === closing;
  }

  /** Ends the statement. */
  end(sink: StatementSink): void {
    this.#compareTotals(sink);
    const { asOf } = this.group;
    const day = (minor: bigint | null): { amountMinor: ReturnType<typeof minorString>; date: typeof asOf } | null =>
      minor === null || this.group.interim ? null : { amountMinor: minorString(minor), date: asOf };
    sink.end({
      from: asOf,
      to: asOf,
      opening: day(this.#opening),
      closing: day(this.#closing),
      balances: this.#balances(),
      declaredEmpty: this.#declaresEmpty,
    });
  }

  get #opening(): bigint | null {
    return this.#stated.get('010')?.minor ?? null;
  }

  get #closing(): bigint | null {
    return this.#stated.get('015')?.minor ?? null;
  }

  get #declaresEmpty(): boolean {
    const same = this.#opening !== null && this.#opening === this.#closing;
    const none = [TOTAL_CREDITS, TOTAL_DEBITS].every((code) => this.#stated.get(code)?.minor === 0n);
    return same || none;
  }

  /**
   * Type code, amount, number of items, funds type, again and again. Banks leave out a type code with all that belongs to it, or write one
   * comma too many at a record's end: neither says anything.
   * @see Cash Management Balance Reporting Specifications, Version 2, record 03
   */
  #readSummaries(fields: Fields): void {
    for (let number = 0; !fields.done; number += 1) {
      const code = fields.next();
      if (code === '') continue;
      if (!/^\d{3}$/.test(code)) throw malformed(this.place, 'a type code of three digits in record 03', code);
      if (number > MAX_STATED_BALANCES) throw tooLarge(this.place, 'account', `${MAX_STATED_BALANCES} balances`);
      const minor = amountOf(fields.next(), { place: this.place, what: `amount of type ${code}` });
      const count = countOf(fields.next(), { place: this.place, what: `items of type ${code}` });
      readFunds(fields, this.place);
      this.#summaries += minor ?? 0n;
      if (minor !== null && !this.#stated.has(code)) this.#stated.set(code, { minor, count });
    }
  }

  #balances(): SourceBalance[] {
    const balances: SourceBalance[] = [];
    for (const [code, { minor }] of this.#stated) {
      const type = BALANCE_TYPES.get(code);
      if (type)
        balances.push({ type, amountMinor: minorString(minor), currency: this.currency, date: this.group.asOf });
    }
    return balances;
  }

  #compareTotals(sink: StatementSink): void {
    for (const [code, { count, minor }] of [
      [TOTAL_CREDITS, this.#credits],
      [TOTAL_DEBITS, this.#debits],
    ] as const) {
      const stated = this.#stated.get(code);
      const found = minor < 0n ? -minor : minor;
      if (!stated || (absolute(stated.minor) === found && (stated.count ?? count) === count)) continue;
      const what =
        absolute(stated.minor) === found
          ? `${stated.count} entries, there are ${count}`
          : 'another sum than the entries have';
      sink.warn('SUMMARY_DIFFERS', `Line ${this.place.line}: type ${code} of the account states ${what}.`);
    }
  }
}

function absolute(minor: bigint): bigint {
  return minor < 0n ? -minor : minor;
}

/** The id is the originator's number (its ABA routing number) and the account's, as in OFX; an IBAN stands for itself. */
function mapAccount(number: string, currency: CurrencyCode, originator: string | null): SourceAccount {
  const iban = ibanOf(number);
  const id = iban ?? cut(originator === null ? number : `${originator}/${number}`, 256);
  return { id, iban, currency, name: null, institution: null, kind: 'current' };
}
