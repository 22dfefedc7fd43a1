// `strongroom backup …`: create, verify, restore.
import { resolve } from 'node:path';
import { exitCodeOf } from '../../../shared/errors/codes.ts';
import type { BackupContents, BackupKey } from '../../../shared/ipc/contract/backups.ts';
import type { Arguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { withLockedApp, withOffice, type Door } from '../open-office.ts';
import { recoveryKeyOf, saveKit } from '../recovery-kit.ts';
import { firstPasswordSource, readPassphrase, recoveryKeySource } from '../secrets-input.ts';

/** Asks for what opens the backup now, and seals it once the vault process is there. */
async function readBackupKey(args: Arguments): Promise<(secrets: Door['secrets']) => Promise<BackupKey>> {
  const passphrase = await readPassphrase(args);
  if (passphrase !== null)
    return async (secrets) => ({ kind: 'passphrase', passphrase: await secrets.seal('passphrase', passphrase) });
  const recoveryKey = await (await recoveryKeySource(args))();
  return async (secrets) => ({ kind: 'recovery', recoveryKey: await secrets.seal('recovery-key', recoveryKey) });
}

const wordContents = ({ officeName, createdAt, clients, transactions, files, ok }: BackupContents): string =>
  `Backup of ${officeName} from ${createdAt}: ${clients} client(s), ${transactions} transaction(s), ${files.length} file(s), ${ok ? 'all intact' : 'NOT all intact'}.`;

export const backupCreate: Command = {
  usage: 'backup create DIR FILE [--passphrase | --passphrase-file F]',
  summary: 'writes the office and its clients into an encrypted age file',
  run: async ({ args, output }) => {
    const path = resolve(args.word(3, 'FILE'));
    const passphrase = await readPassphrase(args);
    await withOffice(args, args.word(2, 'DIR'), async (app, { secrets }) => {
      const sealed = passphrase === null ? null : await secrets.seal('passphrase', passphrase);
      const record = await app.backups.create({ path, passphrase: sealed });
      output.result(record, () => `Wrote ${record.path}: ${record.bytes} bytes, SHA-256 ${record.sha256}.`);
    });
  },
};

export const backupVerify: Command = {
  usage: 'backup verify FILE [--passphrase | --passphrase-file F | --recovery-key-file F]',
  summary: 'decrypts a backup and checks every file in it',
  run: async ({ args, output }) => {
    const path = resolve(args.word(2, 'FILE'));
    const key = await readBackupKey(args);
    await withLockedApp(args, null, async ({ app, secrets }) => {
      const contents = await app.backups.verify({ path, key: await key(secrets) });
      output.result(contents, () => wordContents(contents));
      if (!contents.ok) process.exitCode = exitCodeOf('BACKUP_INCOMPLETE');
    });
  },
};

export const backupRestore: Command = {
  usage:
    'backup restore FILE DIR [--passphrase | --passphrase-file F | --recovery-key-file F] [--password-only] [--kit FILE.pdf]',
  summary: 'restores a backup into an empty folder; bank credentials are not part of it',
  signsIn: false,
  run: async (context) => {
    const { args, output } = context;
    const path = resolve(args.word(2, 'FILE'));
    const key = await readBackupKey(args);
    const password = await firstPasswordSource(args, 'Password for the restored office');
    await withLockedApp(args, args.word(3, 'DIR'), async ({ app, secrets }) => {
      const { contents, kit, connectionsToReauthorise, usersToInvite } = await app.backups.restore({
        path,
        key: await key(secrets),
        password: await secrets.seal('new-password', await password()),
        protection: args.flag('password-only') ? 'password-only' : 'keychain',
        replyKey: await secrets.replyKey(),
      });
      output.say(
        `Bank credentials are not part of a backup: ${connectionsToReauthorise} connection(s) need a new sign-in.`,
      );
      if (usersToInvite > 0)
        output.say(`Nobody’s own key is part of a backup: invite ${usersToInvite} person(s) anew.`);
      const recoveryKey = kit && recoveryKeyOf(await secrets.openKit(kit));
      const saved = recoveryKey && (await saveKit(app, context));
      if (recoveryKey) output.say('The old recovery key no longer opens this office. Write down the new one.');
      output.result({ contents, recoveryKey, kit: saved, connectionsToReauthorise, usersToInvite }, () =>
        [wordContents(contents), ...(recoveryKey ? [`Recovery key: ${recoveryKey}`] : [])].join('\n'),
      );
    });
  },
};
