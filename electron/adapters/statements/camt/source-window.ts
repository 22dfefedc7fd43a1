// Keeps just enough of the decoded text to hand out an entry letter for letter. Positions are the XML parser's, in characters of the file.

export class SourceWindow {
  #text = '';
  #base = 0;
  #mark = -1;

  append(text: string): void {
    this.#text += text;
  }

  /** Marks the start of the tag that ends at `position`. */
  mark(position: number): void {
    this.#mark = this.#base + this.#text.lastIndexOf('<', position - this.#base - 1);
  }

  /** The text from the mark to `position`; the mark is gone afterwards. */
  take(position: number): string {
    const text = this.#text.slice(this.#mark - this.#base, position - this.#base);
    this.#mark = -1;
    return text;
  }

  /** Drops what nobody can ask for any more: everything before the mark, or before the last tag begun. */
  release(position: number): void {
    const keep =
      this.#mark >= 0 ? this.#mark : this.#base + Math.max(this.#text.lastIndexOf('<', position - this.#base), 0);
    this.#text = this.#text.slice(keep - this.#base);
    this.#base = keep;
  }
}
