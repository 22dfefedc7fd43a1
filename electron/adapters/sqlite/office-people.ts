// The office's people, their second factors, its keyring and its anchors in their tables. It seals, signs and decides nothing.
import { z } from 'zod';
import { AppError } from '../../../shared/errors/app-error.ts';
import { ClientId, UserId } from '../../../shared/model/ids.ts';
import { Instant } from '../../../shared/model/instant.ts';
import { Role } from '../../../shared/model/roles.ts';
import type {
  AnchorRepository,
  CodeFactor,
  DatabaseAnchor,
  FactorRepository,
  KeyringRepository,
  OfficeKeyring,
  OfficeUser,
  UserRepository,
} from '../../core/ports/office-repositories.ts';
import { foldName } from './fold-name.ts';
import type { Database } from './open-database.ts';

const Flag = z.union([z.literal(0), z.literal(1)]).transform((value) => value === 1);
const flag = (value: boolean): 0 | 1 => (value ? 1 : 0);

const UserRow = z
  .object({
    id: UserId,
    name: z.string(),
    role: Role,
    recipient: z.string(),
    all_clients: Flag,
    state: z.enum(['active', 'invited', 'unreachable']),
    password_stands_alone: Flag,
    created_at: Instant,
    last_sign_in_at: Instant.nullable(),
    invitation_expires_at: Instant.nullable(),
  })
  .transform((row): OfficeUser => ({
    id: row.id,
    name: row.name,
    role: row.role,
    recipient: row.recipient,
    allClients: row.all_clients,
    state: row.state,
    passwordStandsAlone: row.password_stands_alone,
    createdAt: row.created_at,
    lastSignInAt: row.last_sign_in_at,
    invitationExpiresAt: row.invitation_expires_at,
  }));

const tableRow = (user: OfficeUser) => ({
  ...user,
  folded: foldName(user.name),
  allClients: flag(user.allClients),
  passwordStandsAlone: flag(user.passwordStandsAlone),
});

function userStatements(database: Database) {
  return {
    insert: database.prepare(
      `INSERT INTO users VALUES (@id, @name, @folded, @role, @recipient, @allClients, @state, @passwordStandsAlone, @createdAt,
       @lastSignInAt, @invitationExpiresAt, NULL)`,
    ),
    update: database.prepare(
      `UPDATE users SET name = @name, name_folded = @folded, role = @role, recipient = @recipient, all_clients = @allClients,
       state = @state, password_stands_alone = @passwordStandsAlone, last_sign_in_at = @lastSignInAt,
       invitation_expires_at = @invitationExpiresAt WHERE id = @id`,
    ),
    remove: database.prepare(`UPDATE users SET removed_at = ?, name_folded = NULL, recipient = '' WHERE id = ?`),
    taken: database.prepare('SELECT 1 FROM users WHERE name_folded = ? AND id <> ?'),
    one: database.prepare('SELECT * FROM users WHERE id = ? AND removed_at IS NULL'),
    all: database.prepare('SELECT * FROM users WHERE removed_at IS NULL ORDER BY created_at, id'),
    clients: database.prepare('SELECT client_id FROM user_client WHERE user_id = ? ORDER BY client_id').pluck(),
    clear: database.prepare('DELETE FROM user_client WHERE user_id = ?'),
    give: database.prepare('INSERT INTO user_client VALUES (?, ?)'),
  };
}

export function createUserRepository(database: Database): UserRepository {
  const sql = userStatements(database);
  const find = (id: UserId): OfficeUser | null => UserRow.optional().parse(sql.one.get(id)) ?? null;
  const assertFree = ({ id, name }: Pick<OfficeUser, 'id' | 'name'>): void => {
    if (sql.taken.get(foldName(name), id)) throw new AppError('USER_NAME_TAKEN', { name });
  };
  return {
    find,
    insert: (user) => {
      assertFree(user);
      sql.insert.run(tableRow(user));
    },
    list: () => sql.all.all().map((row) => UserRow.parse(row)),
    update: (id, changes) => {
      const user = find(id);
      if (!user) throw new AppError('USER_NOT_FOUND');
      const next = { ...user, ...changes };
      assertFree(next);
      sql.update.run(tableRow(next));
    },
    remove: (id, at) => {
      sql.clear.run(id);
      sql.remove.run(at, id);
    },
    clientsOf: (id) => sql.clients.all(id).map((row) => ClientId.parse(row)),
    setClients: (id, clientIds) => {
      sql.clear.run(id);
      for (const clientId of new Set(clientIds)) sql.give.run(id, clientId);
    },
  };
}

const Succession = z.array(z.strictObject({ key: z.string(), signature: z.string() }));

