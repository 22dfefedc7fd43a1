// Connections, their pins, accounts, tries and calls in the office's database. It holds no credential and judges no health.
import { z } from 'zod';
import { ERROR_CODES } from '../../../shared/errors/codes.ts';
import { ConnectionStage, ConnectionType, Pin, TlsIdentity } from '../../../shared/ipc/contract/connections.ts';
import { CalendarDate } from '../../../shared/model/calendar-date.ts';
import { ClientId, ConnectionId } from '../../../shared/model/ids.ts';
import { Instant } from '../../../shared/model/instant.ts';
import { SourceAccount } from '../../../shared/model/source.ts';
import type { ConnectionRecord, ConnectionRepository, ExposedAccount } from '../../core/ports/connection-repository.ts';
import type { Database } from './open-database.ts';

const flag = z.int().transform((value) => value === 1);
const json = <Schema extends z.ZodType>(schema: Schema) =>
  z.string().transform((text) => schema.parse(JSON.parse(text)));

const Row = z
  .object({
    id: ConnectionId,
    type: ConnectionType,
    institution: z.string(),
    issuer: z.string(),
    resource_base: z.string(),
    bank_client_id: z.string(),
    authority_pem: z.string().nullable(),
    practice: flag,
    stage: ConnectionStage,
    created_at: Instant,
    paused: flag,
    needs_sign_in: flag,
    permissions_json: json(z.array(z.string())),
    start_date_asked: CalendarDate,
    start_date_granted: CalendarDate.nullable(),
    consent_id: z.string().nullable(),
    consent_expires_at: Instant.nullable(),
    tls_json: json(TlsIdentity).nullable(),
    last_try_at: Instant.nullable(),
    last_good_sync_at: Instant.nullable(),
    next_allowed_at: Instant.nullable(),
    cause: z.enum(ERROR_CODES).nullable(),
    cause_params_json: json(z.record(z.string(), z.string())),
  })
  .transform((row): ConnectionRecord => ({
    id: row.id,
    type: row.type,
    institution: row.institution,
    issuer: row.issuer,
    resourceBase: row.resource_base,
    bankClientId: row.bank_client_id,
    authorityPem: row.authority_pem,
    practice: row.practice,
    stage: row.stage,
    createdAt: row.created_at,
    paused: row.paused,
    needsSignIn: row.needs_sign_in,
    permissions: row.permissions_json,
    startDateAsked: row.start_date_asked,
    startDateGranted: row.start_date_granted,
    consentId: row.consent_id,
    consentExpiresAt: row.consent_expires_at,
    tls: row.tls_json,
    lastTryAt: row.last_try_at,
    lastGoodSyncAt: row.last_good_sync_at,
    nextAllowedAt: row.next_allowed_at,
    cause: row.cause,
    causeParams: row.cause_params_json,
  }));

const PinRow = z.object({ spkiSha256: Pin, role: z.enum(['current', 'backup']), pinnedAt: Instant });

const AccountRow = z
  .object({
    resource_id: z.string(),
    identity: z.string(),
    account_json: json(SourceAccount),
    client_id: ClientId.nullable(),
    exposed: flag,
  })
  .transform((row): ExposedAccount => ({
    resourceId: row.resource_id,
    identity: row.identity,
    account: row.account_json,
    clientId: row.client_id,
    exposed: row.exposed,
  }));

const TryRow = z.object({ at: Instant, ok: flag, cause: z.enum(ERROR_CODES).nullable(), newRows: z.int() });

const INSERT = `
  INSERT INTO connections (id, type, institution, issuer, resource_base, bank_client_id, authority_pem, practice, stage, created_at,
    permissions_json, start_date_asked)
  VALUES (@id, @type, @institution, @issuer, @resourceBase, @bankClientId, @authorityPem, @practice, 'created', @createdAt,
    @permissions, @startDateAsked)`;

const CONSENT = `
  UPDATE connections SET consent_id = @consentId, permissions_json = @permissions, consent_granted_at = @grantedAt,
    consent_expires_at = @expiresAt, start_date_granted = @startDateGranted, needs_sign_in = 0, cause = NULL, cause_params_json = '{}',
    next_allowed_at = NULL
  WHERE id = @id`;

const TRY = `
  UPDATE connections SET last_try_at = @at, last_good_sync_at = iif(@ok, @at, last_good_sync_at), cause = @cause,
    cause_params_json = @causeParams, next_allowed_at = @nextAllowedAt, tls_json = coalesce(@tls, tls_json)
  WHERE id = @id`;

type Accounts = Pick<ConnectionRepository, 'accounts' | 'recordConsent' | 'assign'>;

