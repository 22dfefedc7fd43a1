// One MT940 or MT942 message: holds the order of its fields and says which account, rows and balances it states. It keeps one entry at a time.
import type { CalendarDate } from '../../../../shared/model/calendar-date.ts';
import { addDays } from '../../../../shared/model/calendar-date.ts';
import type { CurrencyCode } from '../../../../shared/model/currency.ts';
import type { BalanceType, SourceBalance } from '../../../../shared/model/source.ts';
import { trimHeld } from '../charset.ts';
import { type Place, malformed, tooLarge } from '../failure.ts';
import { MAX_MESSAGE_FIELDS, MAX_ROW } from '../limits.ts';
import type { StatementSink } from '../statement-sink.ts';
import { currencyOf, minorString, optionalText } from '../values.ts';
import { mapAccount } from './account.ts';
import { type SwiftBalance, swiftBalance } from './amounts.ts';
import { swiftDate } from './dates.ts';
import type { FieldScanner, SwiftField } from './field-scanner.ts';
import { accountOwner } from './information-ns.ts';
import { type EntryContext, mapEntry } from './rows.ts';
import { type Decode, linesOf } from './text.ts';
import { Totals } from './totals.ts';

/** How a message ended: by its end mark, by the next message, by the end of the file. */
export type MessageEnd = 'mark' | 'next' | 'file';

/** What a message says about its place among the pages of one statement. */
export interface MessagePage {
  readonly account: string;
  readonly continues: boolean;
  readonly goesOn: boolean;
}

interface Tools {
  readonly sink: StatementSink;
  readonly decode: Decode;
  readonly fields: Pick<FieldScanner, 'hold' | 'taken'>;
}

interface OpenEntry {
  readonly line: string;
  readonly place: Place;
  readonly information: string[];
  nonSwift: string | null;
}

export class SwiftMessage {
  readonly #tools: Tools;
  readonly #header = new Map<string, string>();
  readonly #totals: Totals;
  readonly #tail: SourceBalance[] = [];
  #phase: 'header' | 'entries' | 'closed' = 'header';
  #fields = 0;
  #floor: CurrencyCode | null = null;
  #currency: CurrencyCode | null = null;
  #account = '';
  #opening: SwiftBalance | null = null;
  #closing: SwiftBalance | null = null;
  #continues = false;
  #goesOn = false;
  #context: EntryContext | null = null;
  #entry: OpenEntry | null = null;
  #first: CalendarDate | null = null;
  #last: CalendarDate | null = null;
  #reported: CalendarDate | null = null;

  constructor(tools: Tools) {
    this.#tools = tools;
    this.#totals = new Totals(tools.sink);
  }

  get page(): MessagePage {
    return { account: this.#account, continues: this.#continues, goesOn: this.#goesOn };
  }

  /** Entries that are not final: a report has no balances, STARTDISP is what German banks call a list of planned entries. */
  get #interim(): boolean {
    return this.#opening === null || this.#header.get('20')?.trim() === PLANNED;
  }

  /** A hyphen line is text within an entry of a statement: only its closing balance ends the entries. */
  get mayEnd(): boolean {
    return this.#phase !== 'entries' || this.#opening === null;
  }

  /** @throws {AppError} STATEMENT_MALFORMED, STATEMENT_TOO_LARGE */
  take(field: SwiftField): void {
    if (field.name === '61') this.#startEntry(field);
    else if (field.name === '86') this.#information(field);
    else this.#other(field);
  }

  #other(field: SwiftField): void {
    this.#fields += 1;
    if (this.#fields > MAX_MESSAGE_FIELDS) throw tooLarge(field.place, 'message', `${MAX_MESSAGE_FIELDS} fields`);
    switch (field.name) {
      case '20':
      case '21':
      case '25':
      case '25P':
      case '28':
      case '28C':
        return this.#headerField(field);
      case '13':
      case '13D':
      case '34F':
        return this.#reportField(field);
      case '60F':
      case '60M':
        return this.#open(field);
      case '62F':
      case '62M':
        return this.#close(field);
      case '64':
      case '65':
        return this.#laterBalance(field);
      case '90C':
      case '90D':
        return this.#opening === null ? this.#total(field) : this.#unread(field);
      case 'NS':
        return this.#nonSwift(field);
      default:
        this.#unread(field);
    }
  }

