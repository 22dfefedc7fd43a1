// Keeps long values in stores of short items: parts under a new generation, then the index, then the old parts go. It knows no keychain.
import { Buffer } from 'node:buffer';
import { z } from 'zod';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Random } from '../../core/ports/clock.ts';
import type { SecretStore } from '../../core/ports/secret-store.ts';

/** Most bytes of UTF-8 an item holds: Windows' Credential Manager refuses more than 2,560. */
export const ITEM_BYTES = 2_000;

/** Named short values. `get` answers null for a name that is not there; `delete` of such a name does nothing. */
export interface ItemStore {
  get(name: string): Promise<string | null>;
  set(name: string, value: string): Promise<void>;
  delete(name: string): Promise<void>;
}

const Index = z.strictObject({ generation: z.string().regex(/^[0-9a-f]{16}$/), parts: z.int().min(1).max(1000) });
type Index = z.infer<typeof Index>;

/** Cuts between characters, so that each part is valid text. */
export function splitText(text: string): string[] {
  const parts: string[] = [];
  let part = '';
  let bytes = 0;
  for (const character of text) {
    const size = Buffer.byteLength(character);
    if (bytes + size > ITEM_BYTES) {
      parts.push(part);
      [part, bytes] = ['', 0];
    }
    part += character;
    bytes += size;
  }
  return [...parts, part];
}

const partNames = (key: string, { generation, parts }: Index): string[] =>
  Array.from({ length: parts }, (_, number) => `${key}#${generation}.${number}`);

function parseIndex(text: string | null): Index | null {
  if (text === null) return null;
  try {
    return Index.parse(JSON.parse(text));
  } catch (cause) {
    throw new AppError('KEYCHAIN_FAILED', { step: 'read' }, { cause });
  }
}

type Values = Pick<SecretStore, 'get' | 'set' | 'delete'>;

/**
 * Values of any length over `items`. A `set` that stops half way leaves the old value; one that stops after its index leaves the new
 * one and some unused parts. Operations run one after the other.
 */
export function createSplitSecrets(items: ItemStore, random: Random): Values {
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = last.then(work, work);
    last = next;
    return next;
  }
  const readIndex = async (key: string): Promise<Index | null> => parseIndex(await items.get(key));
  async function deleteParts(key: string, index: Index | null): Promise<void> {
    for (const name of index ? partNames(key, index) : []) await items.delete(name);
  }

  async function get(key: string): Promise<string | null> {
    const index = await readIndex(key);
    if (!index) return null;
    const parts = await Promise.all(partNames(key, index).map((name) => items.get(name)));
    if (parts.includes(null)) throw new AppError('KEYCHAIN_FAILED', { step: 'read' });
    return parts.join('');
  }

  async function set(key: string, value: string): Promise<void> {
    const old = await readIndex(key).catch(() => null);
    const parts = splitText(value);
    const index = { generation: Buffer.from(random(8)).toString('hex'), parts: parts.length };
    for (const [number, name] of partNames(key, index).entries()) await items.set(name, parts[number] ?? '');
    await items.set(key, JSON.stringify(index));
    await deleteParts(key, old);
  }

  async function remove(key: string): Promise<void> {
    const index = await readIndex(key);
    await items.delete(key);
    await deleteParts(key, index);
  }

  return {
    get: (key) => inTurn(() => get(key)),
    set: (key, value) => inTurn(() => set(key, value)),
    delete: (key) => inTurn(() => remove(key)),
  };
}
