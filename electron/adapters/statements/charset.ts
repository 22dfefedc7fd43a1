// Decides a file's charset from its bytes and decodes it. Declared names count only where the bytes leave the choice open.
import { TextDecoder } from 'node:util';
import iconv from 'iconv-lite';

/** A byte-order mark, or UTF-16 by the zero bytes of its markup; null where the bytes do not say. `skip` is the mark's length. */
export function markedCharset(head: Uint8Array): { charset: string; skip: number } | null {
  const [a, b, c] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { charset: 'utf-8', skip: 3 };
  if (a === 0xff && b === 0xfe) return { charset: 'utf-16le', skip: 2 };
  if (a === 0xfe && b === 0xff) return { charset: 'utf-16be', skip: 2 };
  if (a !== undefined && a !== 0 && b === 0) return { charset: 'utf-16le', skip: 0 };
  if (a === 0 && b !== undefined && b !== 0) return { charset: 'utf-16be', skip: 0 };
  return null;
}

/** True when the bytes hold at least one character beyond ASCII and are well-formed UTF-8 (a character cut off at the end is allowed). */
export function looksUtf8(head: Uint8Array): boolean {
  if (isAscii(head)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

export function isAscii(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte >= 0x80) return false;
  return true;
}

/** The head as text for pattern matching, one character a byte (two in UTF-16). Not for values. */
export function sniffText(head: Uint8Array): string {
  const marked = markedCharset(head);
  if (marked && marked.charset !== 'utf-8') {
    return new TextDecoder(marked.charset).decode(head.subarray(0, head.length - (head.length % 2)));
  }
  return Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1', marked?.skip ?? 0);
}

/** Decodes a stream of bytes. `write` and `end` throw a TypeError on bytes that are not of the charset. */
export interface StreamDecoder {
  write(bytes: Uint8Array): string;
  end(): string;
}

/** A decoder for an IANA charset name, null where the name is unknown. A byte-order mark is dropped. */
export function createStreamDecoder(charset: string): StreamDecoder | null {
  const native = nativeDecoder(charset);
  if (native) return { write: (bytes) => native.decode(bytes, { stream: true }), end: () => native.decode() };
  if (!iconv.encodingExists(charset)) return null;
  const decoder = iconv.getDecoder(charset);
  return { write: (bytes) => decoder.write(Buffer.from(bytes)), end: () => decoder.end() ?? '' };
}

function nativeDecoder(charset: string): TextDecoder | null {
  try {
    return new TextDecoder(charset, { fatal: true });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/**
 * Text of one character a byte without the blanks, line ends and zero bytes around it. `trim` would also take the byte A0, which is the end of an `à` in
 * UTF-8 and an `á` in IBM 852.
 */
export function trimHeld(held: string): string {
  let [start, end] = [0, held.length];
  while (start < end && held.charCodeAt(start) <= 0x20) start += 1;
  while (end > start && held.charCodeAt(end - 1) <= 0x20) end -= 1;
  return held.slice(start, end);
}

/** Turns text of one character a byte into text. */
export type DecodeHeld = (held: string) => string;

/**
 * Decodes values held as one character a byte as `decode` does. Where a charset has one byte a character and ASCII as it is, `decode` is asked only
 * once for each byte, and only bytes that mean another character than their own number are replaced: few in Western texts.
 */
export function createHeldDecoder(decode: (bytes: Buffer) => string): DecodeHeld {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  const characters = Array.from(bytes, (byte) => decode(Buffer.of(byte)));
  const isTable = characters.every((character) => character.length === 1) && characters.join('') === decode(bytes);
  const others = Array.from(bytes).filter((byte) => characters[byte] !== String.fromCharCode(byte));
  if (!isTable || others.some((byte) => byte < 0x80)) return (held) => decode(Buffer.from(held, 'latin1'));
  if (others.length === 0) return (held) => held;
  const other = new RegExp(`[${others.map((byte) => `\\x${byte.toString(16)}`).join('')}]`, 'g');
  return (held) => held.replace(other, (byte) => characters[byte.charCodeAt(0)] ?? byte);
}
