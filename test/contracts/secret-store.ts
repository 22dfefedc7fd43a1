// The contract of SecretStore, run by the memory's and the OS keychain's implementation.
import { describe, expect, it } from 'vitest';
import type { SecretStore } from '../../electron/core/ports/secret-store.ts';

export function secretStoreContract(name: string, create: () => SecretStore): void {
  describe(name, () => {
    const key = (label: string): string => `test/${label}`;

    it('is available and says what it is', async () => {
      const store = create();
      expect(await store.isAvailable()).toBe(true);
      expect(store.name).not.toBe('');
    });

    it('answers null for what is not there, and deletes it without complaint', async () => {
      const store = create();
      expect(await store.get(key('absent'))).toBeNull();
      await store.delete(key('absent'));
    });

    it.each([
      ['a short value', 'secret'],
      ['an empty value', ''],
      ['a value longer than one item', 'x'.repeat(9_001)],
      ['a value of characters with several bytes, cut nowhere inside one', 'ä€😀'.repeat(2_000)],
      ['line ends and NUL', 'a\r\nb\u0000c'],
    ])('keeps %s', async (label, value) => {
      const store = create();
      await store.set(key(label), value);
      expect(
        await create()
          .get(key(label))
          .catch(() => null),
      ).toEqual(sharesValues(store) ? value : null);
      expect(await store.get(key(label))).toBe(value);
      await store.delete(key(label));
      expect(await store.get(key(label))).toBeNull();
    });

    it('replaces a value with a longer and a shorter one', async () => {
      const store = create();
      for (const length of [10, 7_000, 3]) {
        await store.set(key('replaced'), 'y'.repeat(length));
        expect(await store.get(key('replaced'))).toBe('y'.repeat(length));
      }
      await store.delete(key('replaced'));
    });

    it('keeps names apart', async () => {
      const store = create();
      await Promise.all([store.set(key('a'), 'one'), store.set(key('a/b'), 'two'), store.set(key('a#0'), 'three')]);
      expect(await Promise.all([key('a'), key('a/b'), key('a#0')].map((one) => store.get(one)))).toEqual([
        'one',
        'two',
        'three',
      ]);
      await Promise.all([key('a'), key('a/b'), key('a#0')].map((one) => store.delete(one)));
    });

    it('ends with the last of two writes begun at once', async () => {
      const store = create();
      await Promise.all([store.set(key('twice'), 'first'.repeat(900)), store.set(key('twice'), 'second'.repeat(900))]);
      expect(await store.get(key('twice'))).toBe('second'.repeat(900));
      await store.delete(key('twice'));
    });
  });
}

/** Only the memory of one program keeps its values to one store. */
function sharesValues(store: SecretStore): boolean {
  return store.name !== 'memory of this program';
}
