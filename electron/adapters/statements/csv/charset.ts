// Which charset a table is in, and its bytes as text to cut: one character a byte, decoded record by record. It guesses no code page.
import { TextDecoder } from 'node:util';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { CsvProfile } from '../../../../shared/model/statement-profile.ts';
import { type DecodeHeld, createHeldDecoder, isAscii, looksUtf8, markedCharset } from '../charset.ts';
import { type Place, malformed } from '../failure.ts';

/** What the bytes themselves say. `us-ascii` leaves every code page open, `windows-1252` says only that it is one of eight bits. */
export type FoundCharset = 'utf-8' | 'utf-16le' | 'utf-16be' | 'us-ascii' | 'windows-1252';

const UTF16_SAMPLE = 1024;

/** The charset by byte-order mark, zero bytes or well-formed UTF-8. */
export function foundCharset(head: Uint8Array): FoundCharset {
  const [a, b, c] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return a === 0xff ? 'utf-16le' : 'utf-16be';
  const wide = unmarkedUtf16(head);
  if (wide) return wide;
  if (isAscii(head)) return 'us-ascii';
  return looksUtf8(head) ? 'utf-8' : 'windows-1252';
}

/** UTF-16 without a mark: every second byte of digits, delimiters and Latin letters is zero. Zero bytes that pad the end do not count. */
function unmarkedUtf16(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const zeros = [0, 0];
  const end = head.subarray(0, UTF16_SAMPLE).findLastIndex((byte) => byte !== 0) + 1;
  for (let at = 0; at < end; at += 1) if (head[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > end / 8 && even <= odd / 8) return 'utf-16le';
  return even > end / 8 && odd <= even / 8 ? 'utf-16be' : null;
}

const WIDE: ReadonlySet<string> = new Set(['utf-16le', 'utf-16be']);

/**
 * The charset a file is read in: what its bytes decide, else the profile's.
 * @throws {AppError} STATEMENT_PROFILE_UNFIT where they contradict each other
 */
function readingCharset(found: string, profile: CsvProfile['charset']): string {
  if (WIDE.has(found) || found === 'utf-8' || (found === 'us-ascii' && WIDE.has(profile)))
    return found === 'us-ascii' ? 'utf-8' : found;
  if (found !== 'us-ascii' && (WIDE.has(profile) || profile === 'utf-8'))
    throw new AppError('STATEMENT_PROFILE_UNFIT', { what: `the file is not ${profile} text` });
  return profile;
}

function codePageDecoder(charset: string): DecodeHeld {
  const decoder = new TextDecoder(charset);
  return createHeldDecoder((bytes) => decoder.decode(bytes));
}

/** Bytes of one file as text of one character a byte; UTF-16 becomes UTF-8 on the way. */
export class CsvText {
  /** What the file is read in. */
  readonly charset: string;
  readonly #wide: TextDecoder | null;
  readonly #codePage: DecodeHeld | null;
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  /** Null until the first bytes beyond ASCII decide between UTF-8 and the profile's code page. */
  #isUtf8: boolean | null;
  #started = false;
  #mixed: number | null = null;

  /** `found` is what detection says. @throws {AppError} STATEMENT_PROFILE_UNFIT */
  constructor(found: string, profile: CsvProfile['charset']) {
    this.charset = readingCharset(found, profile);
    this.#wide = WIDE.has(this.charset) ? new TextDecoder(this.charset, { fatal: true }) : null;
    this.#codePage = profile === 'utf-8' || WIDE.has(profile) ? null : codePageDecoder(profile);
    this.#isUtf8 = found === 'us-ascii' && this.#codePage ? null : this.#wide !== null || this.charset === 'utf-8';
  }

  /** The line of the first record that was read in the fallback. */
  get mixedLine(): number | null {
    return this.#mixed;
  }

  /** @throws {AppError} STATEMENT_MALFORMED for bytes that are no UTF-16 */
  take(bytes: Uint8Array, place: Place): string {
    if (this.#wide) return this.#narrow(this.#wide, { bytes, place });
    // A mark can be split between chunks only where the whole head is shorter than it.
    const skip = !this.#started && markedCharset(bytes)?.skip === 3 ? 3 : 0;
    this.#started = true;
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', skip);
  }

  /** The last characters. @throws {AppError} STATEMENT_MALFORMED for half a character */
  end(place: Place): string {
    return this.#wide ? this.#narrow(this.#wide, { bytes: null, place }) : '';
  }

  /** A record's text. UTF-8 with single records in the profile's code page is read as each says. @throws {AppError} STATEMENT_PROFILE_UNFIT */
  decode(text: string, { line }: Place): string {
    this.#isUtf8 ??= looksUtf8(Buffer.from(text, 'latin1'));
    if (!this.#isUtf8 && this.#codePage) return this.#codePage(text);
    try {
      return this.#utf8.decode(Buffer.from(text, 'latin1'));
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      if (this.#codePage === null)
        throw new AppError('STATEMENT_PROFILE_UNFIT', { what: `line ${line} is not ${this.charset} text` });
      this.#mixed ??= line;
      return this.#codePage(text);
    }
  }

  #narrow(decoder: TextDecoder, { bytes, place }: { bytes: Uint8Array | null; place: Place }): string {
    try {
      const text = bytes === null ? decoder.decode() : decoder.decode(bytes, { stream: true });
      return Buffer.from(text, 'utf8').toString('latin1');
    } catch (error) {
      if (error instanceof TypeError) throw malformed(place, `${this.charset} text`, 'other bytes');
      throw error;
    }
  }
}
