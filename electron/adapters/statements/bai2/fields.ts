// Walks through the fields of a logical record, across its continuations, and takes the text at its end. It knows no field's meaning.
import { trimHeld } from '../charset.ts';
import { type Place, malformed } from '../failure.ts';
import type { LogicalRecord, Part } from './record-scanner.ts';

/**
 * Commas part fields, a slash ends them; a field does not run over into a continuation, text does. A field that ends its physical record ends
 * there, with or without a slash.
 * @see Cash Management Balance Reporting Specifications, Version 2, "Delimiters" and "Continuation record"
 */
export class Fields {
  readonly #parts: readonly Part[];
  readonly #place: Place;
  #part = 0;
  #at = 0;

  constructor({ parts, place }: Pick<LogicalRecord, 'parts' | 'place'>) {
    this.#parts = parts;
    this.#place = place;
  }

  get done(): boolean {
    this.#forward();
    return this.#part >= this.#parts.length;
  }

  /** The next field, empty where the record has no more. @throws {AppError} STATEMENT_MALFORMED in a line without a code */
  next(): string {
    if (this.done) return '';
    const text = this.#current();
    const comma = text.indexOf(',', this.#at);
    const end = comma < 0 ? text.length : comma;
    const field = text.slice(this.#at, end);
    this.#at = end + 1;
    return trimHeld(field);
  }

  /** All that is left, commas and slashes included. A blank stands where one physical record goes over into the next, unless the former is full. */
  text(): string {
    if (this.#part >= this.#parts.length) return '';
    let text = this.#current().slice(this.#at);
    for (let index = this.#part + 1; index < this.#parts.length; index += 1) {
      const glue = this.#parts[index - 1]?.full === true ? '' : ' ';
      text += glue + (this.#parts[index]?.text ?? '');
    }
    this.#part = this.#parts.length;
    return text;
  }

  /** Lines without a code are text alone. */
  #forward(): void {
    while (this.#part < this.#parts.length && this.#at > this.#current().length) {
      this.#part += 1;
      this.#at = 0;
      const part = this.#parts[this.#part];
      if (part?.wrapped === true) throw malformed(this.#place, 'a record that begins with its code', part.text);
    }
  }

  #current(): string {
    return this.#parts[this.#part]?.text ?? '';
  }
}
