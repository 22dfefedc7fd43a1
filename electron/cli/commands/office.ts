// `strongroom office …`: create, unlock-check, info.
import { basename, resolve } from 'node:path';
import { fromWireError } from '../../../shared/errors/app-error.ts';
import { exitCodeOf } from '../../../shared/errors/codes.ts';
import type { OfficeStatus } from '../../../shared/ipc/contract/office.ts';
import type { Command } from '../command.ts';
import { describeError } from '../../../shared/errors/describe-error.ts';
import { withLockedApp, withOffice } from '../open-office.ts';
import { readPassword } from '../secrets-input.ts';

export const officeCreate: Command = {
  usage: 'office create DIR [--name NAME] [--owner NAME] [--password-only]',
  summary: 'makes an office and shows its recovery key, once',
  run: async ({ args, output }) => {
    const directory = args.word(2, 'DIR');
    const password = await readPassword(args, 'Password for the new office');
    await withLockedApp(directory, async (app) => {
      const kit = await app.office.create({
        name: args.value('name') ?? basename(resolve(directory)),
        ownerName: args.value('owner') ?? 'Owner',
        password,
        protection: args.flag('password-only') ? 'password-only' : 'keychain',
        lockAfterMinutes: 5,
      });
      const recoveryKey = kit.groups.join('-');
      output.say(
        'Write the recovery key on paper. It is shown once and opens the office when password or computer are lost.',
      );
      output.result(
        { officeId: kit.officeId, name: kit.officeName, createdAt: kit.createdAt, recoveryKey },
        () => `Office ${kit.officeName} (${kit.officeId})\nRecovery key: ${recoveryKey}`,
      );
    });
  },
};

export const officeUnlockCheck: Command = {
  usage: 'office unlock-check DIR',
  summary: 'says whether the password opens the office',
  run: async ({ args, output }) => {
    await withOffice(args, args.word(2, 'DIR'), async (app) => {
      const { office, user } = await app.office.status({});
      output.result({ unlocked: true, office, user }, () => `Unlocked ${office?.name ?? ''} as ${user?.name ?? ''}.`);
    });
  },
};

function wordStatus({ office, protection, keychain, problem }: OfficeStatus): string {
  const trouble = problem ? describeError(fromWireError(problem)) : null;
  if (!office) return trouble ?? 'There is no office in this folder.';
  const held = `keychain: ${keychain.name}${keychain.available ? '' : ' (not available)'}`;
  return [
    `${office.name} (${office.id})`,
    `protected by: ${protection ?? ''}`,
    held,
    ...(trouble ? [trouble] : []),
  ].join('\n');
}

export const officeInfo: Command = {
  usage: 'office info DIR',
  summary: 'says what is known of an office without opening it',
  run: async ({ args, output }) => {
    await withLockedApp(args.word(2, 'DIR'), async (app) => {
      const status = await app.office.status({});
      output.result(status, () => wordStatus(status));
      if (status.problem) process.exitCode = exitCodeOf(status.problem.code);
    });
  },
};
