// Keeps count while the pages of one account come in: repeated records, circles, and whether the last page was really the last.
import { createHash } from 'node:crypto';
import { invalidResponse } from './response-body.ts';
import type { TransactionsPage } from './transactions-page.ts';

const MAX_PAGES = 10_000;

const digest = (text: string): string => createHash('sha256').update(text).digest('base64');

/** The id a record claims, where it claims one. */
function idOf(record: unknown): string | null {
  const id = typeof record === 'object' && record !== null && 'TransactionId' in record ? record.TransactionId : null;
  return typeof id === 'string' ? id : null;
}

export class PageWalk {
  readonly #visited = new Set<string>();
  readonly #pages = new Set<string>();
  readonly #records = new Map<string, string>();
  #repeated = 0;
  #lastTotal: number | null = null;

  /** Records dropped because the very same ones had come before. */
  get repeated(): number {
    return this.#repeated;
  }

  /** Before a page is asked for. @throws {AppError} BANK_RESPONSE_INVALID when the links go in circles */
  visit(url: string): void {
    if (this.#visited.has(url) || this.#visited.size >= MAX_PAGES) throw invalidResponse('Links.Next');
    this.#visited.add(url);
  }

  /**
   * The page's records without those that came before: whole pages letter for letter, and single records with the same id and the same
   * content. Records without an id, and equal ids with other content, stay: real twins exist.
   */
  take(page: TransactionsPage): unknown[] {
    this.#lastTotal = page.totalPages ?? this.#lastTotal;
    const texts = page.records.map((record) => JSON.stringify(record));
    const whole = digest(texts.join('\n'));
    const known = page.records.length > 0 && this.#pages.has(whole);
    this.#pages.add(page.records.length > 0 ? whole : `empty ${this.#visited.size}`);
    const fresh = known ? [] : page.records.filter((record, index) => this.#isNew(idOf(record), texts[index] ?? ''));
    this.#repeated += page.records.length - fresh.length;
    return fresh;
  }

  /** After a page without a successor. @throws {AppError} BANK_RESPONSE_INVALID when the bank announced more pages than it sent */
  end(): void {
    if (this.#lastTotal !== null && this.#pages.size < this.#lastTotal) throw invalidResponse('Meta.TotalPages');
  }

  #isNew(id: string | null, text: string): boolean {
    if (id === null) return true;
    const content = digest(text);
    if (this.#records.get(id) === content) return false;
    this.#records.set(id, content);
    return true;
  }
}
