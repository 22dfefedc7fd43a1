// `strongroom keys rotate`: new keys for the office, a client, or everything.
import type { Rotation } from '../../../shared/ipc/contract/security.ts';
import type { Arguments } from '../arguments.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { AppClient, Command } from '../command.ts';
import { findClient } from '../lookup.ts';
import { sayWhatIsDue } from '../notices.ts';
import { withOffice } from '../open-office.ts';

async function readWhat(app: AppClient, args: Arguments): Promise<Rotation['what']> {
  const name = args.value('client');
  if (name !== null && args.flag('all'))
    throw new AppError('USAGE_INVALID', { problem: 'say --client NAME or --all, not both' });
  if (name !== null) return { kind: 'client', clientId: (await findClient(app, name)).id };
  return { kind: args.flag('all') ? 'all' : 'office' };
}

export const keysRotate: Command = {
  usage: 'keys rotate DIR [--client NAME | --all] [--compromised]',
  summary:
    'new keys for the office, one client or everything: databases are written anew; --compromised also renews the keys that sign; the recovery kit must then be made anew',
  run: async ({ args, output }) => {
    await withOffice(args, args.word(2, 'DIR'), async (app) => {
      const what = await readWhat(app, args);
      const reason = args.flag('compromised') ? 'compromise' : 'routine';
      const rotated = await app.security.rotate({ what, reason });
      output.result(rotated, () => `${rotated.databases} database(s), ${rotated.bytes} bytes under new keys.`);
      await sayWhatIsDue(app, output);
    });
  },
};
