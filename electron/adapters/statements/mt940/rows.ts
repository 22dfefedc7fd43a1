// Maps a statement line with its fields 86 and NS to a source transaction.
import type { CurrencyCode } from '../../../../shared/model/currency.ts';
import { currencyExponent } from '../../../../shared/model/currency.ts';
import type { ForeignAmount, SourceTransaction } from '../../../../shared/model/source.ts';
import type { Place } from '../failure.ts';
import { MAX_RAW } from '../limits.ts';
import type { StatementSink } from '../statement-sink.ts';
import { currencyOf, cut, ibanOf, optionalText, plainText, sourceAmount } from '../values.ts';
import { swiftAmount } from './amounts.ts';
import { type StatementLine, isDebit, parseStatementLine } from './entry.ts';
import type { Information } from './information.ts';
import { nonSwiftInformation } from './information-ns.ts';
import { parseInformation } from './parse-information.ts';
import { type Decode, asIs, joinLines, linesOf, needsDecoding } from './text.ts';

/** An entry as it stands in the file: field 61, its fields 86, its field NS, and all of them in one piece. */
export interface EntrySource {
  readonly line: string;
  readonly information: readonly string[];
  readonly nonSwift: string | null;
  readonly raw: string;
  readonly place: Place;
}

/** What the statement says about its entries. `interim`: a report of the day (MT942), whose entries are not final. */
export interface EntryContext {
  readonly currency: CurrencyCode;
  readonly interim: boolean;
  readonly decode: Decode;
  readonly sink: StatementSink;
}

/** @throws {AppError} STATEMENT_MALFORMED */
export function mapEntry(source: EntrySource, context: EntryContext): SourceTransaction {
  const [first = '', ...details] = linesOf(source.line);
  const exponent = currencyExponent(context.currency);
  const line = parseStatementLine(first, { exponent, place: source.place });
  noteOddities(line, first, { place: source.place, sink: context.sink });
  const minor = isDebit(line.mark) ? -line.amount.minor : line.amount.minor;
  const decode = needsDecoding(source.raw) ? context.decode : asIs;
  const beside = details.length === 0 ? '' : decode(joinLines(details));
  const information = informationOf(source, decode);
  const party = partyOf({ line, beside, information }, decode);
  return {
    ...sourceAmount(minor, context.currency),
    state: context.interim || line.mark.startsWith('E') ? 'pending' : 'booked',
    bookingDate: line.bookingDate,
    valueDate: line.valueDate,
    transactionDate: null,
    rawAmount: cut(line.written, 64),
    rawSign: line.mark,
    foreign: foreignAmount(beside, minor, context.currency),
    description: descriptionOf(information.text, beside, party.counterpartyAccount),
    counterparty: party.counterparty,
    counterpartyAccount: party.counterpartyAccount,
    endToEndId: information.endToEndId,
    sourceId: reference(line.bankReference ?? '', decode),
    bankCode: information.code ?? optionalText(line.type ?? undefined, 64),
    balanceAfterMinor: null,
    children: [],
    raw: decode(cut(source.raw, MAX_RAW)),
  };
}

function noteOddities(
  line: StatementLine,
  written: string,
  { place, sink }: { place: Place; sink: StatementSink },
): void {
  if (line.adjusted) {
    sink.warn(
      'DATE_NOT_IN_CALENDAR',
      `Line ${place.line}: ${written.slice(0, 10)} names a day of February that does not exist; the month’s last day was taken.`,
    );
  }
  if (line.amount.unusual)
    sink.warn(
      'NOTATION_UNUSUAL',
      `Line ${place.line}: an amount is not in SWIFT notation but can mean only one value.`,
    );
}

const NO_INFORMATION: Information = {
  text: '',
  counterparty: null,
  counterpartyAccount: null,
  endToEndId: null,
  code: null,
};

function informationOf({ information, nonSwift }: EntrySource, decode: Decode): Information {
  if (information.length > 0) return parseInformation(information.flatMap(linesOf), decode);
  return nonSwift === null ? NO_INFORMATION : nonSwiftInformation(nonSwift, decode);
}

type Party = Pick<SourceTransaction, 'counterparty' | 'counterpartyAccount'>;

interface EntryTexts {
  readonly line: StatementLine;
  readonly beside: string;
  readonly information: Information;
}

/** Where field 86 does not name the counterparty, Dutch banks name it in field 61. */
function partyOf({ line, beside, information }: EntryTexts, decode: Decode): Party {
  const { counterparty, counterpartyAccount } = information;
  // Rabobank, old: account in the reference, name behind it.
  if (line.beside !== '')
    return {
      counterparty: counterparty ?? optionalText(decode(line.beside), 400),
      counterpartyAccount: counterpartyAccount ?? dutchNumber(line.reference),
    };
  // SNS: account in the reference, name in the details, both again at the beginning of field 86.
  const isSns =
    beside !== '' &&
    dutchNumber(line.reference) !== null &&
    information.text.startsWith(`${line.reference} ${beside.trim()}`);
  if (isSns)
    return {
      counterparty: counterparty ?? optionalText(beside, 400),
      counterpartyAccount: counterpartyAccount ?? line.reference,
    };
  // Rabobank, structured: the details are the account.
  return { counterparty, counterpartyAccount: counterpartyAccount ?? accountIn(beside.trim()) };
}

function accountIn(text: string): string | null {
  return ibanOf(text) ?? (/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text) ? text : dutchNumber(text));
}

/** A number of the old Dutch kind: ten digits, or P and nine for a giro account. */
function dutchNumber(text: string): string | null {
  return /^(?:\d{10}|P\d{9})$/.test(text) ? text : null;
}

/** The information; the details of field 61 before it where they add words to it. */
function descriptionOf(text: string, beside: string, account: string | null): string {
  if (beside === '') return text;
  const details = plainText(beside, 400);
  const adds = !details.startsWith('/') && /\p{L}{3}/u.test(details) && !text.includes(details);
  if (!adds || details === account) return text;
  return text === '' ? details : cut(`${details}: ${text}`, 4000);
}

function reference(written: string, decode: Decode): string | null {
  return written === '' || written === 'NONREF' ? null : optionalText(decode(written), 256);
}

/** @see DK Anlage 3 Datenformate, field 61, subfield 9: /OCMT/3a..15d/ the original amount; SWIFT: /EXCH/ the rate */
function foreignAmount(details: string, minor: bigint, own: CurrencyCode): ForeignAmount | null {
  if (details === '') return null;
  const match = /\/OCMT\/([A-Z]{3})(\d+,\d*)/.exec(details);
  const currency = currencyOf(match?.[1] ?? '');
  if (!match || currency === null || currency === own) return null;
  const amount = swiftAmount(match[2] ?? '', currencyExponent(currency));
  if (amount === null) return null;
  const rate = /\/EXCH\/(\d{1,12}(?:,\d{1,12})?)(?:\/|$)/.exec(details)?.[1] ?? null;
  return {
    ...sourceAmount(minor < 0n ? -amount.minor : amount.minor, currency),
    rate: rate?.replace(',', '.') ?? null,
  };
}
