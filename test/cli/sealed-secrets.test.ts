// Secrets are sealed to the vault process as it is now, and to nothing where it does not answer.
import { expect, test } from 'vitest';
import { createSealedSecrets } from '../../electron/cli/sealed-secrets.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { CallChannel } from '../../shared/ipc/channels.gen.ts';
import { createClient } from '../../shared/ipc/client.ts';
import { contract } from '../../shared/ipc/contract.ts';
import { NO_SEALING_KEY } from '../../shared/model/sealed-text.ts';
import { createAppDouble } from '../builders/app-double.ts';

function aDouble(problem: 'PROCESS_CRASHED' | 'VAULT_HEADER_CORRUPT' | null) {
  const double = createAppDouble({ state: 'locked', ...(problem ? { problem } : {}) });
  const call = (channel: string, input: unknown) => double.call(channel as CallChannel, input);
  const client = createClient(contract, { call, subscribe: () => () => undefined });
  return { world: double.world, secrets: createSealedSecrets(client) };
}

test('a vault process that never stops crashing is the failure, not the key that is missing', async () => {
  const { world, secrets } = aDouble('PROCESS_CRASHED');
  world.sealed = { ...world.sealed, publicKey: () => Promise.resolve(NO_SEALING_KEY) };
  const failure = await secrets.seal('password', 'typed').catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(AppError);
  expect(failure).toMatchObject({ code: 'PROCESS_CRASHED' });
});

test.each([null, 'VAULT_HEADER_CORRUPT'] as const)('a vault process that answers gets it (%s)', async (problem) => {
  const { world, secrets } = aDouble(problem);
  expect(await world.sealed.open('password', await secrets.seal('password', 'typed'))).toBe('typed');
});