const KeyringRow = z
  .object({
    owner_key: z.string(),
    owner_secret: z.string(),
    recovery_recipient: z.string(),
    roster_signature: z.string(),
    roster_version: z.int(),
    succession_json: z.string(),
    checkpoint_key: z.string(),
    checkpoint_secret: z.string(),
    office_key_generation: z.int(),
    office_key_since: Instant,
  })
  .transform((row): OfficeKeyring => ({
    ownerKey: row.owner_key,
    ownerSecret: row.owner_secret,
    recoveryRecipient: row.recovery_recipient,
    rosterSignature: row.roster_signature,
    rosterVersion: row.roster_version,
    succession: Succession.parse(JSON.parse(row.succession_json)),
    checkpointKey: row.checkpoint_key,
    checkpointSecret: row.checkpoint_secret,
    officeKeyGeneration: row.office_key_generation,
    officeKeySince: row.office_key_since,
  }));

/** The one row of `keyring`. */
export function createKeyringRepository(database: Database): KeyringRepository {
  const select = database.prepare('SELECT * FROM keyring');
  const write = database.prepare(
    `INSERT OR REPLACE INTO keyring VALUES (1, @ownerKey, @ownerSecret, @recoveryRecipient, @rosterSignature, @rosterVersion, @succession,
     @checkpointKey, @checkpointSecret, @officeKeyGeneration, @officeKeySince)`,
  );
  const get = (): OfficeKeyring => KeyringRow.parse(select.get());
  const put = (keyring: OfficeKeyring): void =>
    void write.run({ ...keyring, succession: JSON.stringify(keyring.succession) });
  return { get, insert: put, update: (changes) => put({ ...get(), ...changes }) };
}

const CodeRow = z
  .object({ secret: z.instanceof(Uint8Array), enrolled_at: Instant, last_step: z.int() })
  .transform(({ secret, enrolled_at, last_step }): CodeFactor => ({
    secret,
    enrolledAt: enrolled_at,
    lastStep: last_step,
  }));
const RecoveryCodeRow = z.object({ id: z.int(), salt: z.instanceof(Uint8Array), digest: z.string() });

export function createFactorRepository(database: Database): FactorRepository {
  const code = database.prepare('SELECT secret, enrolled_at, last_step FROM user_code WHERE user_id = ?');
  const setCode = database.prepare('INSERT OR REPLACE INTO user_code VALUES (?, ?, ?, ?)');
  const setStep = database.prepare(
    'UPDATE user_code SET last_step = @step WHERE user_id = @userId AND last_step < @step',
  );
  const removeCode = database.prepare('DELETE FROM user_code WHERE user_id = ?');
  const clear = database.prepare('DELETE FROM user_recovery_code WHERE user_id = ?');
  const add = database.prepare('INSERT INTO user_recovery_code (user_id, salt, digest) VALUES (?, ?, ?)');
  const unused = database.prepare(
    'SELECT id, salt, digest FROM user_recovery_code WHERE user_id = ? AND used_at IS NULL ORDER BY id',
  );
  const use = database.prepare('UPDATE user_recovery_code SET used_at = ? WHERE id = ? AND used_at IS NULL');
  return {
    code: (userId) => CodeRow.optional().parse(code.get(userId)) ?? null,
    setCode: (userId, { secret, enrolledAt, lastStep }) => void setCode.run(userId, secret, enrolledAt, lastStep),
    setLastStep: (userId, step) => setStep.run({ userId, step }).changes === 1,
    removeCode: (userId) => {
      removeCode.run(userId);
      clear.run(userId);
    },
    setRecoveryCodes: (userId, codes) => {
      clear.run(userId);
      for (const { salt, digest } of codes) add.run(userId, salt, digest);
    },
    recoveryCodes: (userId) => unused.all(userId).map((row) => RecoveryCodeRow.parse(row)),
    useRecoveryCode: (id, at) => use.run(at, id).changes === 1,
  };
}

const AnchorRow = z
  .object({ sequence: z.int(), head: z.string(), file_sha256: z.string().nullable(), at: Instant })
  .transform(({ file_sha256, ...row }): DatabaseAnchor => ({ ...row, fileSha256: file_sha256 }));

export function createAnchorRepository(database: Database): AnchorRepository {
  const one = database.prepare('SELECT sequence, head, file_sha256, at FROM anchors WHERE client_id = ?');
  const set = database.prepare('INSERT OR REPLACE INTO anchors VALUES (@clientId, @sequence, @head, @fileSha256, @at)');
  return {
    find: (clientId) => AnchorRow.optional().parse(one.get(clientId)) ?? null,
    set: (clientId, anchor) => void set.run({ clientId, ...anchor }),
  };
}
