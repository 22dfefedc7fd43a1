// A disk in memory that fails or loses power at a chosen step. What was not synced is lost, names and contents apart. Only tests import it.
import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import type { FileSystem } from '../../../electron/adapters/vault-files/file-system.ts';

export class PowerLoss extends Error {}

interface Content {
  live: Buffer;
  durable: Buffer;
}

export interface CrashingDisk extends FileSystem {
  /** Steps that changed something so far. */
  steps(): number;
  /** From now on the n-th changing step (1 is the next) throws instead; `after` throws once it was done. */
  failAt(step: number, how: 'error' | 'before' | 'after'): void;
  /** The disk after the power came back: only what was synced. */
  afterPowerLoss(): CrashingDisk;
  /** The disk as another process sees it after this one was killed. */
  afterKill(): CrashingDisk;
}

function diskError(): Error {
  return Object.assign(new Error('disk full'), { code: 'ENOSPC' });
}

function diskOf(names: Map<string, Content>, durableNames: Map<string, Content>): CrashingDisk {
  let count = 0;
  let failing: { at: number; how: 'error' | 'before' | 'after' } | null = null;

  function step(work: () => void): void {
    count += 1;
    const now = failing?.at === count ? failing.how : null;
    if (now === 'error') throw diskError();
    if (now === 'before') throw new PowerLoss();
    work();
    if (now === 'after') throw new PowerLoss();
  }

  function contentAt(path: string): Content {
    const content = names.get(path);
    if (!content) throw Object.assign(new Error(`no ${path}`), { code: 'ENOENT' });
    return content;
  }

  const copyOf = (source: Map<string, Content>, bytes: (content: Content) => Buffer): CrashingDisk => {
    const copy = new Map(
      [...source].map(([path, content]) => [path, { live: bytes(content), durable: bytes(content) }] as const),
    );
    return diskOf(copy, new Map(copy));
  };

  return {
    exists: (path) => names.has(path),
    read: (path) => Buffer.from(contentAt(path).live),
    readPart: (path, start, length) => Buffer.from(contentAt(path).live.subarray(start, start + length)),
    size: (path) => contentAt(path).live.length,
    sha256: (path) => createHash('sha256').update(contentAt(path).live).digest('hex'),
    resolve: (path) => path,
    list: (directory) => [...names.keys()].filter((path) => dirname(path) === directory).map((path) => basename(path)),
    makeDirectory: () => step(() => undefined),
    write: (path, bytes) => step(() => void names.set(path, { live: Buffer.from(bytes), durable: Buffer.alloc(0) })),
    copy: (from, to) =>
      step(() => {
        if (names.has(to)) throw Object.assign(new Error(`${to} exists`), { code: 'EEXIST' });
        names.set(to, { live: Buffer.from(contentAt(from).live), durable: Buffer.alloc(0) });
      }),
    sync: (path) => step(() => void (contentAt(path).durable = contentAt(path).live)),
    rename: (from, to) =>
      step(() => {
        names.set(to, contentAt(from));
        names.delete(from);
      }),
    syncDirectory: (path) =>
      step(() => {
        for (const name of durableNames.keys()) if (dirname(name) === path) durableNames.delete(name);
        for (const [name, content] of names) if (dirname(name) === path) durableNames.set(name, content);
      }),
    remove: (path) => step(() => void names.delete(path)),
    removeEmptyDirectory: () => step(() => undefined),
    steps: () => count,
    failAt: (at, how) => void (failing = { at: count + at, how }),
    afterPowerLoss: () => copyOf(durableNames, (content) => content.durable),
    afterKill: () => copyOf(names, (content) => content.live),
  };
}

export function createCrashingDisk(): CrashingDisk {
  return diskOf(new Map(), new Map());
}

export const folder = join('/', 'office');
