// The generated channel list is what the contract says today.
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { generateChannels } from '../../build/generate.ts';

test('shared/ipc/channels.gen.ts is not stale', async () => {
  const text = await readFile(new URL('../../shared/ipc/channels.gen.ts', import.meta.url), 'utf8');
  expect(text).toBe(generateChannels());
});
