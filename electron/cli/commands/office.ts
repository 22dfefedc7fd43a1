// `strongroom office …`: create, unlock-check, info.
import { basename, resolve } from 'node:path';
import { AppError, fromWireError } from '../../../shared/errors/app-error.ts';
import { exitCodeOf } from '../../../shared/errors/codes.ts';
import type { OfficeStatus } from '../../../shared/ipc/contract/office.ts';
import type { AppClient, Command } from '../command.ts';
import { describeFailure } from '../describe-failure.ts';
import { withLockedApp, withOffice } from '../open-office.ts';
import { showKit } from '../recovery-kit.ts';
import { firstPasswordSource } from '../secrets-input.ts';

/** Said before a password is asked for and a keychain is needed. @throws {AppError} OFFICE_EXISTS */
async function assertNoOffice(app: AppClient): Promise<void> {
  const { office, problem } = await app.office.status({});
  if (office) throw new AppError('OFFICE_EXISTS');
  if (problem) throw fromWireError(problem);
}

export const officeCreate: Command = {
  usage: 'office create DIR [--name NAME] [--owner NAME] [--password-only] [--kit FILE.pdf]',
  summary: 'makes an office and shows its recovery key, once; --kit saves it as a page to print',
  signsIn: false,
  run: async (context) => {
    const { args } = context;
    const directory = args.word(2, 'DIR');
    const password = await firstPasswordSource(args, 'Password for the new office');
    await withLockedApp(args, directory, async ({ app, secrets }) => {
      await assertNoOffice(app);
      const { kit } = await app.office.create({
        name: args.value('name') ?? basename(resolve(directory)),
        ownerName: args.value('owner') ?? 'Owner',
        password: await secrets.seal('new-password', await password()),
        protection: args.flag('password-only') ? 'password-only' : 'keychain',
        lockAfterMinutes: 5,
        replyKey: await secrets.replyKey(),
      });
      await showKit(app, context, await secrets.openKit(kit));
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

function troubleOf({ office, problem }: OfficeStatus): AppError | null {
  if (problem) return fromWireError(problem);
  return office ? null : new AppError('OFFICE_NOT_FOUND');
}

function wordStatus({ office, users, protection, keychain }: OfficeStatus): string[] {
  if (!office) return [];
  const names = users.map(({ name, invited }) => (invited ? `${name} (invited)` : name));
  return [
    `${office.name} (${office.id})`,
    `people: ${names.join(', ')}`,
    `protected by: ${protection ?? ''}`,
    `keychain: ${keychain.name}${keychain.available ? '' : ' (not available)'}`,
  ];
}

export const officeInfo: Command = {
  usage: 'office info DIR',
  summary: 'says what is known of an office without opening it',
  signsIn: false,
  run: async ({ args, output }) => {
    const directory = args.word(2, 'DIR');
    await withLockedApp(args, directory, async ({ app }) => {
      const status = await app.office.status({});
      const trouble = troubleOf(status);
      const said = trouble ? [describeFailure(trouble, directory)] : [];
      output.result(status, () => [...wordStatus(status), ...said].join('\n'));
      if (trouble) process.exitCode = exitCodeOf(trouble.code);
    });
  },
};
