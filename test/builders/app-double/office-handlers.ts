// The double's answers for office, backups, audit and practice bank.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { OfficeStatus, PasswordStrength } from '../../../shared/ipc/contract/office.ts';
import type { BackupRecord } from '../../../shared/ipc/contract/backups.ts';
import { normaliseRecoveryText } from '../../../shared/model/recovery-key.ts';
import { fakeHash, instantAgo, officeId } from './ids.ts';
import { AUDIT_ENTRIES, auditEntry, backupContents, openUser, practiceBank, recoveryKit } from './office-data.ts';
import { DOUBLE_PASSWORD, type AppHandlers, type World } from './world.ts';

const COMMON = ['password', 'qwertyuiop', 'letmein'];

function change(world: World, status: Partial<OfficeStatus>): OfficeStatus {
  world.status = { ...world.status, ...status };
  world.emit('office.statusChanged', world.status);
  return world.status;
}

function ratePassword(password: string, officeName: string): PasswordStrength {
  const reasons: PasswordStrength['reasons'] = [];
  const low = password.toLowerCase();
  if (password.length < 15) reasons.push('too-short');
  if (COMMON.some((common) => low.includes(common))) reasons.push('common');
  if (/^(.{1,3})\1+$/.test(password)) reasons.push('repeats');
  if (officeName.trim() !== '' && low.includes(officeName.trim().toLowerCase())) reasons.push('office-name');
  const score =
    reasons.length > 0 ? Math.min(1, Math.floor(password.length / 8)) : Math.min(4, Math.floor(password.length / 7));
  return { acceptable: reasons.length === 0, score, minimumLength: 15, reasons };
}

export const office: AppHandlers['office'] = {
  status: (_, world) => world.status,
  rate: ({ password, officeName }) => ratePassword(password, officeName),
  create: (input, world) => {
    const kit = recoveryKit(input.name);
    world.kit = kit;
    change(world, {
      state: 'unlocked',
      office: { id: officeId, name: input.name, createdAt: instantAgo(0) },
      user: { ...openUser, name: input.ownerName } as OfficeStatus['user'],
      protection: input.protection,
      lockAfterMinutes: input.lockAfterMinutes,
      recoveryProven: false,
    });
    return kit;
  },
  proveRecoveryKit: ({ groups }, world) => {
    const kit = world.kit ?? recoveryKit('');
    const right = groups.every(({ position, text }) => kit.groups[position] === normaliseRecoveryText(text));
    if (!right) throw new AppError('SESSION_RECOVERY_NOT_PROVEN');
    change(world, { recoveryProven: true });
    return {};
  },
  unlock: ({ password }, world) => {
    if (password !== DOUBLE_PASSWORD) throw new AppError('SESSION_WRONG_CREDENTIALS');
    return change(world, { state: 'unlocked', user: openUser, lockReason: null });
  },
  lock: (_, world) => change(world, { state: 'locked', user: null, lockReason: 'user' }),
  verify: (_, world) => ({
    ok: true,
    checks: [
      { name: 'header', ok: true, detail: 'generation 14, previous generation kept' },
      { name: 'office database', ok: true, detail: '1,204 pages' },
      ...world.clients.map(({ name }, index) => ({ name, ok: true, detail: `${(index + 1) * 412} pages` })),
      { name: 'audit chain', ok: true, detail: `${AUDIT_ENTRIES} entries` },
    ],
  }),
  setPreferences: ({ lockAfterMinutes }, world) => {
    change(world, { lockAfterMinutes });
    return {};
  },
};

export const backups: AppHandlers['backups'] = {
  list: (_, world) => world.backups,
  suggest: () => ({
    path: `/home/thornbury/Documents/Strongroom backups/Thornbury & Partners ${instantAgo(0).slice(0, 10)}-2.strongroom-backup`,
  }),
  create: ({ path, passphrase }, world) => {
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
  verify: ({ key }) => {
    if (key.kind === 'recovery' && normaliseRecoveryText(key.recoveryKey).length !== 32)
      throw new AppError('BACKUP_NO_MATCHING_KEY');
    return backupContents({ createdAt: instantAgo(7.2) });
  },
  verifyOwn: ({ path }, world) => {
    world.backups = world.backups.map((backup) =>
      backup.path === path ? { ...backup, verifiedAt: instantAgo(0) } : backup,
    );
    return backupContents(world.backups.find((backup) => backup.path === path) ?? { createdAt: instantAgo(0) });
  },
  restore: ({ protection }, world) => {
    const contents = backupContents({ createdAt: instantAgo(7.2) });
    world.kit = recoveryKit(contents.officeName);
    change(world, {
      state: 'locked',
      office: { id: officeId, name: contents.officeName, createdAt: instantAgo(400) },
      protection,
      recoveryProven: false,
    });
    return { contents, kit: world.kit, connectionsToReauthorise: 8 };
  },
};

export const audit: AppHandlers['audit'] = {
  list: ({ offset, limit }) => {
    const count = Math.max(0, Math.min(limit, AUDIT_ENTRIES - offset));
    const entries = Array.from({ length: count }, (_, index) => auditEntry(AUDIT_ENTRIES - offset - index));
    return { entries, total: AUDIT_ENTRIES, intact: true };
  },
};

export const practice: AppHandlers['practice'] = {
  status: (_, world) => world.practice,
  start: (_, world) => (world.practice = practiceBank(true)),
  stop: (_, world) => (world.practice = practiceBank(false)),
  misbehave: ({ names }, world) => {
    const misbehaviours = world.practice.misbehaviours.map((item) => ({ ...item, on: names.includes(item.name) }));
    return (world.practice = { ...world.practice, misbehaviours });
  },
};
