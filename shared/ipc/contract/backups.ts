// Encrypted backups: write, verify, restore into an empty place, and the record of what was proven.
import { z } from 'zod';
import { Instant } from '../../model/instant.ts';
import { SealedText, SealingKey } from '../../model/sealed-text.ts';
import { call } from '../call.ts';
import { Protection } from './office.ts';

const Path = z.string().min(1).max(4000);

export const BackupRecord = z.strictObject({
  path: z.string(),
  createdAt: Instant,
  bytes: z.int(),
  sha256: z.string(),
  clients: z.int(),
  transactions: z.int(),
  passphrase: z.boolean(),
  verifiedAt: Instant.nullable(),
});
export type BackupRecord = z.infer<typeof BackupRecord>;

/** What a backup file holds, read by decrypting and checking all of it. */
export const BackupContents = z.strictObject({
  officeId: z.string(),
  officeName: z.string(),
  createdAt: Instant,
  files: z.array(z.strictObject({ name: z.string(), bytes: z.int(), sha256: z.string(), ok: z.boolean() })),
  clients: z.int(),
  transactions: z.int(),
  ok: z.boolean(),
});
export type BackupContents = z.infer<typeof BackupContents>;

/** Opens a backup: the recovery key from the kit, or the passphrase it was written with, sealed with that purpose. */
export const BackupKey = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('recovery'), recoveryKey: SealedText }),
  z.strictObject({ kind: z.literal('passphrase'), passphrase: SealedText }),
]);
export type BackupKey = z.infer<typeof BackupKey>;

export const backups = {
  list: call({ permission: 'backups.read' }, z.strictObject({}), z.array(BackupRecord)),
  /** Suggests where to write: a folder of the user's documents and a name with office and date. */
  suggest: call(
    { permission: 'backups.read', runsIn: 'host' },
    z.strictObject({}),
    z.strictObject({ path: z.string() }),
  ),
  /** Everything leaves the office with it, so it needs a fresh proof. `passphrase` has at least 15 characters. @throws BACKUP_NEEDS_ALL_CLIENTS, BACKUP_PASSPHRASE_SHORT */
  create: call(
    { permission: 'backups.create', audited: true, stepUp: true },
    z.strictObject({ path: Path, passphrase: SealedText.nullable() }),
    BackupRecord,
  ),
  verify: call(
    { permission: 'public', runsIn: 'host' },
    z.strictObject({ path: Path, key: BackupKey }),
    BackupContents,
  ),
  /** Verifies with the unlocked office's own recovery identity, which owners can open, without a kit. */
  verifyOwn: call({ permission: 'office.manage', audited: true }, z.strictObject({ path: Path }), BackupContents),
  /**
   * Restores into the host's empty office folder. The password it gets belongs to the owner from now on, a new recovery kit replaces
   * the old one, and bank credentials are not part of a backup: every connection needs its sign-in again.
   */
  restore: call(
    { permission: 'public', runsIn: 'host' },
    z.strictObject({
      path: Path,
      key: BackupKey,
      /** Purpose `new-password`. */
      password: SealedText,
      protection: Protection,
      replyKey: SealingKey,
    }),
    z.strictObject({
      contents: BackupContents,
      /** Sealed like `office.create`'s; null when the recovery key itself opened the backup and stays valid. */
      kit: SealedText.nullable(),
      connectionsToReauthorise: z.int(),
      /** People who must be invited anew: no backup holds anyone's own key. */
      usersToInvite: z.int(),
    }),
  ),
};
