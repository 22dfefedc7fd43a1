// Decodes the bytes of one OFX value. UTF-8 wins wherever the bytes are well-formed UTF-8, because headers often declare cp1252 wrongly.
import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { type DecodeHeld, createHeldDecoder } from '../charset.ts';

/** Without the beginning of a character of two or more bytes, text beyond ASCII is no UTF-8. */
const MAY_BE_UTF8 = /[\u00c2-\u00f4][\u0080-\u00bf]/;

/** Decodes values of one file and remembers which charsets the values really had. */
export class FieldDecoder {
  readonly #fallback: string;
  readonly #decodeFallback: DecodeHeld;
  readonly #declared: string;
  #sawUtf8 = false;
  #sawFallback = false;

  /** `declared` is the header's charset; values that are not UTF-8 are read in it, or in windows-1252 where it is UTF-8 itself or unknown. */
  constructor(declared: string) {
    this.#declared = declared;
    const usable = !declared.startsWith('utf') && iconv.encodingExists(declared);
    const fallback = usable ? declared : 'windows-1252';
    this.#fallback = fallback;
    this.#decodeFallback = createHeldDecoder((bytes) => iconv.decode(bytes, fallback));
  }

  /** `held` is a value beyond ASCII, one character a byte. */
  decode(held: string): string {
    const bytes = MAY_BE_UTF8.test(held) ? Buffer.from(held, 'latin1') : null;
    if (bytes !== null && isUtf8(bytes)) {
      this.#sawUtf8 = true;
      return bytes.toString('utf8');
    }
    this.#sawFallback = true;
    return this.#decodeFallback(held);
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
