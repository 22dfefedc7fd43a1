// Decodes the bytes of one OFX value. UTF-8 wins wherever the bytes are well-formed UTF-8, because headers often declare cp1252 wrongly.
import { TextDecoder } from 'node:util';
import iconv from 'iconv-lite';

/** Decodes values of one file and remembers which charsets the values really had. */
export class FieldDecoder {
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  readonly #fallback: string;
  readonly #declared: string;
  #sawUtf8 = false;
  #sawFallback = false;

  /** `declared` is the header's charset; values that are not UTF-8 are read in it, or in windows-1252 where it is UTF-8 itself or unknown. */
  constructor(declared: string) {
    this.#declared = declared;
    const usable = !declared.startsWith('utf') && iconv.encodingExists(declared);
    this.#fallback = usable ? declared : 'windows-1252';
  }

  decode(bytes: Buffer): string {
    try {
      const text = this.#utf8.decode(bytes);
      this.#sawUtf8 = true;
      return text;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.#sawFallback = true;
      return iconv.decode(bytes, this.#fallback);
    }
  }

  /** What the user should know about the charset, null where the header was right. */
  finding(): { code: 'CHARSET_DIFFERS' | 'CHARSET_MIXED'; text: string } | null {
    if (this.#sawUtf8 && this.#sawFallback) {
      return {
        code: 'CHARSET_MIXED',
        text: `Some values are UTF-8, others ${this.#fallback}; each was read as its bytes say.`,
      };
    }
    const found = this.#sawUtf8 ? 'utf-8' : this.#sawFallback ? this.#fallback : this.#declared;
    if (found === this.#declared) return null;
    return {
      code: 'CHARSET_DIFFERS',
      text: `The header declares ${this.#declared}; the values are ${found} and were read so.`,
    };
  }
}
