// `strongroom backup …`: create, verify, restore.
import { resolve } from 'node:path';
import { exitCodeOf } from '../../../shared/errors/codes.ts';
import type { BackupContents, BackupKey } from '../../../shared/ipc/contract/backups.ts';
import type { Arguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { withLockedApp, withOffice } from '../open-office.ts';
import { readPassphrase, readPassword, readRecoveryKey } from '../secrets-input.ts';

async function readBackupKey(args: Arguments): Promise<BackupKey> {
  const passphrase = await readPassphrase(args);
  if (passphrase !== null) return { kind: 'passphrase', passphrase };
  return { kind: 'recovery', recoveryKey: await readRecoveryKey(args) };
}

const wordContents = ({ officeName, createdAt, clients, transactions, files, ok }: BackupContents): string =>
  `Backup of ${officeName} from ${createdAt}: ${clients} client(s), ${transactions} transaction(s), ${files.length} file(s), ${ok ? 'all intact' : 'NOT all intact'}.`;

export const backupCreate: Command = {
  usage: 'backup create DIR FILE [--passphrase | --passphrase-file F]',
  summary: 'writes the office and its clients into an encrypted age file',
  run: async ({ args, output }) => {
    const path = resolve(args.word(3, 'FILE'));
    const passphrase = await readPassphrase(args);
    await withOffice(args, args.word(2, 'DIR'), async (app) => {
      const record = await app.backups.create({ path, passphrase });
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
    await withLockedApp(null, async (app) => {
      const contents = await app.backups.verify({ path, key });
      output.result(contents, () => wordContents(contents));
      if (!contents.ok) process.exitCode = exitCodeOf('BACKUP_INCOMPLETE');
    });
  },
};

export const backupRestore: Command = {
  usage: 'backup restore FILE DIR [--passphrase | --passphrase-file F | --recovery-key-file F] [--password-only]',
  summary: 'restores a backup into an empty folder; bank credentials are not part of it',
  run: async ({ args, output }) => {
    const path = resolve(args.word(2, 'FILE'));
    const key = await readBackupKey(args);
    const password = await readPassword(args, 'Password for the restored office');
    await withLockedApp(args.word(3, 'DIR'), async (app) => {
      const protection = args.flag('password-only') ? 'password-only' : 'keychain';
      const { contents, kit, connectionsToReauthorise } = await app.backups.restore({
        path,
        key,
        password,
        protection,
      });
      output.say(
        `Bank credentials are not part of a backup: ${connectionsToReauthorise} connection(s) need a new sign-in.`,
      );
      const recoveryKey = kit?.groups.join('-') ?? null;
      if (recoveryKey) output.say('The old recovery key no longer opens this office. Write down the new one.');
      output.result({ contents, recoveryKey, connectionsToReauthorise }, () =>
        [wordContents(contents), ...(recoveryKey ? [`Recovery key: ${recoveryKey}`] : [])].join('\n'),
      );
    });
  },
};
