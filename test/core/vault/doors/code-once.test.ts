// A code that two windows give at the same moment proves one of them.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { appCode, openTestVault, type TestOffice } from '../vault-bench.ts';

let office: TestOffice;

beforeEach(async () => {
  office = await openTestVault();
});
afterEach(async () => await office.remove());

async function proveTwice(code: string): Promise<(string | null)[]> {
  const { vault } = office;
  const before = vault.token();
  const prove = async (window: string): Promise<string | null> => {
    const proof = { window, password: null, code, deviceSecret: null, deviceOutput: null };
    return await vault.client.vaultOffice.stepUp(proof).then(
      ({ session }) => session,
      (error: unknown) => {
        expect(error).toMatchObject({ code: 'SESSION_WRONG_CREDENTIALS' });
        return null;
      },
    );
  };
  const tokens = await Promise.all([prove('window-2'), prove('window-3')]);
  vault.setSession(tokens.find((token) => token !== null) ?? before);
  return tokens;
}

it('from the app, or one of the ten', async () => {
  const { secret, recoveryCodes } = await office.enrolApp();
  office.time.advance(60_000);
  for (const code of [appCode(secret, office.time.clock.now()), recoveryCodes[0] ?? expect.fail('no code')])
    expect((await proveTwice(code)).filter((token) => token === null)).toHaveLength(1);
});
