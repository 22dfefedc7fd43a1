// Keeps just enough of the decoded text to hand out an entry letter for letter. Positions are the XML parser's, in characters of the file.
import { MAX_RAW } from '../limits.ts';

/** An entry's source text; `whole` is false where it was longer than the longest raw record and its end is missing. */
export interface SourceExcerpt {
  readonly text: string;
  readonly whole: boolean;
}

export class SourceWindow {
  #text = '';
  #base = 0;
  #mark = -1;
  #longStart: string | null = null;

  append(text: string): void {
    this.#text += text;
  }

  /** Marks the start of the tag that ends at `position`. */
  mark(position: number): void {
    this.#mark = this.#base + this.#text.lastIndexOf('<', position - this.#base - 1);
    this.#longStart = null;
  }

  /** The text from the mark to `position`; the mark is gone afterwards. */
  take(position: number): SourceExcerpt {
    const text = this.#longStart ?? this.#text.slice(this.#mark - this.#base, position - this.#base);
    const whole = this.#longStart === null && text.length <= MAX_RAW;
    this.#mark = -1;
    this.#longStart = null;
    return { text, whole };
  }

  /** Drops what nobody can ask for any more: everything before the mark, or before the last tag begun. */
  release(position: number): void {
    if (this.#mark >= 0 && this.#longStart === null && this.#text.length > 2 * MAX_RAW) {
      this.#longStart = this.#text.slice(this.#mark - this.#base, this.#mark - this.#base + MAX_RAW);
    }
    const marked = this.#mark >= 0 && this.#longStart === null;
    const keep = marked ? this.#mark : this.#base + Math.max(this.#text.lastIndexOf('<', position - this.#base), 0);
    this.#text = this.#text.slice(keep - this.#base);
    this.#base = keep;
  }
}
