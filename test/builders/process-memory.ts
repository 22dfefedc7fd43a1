// Looks for secrets in the memory of running processes, in every spelling a program may leave them in. Linux only; it changes nothing.
import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';

/** A secret: bytes, or a text as UTF-8. */
export interface Secret {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Where a secret was found. */
export interface Finding {
  readonly pid: number;
  /** The process's command line, shortened. */
  readonly process: string;
  readonly secret: string;
  readonly spelling: string;
  /** Which mapping it lies in, as in `/proc/<pid>/maps`. */
  readonly mapping: string;
}

interface Needle {
  readonly secret: string;
  readonly spelling: string;
  readonly bytes: Buffer;
}

const PAGE = 4096;
const CHUNK_PAGES = 1024;
/** Bits of an entry of `/proc/<pid>/pagemap`: in memory, or swapped out. */
const PRESENT = 1n << 63n;
const SWAPPED = 1n << 62n;

export const secretText = (name: string, text: string): Secret => ({ name, bytes: Buffer.from(text) });

/** Base64 of bytes that begin anywhere in a longer text: the characters that depend on them alone. */
function base64Inside(bytes: Uint8Array, before: number): string {
  const text = Buffer.concat([Buffer.alloc(before), bytes])
    .toString('base64')
    .replaceAll('=', '');
  const own = Math.ceil((before * 8) / 6);
  return text.slice(own, Math.floor(((before + bytes.length) * 8) / 6));
}

function spellingsOf({ name, bytes }: Secret): Needle[] {
  const raw = Buffer.from(bytes);
  const hex = raw.toString('hex');
  const base64 = [0, 1, 2].map((before) => base64Inside(bytes, before));
  const texts: Record<string, string> = { hex, HEX: hex.toUpperCase() };
  for (const [before, text] of base64.entries()) {
    texts[`base64 at ${before}`] = text;
    texts[`base64url at ${before}`] = text.replaceAll('+', '-').replaceAll('/', '_');
  }
  const needles = [{ secret: name, spelling: 'bytes', bytes: raw }];
  // What is a text may stand there in UTF-16 as well, as its other spellings may.
  if (/^[\x20-\x7e]+$/.test(raw.toString('latin1')))
    needles.push({ secret: name, spelling: 'UTF-16', bytes: Buffer.from(raw.toString('latin1'), 'utf16le') });
  for (const [spelling, text] of Object.entries(texts)) {
    needles.push({ secret: name, spelling, bytes: Buffer.from(text) });
    needles.push({ secret: name, spelling: `${spelling}, UTF-16`, bytes: Buffer.from(text, 'utf16le') });
  }
  return needles;
}

/** Finds all needles in one pass: two bytes decide at nearly every place that none begins there. */
class Search {
  readonly #byStart = new Map<number, Needle[]>();
  readonly #starts = new Uint8Array(0x10000);
  /** For a stretch of memory and the beginning of the next. */
  readonly chunk: Buffer;