  /** @throws {AppError} STATEMENT_MALFORMED where something is missing at the end */
  finish(by: MessageEnd, place: Place): void {
    this.#flush(place.offset);
    if (this.#phase === 'header') this.#beginReport(place);
    if (this.#phase === 'closed') this.#finishStatement(place);
    else if (this.#opening === null) this.#finishReport(by, place);
    else throw malformed(place, this.#expected(), '');
  }

  #unread(field: SwiftField): void {
    this.#tools.sink.warn('PART_NOT_READ', `Line ${field.place.line}: field ${field.name} is not read.`);
  }

  #headerField(field: SwiftField): void {
    if (this.#phase !== 'header') throw malformed(field.place, this.#expected(), field.source);
    const name = field.name.slice(0, 2);
    if (!this.#header.has(name)) this.#header.set(name, lineOf(field));
  }

  #reportField(field: SwiftField): void {
    if (this.#phase !== 'header') throw malformed(field.place, this.#expected(), field.source);
    const line = lineOf(field);
    if (field.name === '34F') this.#floor ??= currencyOf(line.slice(0, 3));
    else if (field.name === '13D') this.#reported = swiftDate(line.slice(0, 6))?.date ?? null;
  }

  #open(field: SwiftField): void {
    if (this.#phase !== 'header') throw malformed(field.place, this.#expected(), field.source);
    const balance = readBalance(field, null);
    if (balance === null)
      throw malformed(field.place, `mark, date, currency and amount in :${field.name}:`, lineOf(field));
    this.#opening = balance;
    this.#begin(balance.currency, field.place);
    this.#note(balance, field.place);
    this.#continues = field.name === '60M';
    if (balance.date === null)
      this.#tools.sink.warn(
        'DATE_UNREADABLE',
        `Line ${field.place.line}: the opening balance has no date; its first entry’s was taken.`,
      );
  }

  #begin(currency: CurrencyCode, place: Place): void {
    const { sink, decode } = this.#tools;
    const missing = NEEDED.find((name) => !this.#header.has(name));
    if (missing !== undefined) throw malformed(place, `:${missing}: before it`, '');
    const owner = accountOwner(this.#header.get('NS') ?? '', decode);
    const account = mapAccount(decode(this.#header.get('25') ?? ''), currency, owner);
    if (account === null) throw malformed(place, 'an account in :25:', '');
    const number = decode(this.#header.get('28') ?? this.#header.get('20') ?? '');
    sink.begin(account, optionalText(number, 256));
    this.#currency = currency;
    this.#context = { sink, decode, currency, interim: this.#interim };
    this.#account = account.id;
    this.#phase = 'entries';
  }

  /** A report (MT942) has no balances: its floor limit states the currency. */
  #beginReport(place: Place): void {
    if (this.#floor === null) throw malformed(place, this.#expected(), '');
    this.#begin(this.#floor, place);
  }

  #startEntry(field: SwiftField): void {
    this.#flush(field.place.offset);
    if (this.#phase === 'header') this.#beginReport(field.place);
    if (this.#phase === 'closed') throw malformed(field.place, this.#expected(), field.source);
    const line = field.source.slice(field.value);
    this.#entry = { line, place: field.place, information: [], nonSwift: null };
    this.#tools.fields.hold(field.place.offset);
  }

  #information(field: SwiftField): void {
    if (this.#phase === 'closed') return;
    if (this.#entry === null) throw malformed(field.place, this.#expected(), field.source);
    this.#entry.information.push(field.source.slice(field.value));
    this.#extend(this.#entry, field);
  }

  #extend(entry: OpenEntry, field: SwiftField): void {
    const size = field.place.offset + field.source.length - entry.place.offset;
    if (size > MAX_ROW) throw tooLarge(field.place, 'entry', `${MAX_ROW} bytes`);
  }

  #nonSwift(field: SwiftField): void {
    const value = field.source.slice(field.value);
    if (this.#phase === 'header') this.#header.set('NS', value);
    if (this.#entry === null) return;
    this.#entry.nonSwift = value;
    this.#extend(this.#entry, field);
  }

  /** The entry that ends before `offset`. */
  #flush(offset: number): void {
    const entry = this.#entry;
    if (entry === null || this.#context === null) return;
    this.#entry = null;
    const raw = trimHeld(this.#tools.fields.taken(offset));
    const { line, information, nonSwift, place } = entry;
    const row = mapEntry({ line, information, nonSwift, raw, place }, this.#context);
    if (this.#opening === null) this.#totals.add(BigInt(row.amountMinor));
    if (this.#first === null || row.bookingDate < this.#first) this.#first = row.bookingDate;
    if (this.#last === null || row.bookingDate > this.#last) this.#last = row.bookingDate;
    this.#tools.sink.add(row);
  }

  #close(field: SwiftField): void {
    this.#flush(field.place.offset);
    if (this.#phase !== 'entries' || this.#opening === null)
      throw malformed(field.place, this.#expected(), field.source);
    const balance = readBalance(field, this.#currency);
    if (!balance?.date)
      throw malformed(field.place, `mark, date, currency and amount in :${field.name}:`, lineOf(field));
    this.#note(balance, field.place);
    this.#closing = balance;
    this.#goesOn = field.name === '62M';
    this.#phase = 'closed';
  }

  #laterBalance(field: SwiftField): void {
    if (this.#phase !== 'closed') throw malformed(field.place, this.#expected(), field.source);
    const balance = readBalance(field, this.#currency);
    if (!balance?.date) {
      this.#tools.sink.warn(
        'BALANCE_UNREADABLE',
        `Line ${field.place.line}: :${field.name}: is no balance and was left out.`,
      );
    } else {
      this.#note(balance, field.place);
      this.#tail.push(
        stated(balance, balance.date.date, field.name === '64' ? 'closing-available' : 'forward-available'),
      );
    }
  }

  #total(field: SwiftField): void {
    this.#flush(field.place.offset);
    if (this.#phase === 'header') this.#beginReport(field.place);
    this.#totals.state(field, lineOf(field));
  }

  #note(balance: SwiftBalance, place: Place): void {
    const { sink } = this.#tools;
    if (balance.unusual)
      sink.warn(
        'NOTATION_UNUSUAL',
        `Line ${place.line}: a balance is not in SWIFT notation but can mean only one value.`,
      );
    if (balance.date?.adjusted) {
      sink.warn(
        'DATE_NOT_IN_CALENDAR',
        `Line ${place.line}: a balance is of a day of February that does not exist; the month’s last day was taken.`,
      );
    }
  }

  #finishReport(by: MessageEnd, place: Place): void {
    if (by === 'file' && !this.#totals.stated)
      throw malformed(place, 'an end mark, :90D: or :90C:', 'the end of the file');
    this.#totals.compare(place);
    const declaredEmpty = this.#totals.stated && this.#totals.statedCount === 0;
    this.#tools.sink.end({
      from: this.#first,
      to: this.#lastDay(),
      opening: null,
      closing: null,
      balances: [],
      declaredEmpty,
    });
  }

  #finishStatement(place: Place): void {
    const [opening, closing] = [this.#opening, this.#closing];
    if (opening === null || !closing?.date) throw malformed(place, this.#expected(), '');
    const to = closing.date.date;
    const since = opening.date?.date ?? this.#first ?? to;
    const balances = [
      stated(opening, since, this.#continues ? 'interim-booked' : 'opening-booked'),
      stated(closing, to, this.#goesOn ? 'interim-booked' : 'closing-booked'),
      ...this.#tail,
    ];
    const same = opening.currency === closing.currency;
    const proves = same && !this.#interim;
    if (!same)
      this.#tools.sink.warn(
        'BALANCE_IN_OTHER_CURRENCY',
        `Line ${place.line}: the closing balance before it is in another currency than the opening balance.`,
      );
    this.#tools.sink.end({
      from: this.#firstDay(since, to),
      to,
      opening: proves ? { amountMinor: minorString(opening.minor), date: since } : null,
      closing: proves ? { amountMinor: minorString(closing.minor), date: to } : null,
      balances,
      declaredEmpty: same && opening.minor === closing.minor,
    });
  }

  /** An opening balance is of the day before the first entries with some banks, of their own day with others: the entries tell. */
  #firstDay(since: CalendarDate, to: CalendarDate): CalendarDate {
    if (since >= to) return to;
    return this.#first !== null && this.#first <= since ? since : addDays(since, 1);
  }

  /** A report is made on a day; entries may already be of the next. */
  #lastDay(): CalendarDate | null {
    const [reported, last] = [this.#reported, this.#last];
    if (reported === null || last === null) return reported ?? last;
    return last > reported ? last : reported;
  }

  #expected(): string {
    if (this.#phase === 'closed') return 'the end of the message or :20: behind the closing balance';
    if (this.#phase === 'entries')
      return this.#opening === null ? ':61:, :86:, :90D: or :90C:' : ':61:, :86: or the closing balance :62F:';
    const missing = NEEDED.find((name) => !this.#header.has(name));
    return missing === undefined ? 'the opening balance :60F:, or :34F: of a report' : `:${missing}:`;
  }
}

/** @see FinTS 3.0 Messages, Finanzdatenformate: the two kinds of :20: that HKKAZ brings, STARTUMS and STARTDISP */
const PLANNED = 'STARTDISP';

/** Fields without which nothing can be told about a message. Banks leave out the statement number. */
const NEEDED = ['20', '25'] as const;

function lineOf(field: SwiftField): string {
  return linesOf(field.source.slice(field.value))[0] ?? '';
}

/** A balance at the very end of a file whose last line has no end must have all its decimals: the file may be cut off. */
function readBalance(field: SwiftField, currency: CurrencyCode | null): SwiftBalance | null {
  const balance = swiftBalance(lineOf(field), currency);
  if (balance && !field.ended && !balance.whole)
    throw malformed(field.place, `the end of :${field.name}:`, 'the end of the file');
  return balance;
}

function stated(balance: SwiftBalance, date: CalendarDate, type: BalanceType): SourceBalance {
  return { type, amountMinor: minorString(balance.minor), currency: balance.currency, date };
}