function createAccounts(database: Database): Accounts {
  const select = database.prepare(
    'SELECT * FROM connection_account WHERE connection_id = ? ORDER BY exposed DESC, position, resource_id',
  );
  const clear = database.prepare('DELETE FROM connection_account WHERE connection_id = ?');
  const insert = database.prepare(
    `INSERT INTO connection_account (connection_id, resource_id, identity, account_json, position, client_id, exposed)
     VALUES (@id, @resourceId, @identity, @account, @position, @clientId, @exposed)`,
  );
  const consent = database.prepare(CONSENT);
  const assign = database.prepare(
    'UPDATE connection_account SET client_id = ?, assigned_at = ? WHERE connection_id = ? AND resource_id = ?',
  );
  return {
    accounts: (id) => select.all(id).map((row) => AccountRow.parse(row)),
    recordConsent: (id, granted, accounts) => {
      consent.run({ ...granted, id, permissions: JSON.stringify(granted.permissions) });
      clear.run(id);
      accounts.forEach(({ account, exposed, ...row }, position) => {
        insert.run({ ...row, id, position, account: JSON.stringify(account), exposed: exposed ? 1 : 0 });
      });
    },
    assign: (id, resourceId, { clientId, at }) => void assign.run(clientId, at, id, resourceId),
  };
}

type Tries = Pick<ConnectionRepository, 'recordTry' | 'recordLook' | 'history' | 'callsOn'>;

function createTries(database: Database): Tries {
  const update = database.prepare(TRY);
  const see = database.prepare('UPDATE connections SET tls_json = coalesce(@tls, tls_json) WHERE id = @id');
  const insert = database.prepare(
    `INSERT INTO connection_try (connection_id, at, ok, cause, new_rows, calls) VALUES (@id, @at, @ok, @cause, @newRows, @calls)`,
  );
  const count = database.prepare(
    `INSERT INTO call_ledger (connection_id, day, calls) VALUES (@id, @day, @calls)
     ON CONFLICT DO UPDATE SET calls = calls + excluded.calls`,
  );
  const history = database.prepare(
    `SELECT at, ok, cause, new_rows AS newRows FROM connection_try WHERE connection_id = ? AND at >= ? ORDER BY at DESC, id DESC`,
  );
  const calls = database
    .prepare<[string, string], number>('SELECT sum(calls) FROM call_ledger WHERE connection_id = ? AND day = ?')
    .pluck();
  const countCalls = (id: string, { at, calls: made }: { at: string; calls: number }): void => {
    if (made > 0) count.run({ id, day: at.slice(0, 10), calls: made });
  };
  return {
    recordLook: (id, look) => {
      see.run({ id, tls: look.tls && JSON.stringify(look.tls) });
      countCalls(id, look);
    },
    recordTry: (id, { tls, causeParams, ok, ...tried }) => {
      const row = { ...tried, id, ok: ok ? 1 : 0, tls: tls && JSON.stringify(tls) };
      update.run({ ...row, causeParams: JSON.stringify(causeParams) });
      insert.run(row);
      countCalls(id, tried);
    },
    history: (id, since) => history.all(id, since).map((row) => TryRow.parse(row)),
    callsOn: (id, day) => calls.get(id, day) ?? 0,
  };
}

export function createConnectionRepository(database: Database): ConnectionRepository {
  const insert = database.prepare(INSERT);
  const pin = database.prepare('INSERT INTO connection_pins VALUES (?, ?, ?, ?)');
  const one = database.prepare('SELECT * FROM connections WHERE id = ? AND removed_at IS NULL');
  const all = database.prepare('SELECT * FROM connections WHERE removed_at IS NULL ORDER BY created_at, id');
  const pins = database.prepare(
    `SELECT spki_sha256 AS spkiSha256, role, pinned_at AS pinnedAt FROM connection_pins WHERE connection_id = ? ORDER BY role DESC`,
  );
  const stage = database.prepare('UPDATE connections SET stage = ? WHERE id = ?');
  const paused = database.prepare('UPDATE connections SET paused = ? WHERE id = ?');
  const remove = database.prepare('UPDATE connections SET removed_at = ?, consent_id = NULL WHERE id = ?');
  return {
    ...createAccounts(database),
    ...createTries(database),
    insert: ({ pins: [current, backup], permissions, practice, ...row }) => {
      insert.run({ ...row, practice: practice ? 1 : 0, permissions: JSON.stringify(permissions) });
      pin.run(row.id, current, 'current', row.createdAt);
      pin.run(row.id, backup, 'backup', row.createdAt);
    },
    find: (id) => Row.optional().parse(one.get(id)) ?? null,
    list: () => all.all().map((row) => Row.parse(row)),
    pins: (id) => pins.all(id).map((row) => PinRow.parse(row)),
    setStage: (id, value) => void stage.run(value, id),
    setPaused: (id, value) => void paused.run(value ? 1 : 0, id),
    remove: (id, at) => void remove.run(at, id),
  };
}