  constructor(secrets: readonly Secret[]) {
    const needles = secrets.flatMap(spellingsOf);
    this.chunk = Buffer.alloc(PAGE * CHUNK_PAGES + Math.max(...needles.map(({ bytes }) => bytes.length)));
    for (const needle of needles) {
      const start = needle.bytes.readUInt16LE(0);
      this.#starts[start] = 1;
      this.#byStart.set(start, [...(this.#byStart.get(start) ?? []), needle]);
    }
  }
  in(bytes: Buffer, found: (needle: Needle) => void): void {
    for (let at = 0, last = bytes.length - 1; at < last; at += 1) {
      const start = bytes[at]! | (bytes[at + 1]! << 8);
      if (this.#starts[start] === 0) continue;
      for (const needle of this.#byStart.get(start) ?? []) {
        const end = at + needle.bytes.length;
        if (end <= bytes.length && needle.bytes.compare(bytes, at, end) === 0) found(needle);
      }
    }
  }
}

interface Mapping {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

/** Mappings that may hold data: a file's pages that cannot be written hold what the file holds. */
function mappingsOf(pid: number): Mapping[] {
  const lines = readFileSync(`/proc/${pid}/maps`, 'utf8').trim().split('\n');
  return lines.flatMap((line) => {
    const {
      start = '',
      end = '',
      mode = '',
      name = '',
    } = /^(?<start>[\da-f]+)-(?<end>[\da-f]+) (?<mode>\S+) \S+ \S+ \S+\s*(?<name>.*)$/.exec(line)?.groups ?? {};
    const isFile = name.startsWith('/') && !/^\/(memfd|dev\/shm|dev\/zero)|\(deleted\)/.test(name);
    if (!mode.startsWith('r') || (isFile && mode[1] !== 'w') || /^\[v(var|syscall|dso)/.test(name)) return [];
    return [{ start: parseInt(start, 16), end: parseInt(end, 16), name: `${mode} ${name}`.trim() }];
  });
}

const isGone = (error: unknown): boolean =>
  ['ENOENT', 'ESRCH', 'EIO', 'EFAULT'].includes((error as NodeJS.ErrnoException).code ?? '');

/** Ranges of pages that exist; a reservation of many gigabytes has few. */
function* presentRanges(pagemap: number, { start, end }: Mapping): Generator<readonly [from: number, to: number]> {
  const entries = Buffer.alloc(8 * CHUNK_PAGES);
  let from: number | null = null;
  for (let at = start; at < end; at += PAGE * CHUNK_PAGES) {
    const pages = Math.min(CHUNK_PAGES, (end - at) / PAGE);
    const read = readSync(pagemap, entries, 0, 8 * pages, (at / PAGE) * 8);
    for (let page = 0; page < read / 8; page += 1) {
      const there = (entries.readBigUInt64LE(8 * page) & (PRESENT | SWAPPED)) !== 0n;
      const address = at + page * PAGE;
      if (there) from ??= address;
      else if (from !== null) {
        yield [from, address];
        from = null;
      }
    }
  }
  if (from !== null) yield [from, end];
}

function searchRange(
  memory: number,
  [from, to]: readonly [number, number],
  search: Search,
  found: (needle: Needle) => void,
): void {
  const { chunk } = search;
  for (let at = from; at < to; at += PAGE * CHUNK_PAGES) {
    try {
      const read = readSync(memory, chunk, 0, Math.min(chunk.length, to - at), at);
      search.in(chunk.subarray(0, read), found);
    } catch (error) {
      // The page went away between two looks, or is a device's.
      if (!isGone(error)) throw error;
    }
  }
}

/** The program and the words that tell one process of a kind from another. */
function nameOf(pid: number): string {
  // Chromium's own processes write blanks between their words.
  const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split(/[\0 ]/);
  const kind = words.filter((word) => /^--type=|\.ts$|\.js$/.test(word)).map((word) => word.split('/').at(-1));
  return [words[0]?.split('/').at(-1), ...kind].join(' ');
}

/** Where in the memory of `pid` any of the secrets is; each spelling in each mapping once. A process that ended holds nothing. */
export function searchMemory(pid: number, secrets: readonly Secret[]): Finding[] {
  const search = new Search(secrets);
  const findings = new Map<string, Finding>();
  let memory = -1;
  let pagemap = -1;
  try {
    const process = nameOf(pid);
    memory = openSync(`/proc/${pid}/mem`, 'r');
    pagemap = openSync(`/proc/${pid}/pagemap`, 'r');
    for (const mapping of mappingsOf(pid))
      for (const range of presentRanges(pagemap, mapping))
        searchRange(memory, range, search, ({ secret, spelling }) =>
          findings.set(`${secret} ${spelling} ${mapping.start}`, {
            pid,
            process,
            secret,
            spelling,
            mapping: mapping.name,
          }),
        );
  } catch (error) {
    if (!isGone(error)) throw error;
  } finally {
    for (const file of [memory, pagemap]) if (file >= 0) closeSync(file);
  }
  return [...findings.values()];
}

/** A process and all that descend from it. */
export function processTree(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
  const tree = [root];
  for (const pid of tree) tree.push(...[...parents].filter(([, parent]) => parent === pid).map(([child]) => child));
  return tree;
}
