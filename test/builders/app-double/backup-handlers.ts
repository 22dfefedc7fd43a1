// The double's answers for backups.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { BackupRecord } from '../../../shared/ipc/contract/backups.ts';
import { normaliseRecoveryText } from '../../../shared/model/recovery-key.ts';
import { fakeHash, instantAgo, officeId } from './ids.ts';
import { backupContents, recoveryKit } from './office-data.ts';
import { change, sealKit } from './session.ts';
import type { AppHandlers } from './world.ts';

const MINIMUM_PASSPHRASE = 15;

export const backups: AppHandlers['backups'] = {
  list: (_, world) => world.backups,
  suggest: () => ({
    path: `/home/thornbury/Documents/Thornbury & Partners backup ${instantAgo(0).slice(0, 10)}.age`,
  }),
  create: async ({ path, passphrase }, world) => {
    const text = passphrase && (await world.sealed.open('passphrase', passphrase));
    if (text !== null && text.length < MINIMUM_PASSPHRASE) throw new AppError('BACKUP_PASSPHRASE_SHORT');
    if (world.backups.some((backup) => backup.path === path)) throw new AppError('BACKUP_DESTINATION_EXISTS');
    const record: BackupRecord = {
      path,
      createdAt: instantAgo(0),
      bytes: 48_511_904,
      sha256: fakeHash(900),
      clients: world.clients.length,
      transactions: 18_944,
      passphrase: passphrase !== null,
      verifiedAt: null,
    };
    world.backups = [record, ...world.backups];
    return record;
  },
  verify: async ({ key }, world) => {
    const text =
      key.kind === 'recovery'
        ? normaliseRecoveryText(await world.sealed.open('recovery-key', key.recoveryKey))
        : await world.sealed.open('passphrase', key.passphrase);
    if (key.kind === 'recovery' && text.length !== 32) throw new AppError('BACKUP_NO_MATCHING_KEY');
    return backupContents({ createdAt: instantAgo(7.2) });
  },
  verifyOwn: ({ path }, world) => {
    world.backups = world.backups.map((backup) =>
      backup.path === path ? { ...backup, verifiedAt: instantAgo(0) } : backup,
    );
    return backupContents(world.backups.find((backup) => backup.path === path) ?? { createdAt: instantAgo(0) });
  },
  restore: async ({ protection, password, replyKey }, world) => {
    const [owner] = world.people;
    if (owner) owner.password = await world.sealed.open('new-password', password);
    const contents = backupContents({ createdAt: instantAgo(7.2) });
    await change(world, {
      state: 'locked',
      office: { id: officeId, name: contents.officeName, createdAt: instantAgo(400) },
      protection,
      recoveryProven: false,
    });
    const kit = await sealKit(world, replyKey, recoveryKit(contents.officeName));
    return { contents, kit, connectionsToReauthorise: 8, usersToInvite: world.people.length - 1 };
  },
};
