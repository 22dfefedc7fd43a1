// The paper key over a damaged office: refused with copies of what lay there, header or database.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import { DEVICE_SECRET, lock, openTestVault, WINDOW, type TestOffice } from './vault-bench.ts';

let office: TestOffice;

beforeEach(async () => {
  office = await openTestVault();
  await lock(office.vault);
});
afterEach(async () => await office.remove());

const at = (name: string): string => join(office.directory, name);

function flip(name: string): Buffer {
  const bytes = readFileSync(at(name));
  bytes.writeUInt8(bytes.readUInt8(300) ^ 1, 300);
  writeFileSync(at(name), bytes);
  return bytes;
}

async function refusal(): Promise<AppError> {
  const { vault, directory, kit } = office;
  const failed: unknown = await vault.client.vaultOffice
    .recover({
      directory,
      window: WINDOW,
      recoveryKey: await vault.seal('recovery-key', kit.groups.join('-')),
      newPassword: await vault.seal('new-password', 'walnut drifting under copper sails'),
      deviceSecret: DEVICE_SECRET,
      anchor: null,
      alerts: [],
      replyKey: await vault.replyKey(),
    })
    .catch((error: unknown) => error);
  return failed instanceof AppError ? failed : expect.fail('it was let in');
}

it.each([
  ['VAULT_CORRUPT', ['office.db']],
  ['VAULT_HEADER_CORRUPT', ['header.json']],
] as const)('%s keeps copies of %j', async (code, names) => {
  const contents = names.map((name) => [name, flip(name)] as const);
  const error = await refusal();
  expect(error).toMatchObject({
    code,
    params: { evidence: expect.stringMatching(/^evidence\/[0-9a-f]{12}$/) as string },
  });
  for (const [name, content] of contents)
    expect(readFileSync(at(join(error.params['evidence'] ?? '', name)))).toEqual(content);
});
