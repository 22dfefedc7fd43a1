// An invitation is good once and for seven days: neither an earlier header nor a clock set back makes it good again.
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { acceptInvitation, lock, openTestVault, type TestOffice } from '../vault-bench.ts';

let office: TestOffice;
let invited: Awaited<ReturnType<TestOffice['invite']>>;

beforeEach(async () => {
  office = await openTestVault();
  invited = await office.invite('Rita Quill', 'accountant', { kind: 'all' });
});
afterEach(async () => await office.remove());

const HEADERS = ['header.json', 'header.previous.json'];
const A_DAY = 86_400_000;

const takeUp = (password: string) =>
  acceptInvitation(
    office.vault,
    { directory: office.directory, userId: invited.userId },
    { code: invited.code, password },
  );

it('a header from before it was taken up', async () => {
  await lock(office.vault);
  for (const name of HEADERS) copyFileSync(join(office.directory, name), join(office.root, name));
  await office.accept(invited);
  await lock(office.vault);
  for (const name of HEADERS) copyFileSync(join(office.root, name), join(office.directory, name));
  await expect(takeUp('another long stolen phrase here')).rejects.toMatchObject({
    code: 'SESSION_INVITATION_EXPIRED',
  });
});

it('a clock set back behind the newest entry', async () => {
  office.time.advance(8 * A_DAY);
  await office.vault.client.office.setPreferences({ lockAfterMinutes: 9 });
  await lock(office.vault);
  office.time.setBackOrForth(-8 * A_DAY);
  await expect(takeUp('pelican harbour sixty maroon')).rejects.toMatchObject({ code: 'SESSION_INVITATION_EXPIRED' });
});
