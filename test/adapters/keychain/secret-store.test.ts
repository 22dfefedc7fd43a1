// SecretStore in memory, the splitting under the keychain's store, and what a failing keychain leaves behind.
import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createMemorySecretStore } from '../../../electron/adapters/keychain/memory-secret-store.ts';
import {
  createSplitSecrets,
  ITEM_BYTES,
  splitText,
  type ItemStore,
} from '../../../electron/adapters/keychain/split-secrets.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { secretStoreContract } from '../../contracts/secret-store.ts';

/** Items in memory that refuse the n-th change from now on; `null` refuses none. */
function someItems() {
  const values = new Map<string, string>();
  let left: number | null = null;
  const change = (work: () => void): Promise<void> => {
    if (left === 0) return Promise.reject(new AppError('KEYCHAIN_FAILED', { step: 'test' }));
    if (left !== null) left -= 1;
    work();
    return Promise.resolve();
  };
  const items: ItemStore = {
    get: (name) => Promise.resolve(values.get(name) ?? null),
    set: (name, value) => change(() => values.set(name, value)),
    delete: (name) => change(() => values.delete(name)),
  };
  return { items, values, failAfter: (changes: number | null) => (left = changes) };
}

secretStoreContract('secrets in memory', createMemorySecretStore);
secretStoreContract('secrets split into short items', () => ({
  name: 'memory of this program',
  isAvailable: () => Promise.resolve(true),
  ...createSplitSecrets(someItems().items, randomBytes),
}));

describe('splitting', () => {
  it('writes no item longer than the limit, and the index last', async () => {
    const { items, values } = someItems();
    await createSplitSecrets(items, randomBytes).set('key', '€'.repeat(5_000));
    for (const value of values.values()) expect(Buffer.byteLength(value)).toBeLessThanOrEqual(ITEM_BYTES);
    expect([...values.keys()].at(-1)).toBe('key');
    expect(values.size).toBe(9);
  });

  it('leaves no old part behind', async () => {
    const { items, values } = someItems();
    const secrets = createSplitSecrets(items, randomBytes);
    await secrets.set('key', 'x'.repeat(10_000));
    await secrets.set('key', 'short');
    expect(values.size).toBe(2);
    await secrets.delete('key');
    expect(values.size).toBe(0);
  });

  it.each(Array.from({ length: 14 }, (_, changes) => changes))(
    'keeps the old or has the new value when change %i fails, and works again after it',
    async (changes) => {
      const { items, failAfter } = someItems();
      const secrets = createSplitSecrets(items, randomBytes);
      const [old, next] = ['o'.repeat(9_000), 'n'.repeat(9_000)];
      await secrets.set('key', old);
      failAfter(changes);
      const outcome = await secrets.set('key', next).then(
        () => 'written',
        () => 'failed',
      );
      failAfter(null);
      // Five parts and the index make the new value; deleting the old parts comes after that.
      expect(await secrets.get('key')).toBe(changes < 6 ? old : next);
      expect(outcome).toBe(changes < 11 ? 'failed' : 'written');
      await secrets.set('key', next);
      expect(await secrets.get('key')).toBe(next);
    },
  );

  it('says so when a part is missing or the index is not ours', async () => {
    const { items, values } = someItems();
    const secrets = createSplitSecrets(items, randomBytes);
    await secrets.set('key', 'x'.repeat(5_000));
    const part = [...values.keys()].find((name) => name.endsWith('.1'));
    values.delete(String(part));
    await expect(secrets.get('key')).rejects.toMatchObject({ code: 'KEYCHAIN_FAILED' });
    values.set('other', 'not an index');
    await expect(secrets.get('other')).rejects.toMatchObject({ code: 'KEYCHAIN_FAILED' });
  });

  it('cuts text into parts that make it again', () => {
    for (const text of ['', 'a', '😀'.repeat(501), 'x'.repeat(ITEM_BYTES), 'x'.repeat(ITEM_BYTES + 1)])
      expect(splitText(text).join('')).toBe(text);
  });
});
