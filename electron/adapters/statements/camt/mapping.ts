// Puts the parts of each statement together: begins it with its first entry, ends it with its balances. It reads no XML.
import type { CalendarDate } from '../../../../shared/model/calendar-date.ts';
import type { SourceAccount, SourceBalance } from '../../../../shared/model/source.ts';
import { type Place, malformed, tooLarge } from '../failure.ts';
import { MAX_RAW, MAX_STATED_BALANCES } from '../limits.ts';
import type { StatementSink } from '../statement-sink.ts';
import { cut, optionalText } from '../values.ts';
import type { CamtDetail } from './details.ts';
import { type CamtElement, find } from './elements.ts';
import { mapEntry } from './entry.ts';
import { dateOfText } from './parts.ts';
import type { SourceExcerpt } from './source-window.ts';
import {
  accountCurrency,
  closingOf,
  hasMorePages,
  inAccountCurrency,
  mapAccount,
  mapBalance,
  mapPeriod,
  openingOf,
  statedEntries,
} from './statement.ts';

export type CamtMessage = '052' | '053' | '054';

/** The parts of a statement that are captured; everything else is skipped. */
export const STATEMENT_PARTS: ReadonlySet<string> = new Set(
  'Id CreDtTm FrToDt Acct Bal TxsSummry Ntry StmtPgntn RptPgntn NtfctnPgntn'.split(' '),
);

/** A captured part with its place, its source text (entries only) and the details cut out of it. */
export interface CamtPart {
  readonly element: CamtElement;
  readonly place: Place;
  readonly source: SourceExcerpt;
  readonly details: readonly CamtDetail[];
}

interface OpenStatement {
  readonly parts: Map<string, CamtElement>;
  readonly balances: SourceBalance[];
  account: SourceAccount | null;
  entries: number;
}

export class CamtMapping {
  readonly #sink: StatementSink;
  readonly #message: CamtMessage;
  #statement: OpenStatement = { parts: new Map(), balances: [], account: null, entries: 0 };

  constructor(sink: StatementSink, message: CamtMessage) {
    this.#sink = sink;
    this.#message = message;
  }

  open(): void {
    this.#statement = { parts: new Map(), balances: [], account: null, entries: 0 };
  }

  part(part: CamtPart): void {
    const { element, place } = part;
    if (element.name === 'Ntry') this.#entry(part);
    else if (element.name === 'Bal') this.#balance(element, place);
    else if (element.name.endsWith('Pgntn')) this.pagination(element);
    else if (!this.#statement.parts.has(element.name)) this.#statement.parts.set(element.name, element);
  }

  /** Also the pages of the message itself, where versions 01 to 03 state them. */
  pagination(element: CamtElement): void {
    if (hasMorePages(element))
      this.#sink.warn('PAGE_INCOMPLETE', 'The bank says that another page follows in another file.');
  }

  close(place: Place): void {
    const { balances, parts } = this.#statement;
    const account = this.#begin(null, place);
    const opening = this.#inAccountCurrency(openingOf(balances), account);
    const closing = this.#inAccountCurrency(closingOf(balances), account);
    const stated = statedEntries(parts.get('TxsSummry'));
    if (stated !== null && stated !== this.#statement.entries) {
      this.#sink.warn(
        'SUMMARY_DIFFERS',
        `The summary names ${stated} entries, the statement holds ${this.#statement.entries}.`,
      );
    }
    const unmoved = opening !== null && opening.amountMinor === closing?.amountMinor;
    this.#sink.end({
      ...mapPeriod(parts.get('FrToDt')),
      opening,
      closing,
      balances,
      declaredEmpty: stated === 0 || unmoved,
    });
  }

  #begin(entry: CamtElement | null, place: Place): SourceAccount {
    const statement = this.#statement;
    if (statement.account !== null) return statement.account;
    const element = statement.parts.get('Acct');
    const currency = accountCurrency(element, statement.balances, entry);
    const account = mapAccount(element, currency);
    if (account === null) throw malformed(place, 'an account number in Acct/Id', '');
    statement.account = account;
    this.#sink.begin(account, optionalText(statement.parts.get('Id')?.text, 256));
    return account;
  }

  #entry({ element, details, place, source }: CamtPart): void {
    const account = this.#begin(element, place);
    this.#statement.entries += 1;
    if (account.currency === null)
      throw malformed(place, 'a currency at Ntry/Amt', find(element, 'Amt')?.currency ?? '');
    if (!source.whole)
      this.#sink.warn(
        'RAW_CUT',
        `Line ${place.line}: an entry is longer than ${MAX_RAW} characters; its raw record was cut, its details are complete.`,
      );
    const row = mapEntry(element, details, {
      place,
      raw: cut(source.text, MAX_RAW),
      sink: this.#sink,
      accountCurrency: account.currency,
      accountNumber: account.iban ?? account.id,
      message: this.#message,
      fallbackDate: this.#statementDate(),
    });
    if (row !== null) this.#sink.add(row);
  }

  /** The end of the stated period, else the closing balance's day, else the day the bank made the statement. */
  #statementDate(): CalendarDate | null {
    const { parts, balances } = this.#statement;
    return (
      mapPeriod(parts.get('FrToDt')).to ?? closingOf(balances)?.date ?? dateOfText(parts.get('CreDtTm')?.text.trim())
    );
  }

  #balance(element: CamtElement, place: Place): void {
    const balance = mapBalance(element);
    if (balance === 'type')
      this.#sink.warn(
        'BALANCE_TYPE_UNKNOWN',
        `Line ${place.line}: a balance has a type of the bank's own and was left out.`,
      );
    else if (balance === 'value')
      this.#sink.warn(
        'BALANCE_UNREADABLE',
        `Line ${place.line}: a balance has no readable amount, indicator or date and was left out.`,
      );
    else if (this.#statement.balances.length < MAX_STATED_BALANCES) this.#statement.balances.push(balance);
    else throw tooLarge(place, 'statement', `${MAX_STATED_BALANCES} balances`);
  }

  #inAccountCurrency(balance: SourceBalance | null, account: SourceAccount): ReturnType<typeof inAccountCurrency> {
    const found = inAccountCurrency(balance, account.currency);
    if (balance !== null && found === null) {
      this.#sink.warn(
        'BALANCE_IN_OTHER_CURRENCY',
        `A booked balance is in ${balance.currency}, the account in ${account.currency ?? 'none'}; it proves nothing and is only listed.`,
      );
    }
    return found;
  }
}
