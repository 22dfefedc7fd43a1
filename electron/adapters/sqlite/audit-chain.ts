// The audit log of one open database: appends to its chain, evolves the chain's key, and checks all of it. Nothing here changes an entry.
import { randomBytes } from 'node:crypto';
import { AppError } from '../../../shared/errors/app-error.ts';
import {
  AUDIT_KEY_LENGTH,
  entryHash,
  entryMac,
  genesisHash,
  keyCommitment,
  nextKey,
  personalDigest,
  walkChain,
  type AuditHead,
  type ChainWalk,
} from '../../core/ports/audit-chain.ts';
import type { AuditCheck, AuditDraft, AuditLog, AuditStart } from '../../core/ports/audit-log.ts';
import { createAuditList } from './audit-list.ts';
import { CheckpointRow, recordOf, StateRow } from './audit-table.ts';
import type { Database } from './open-database.ts';
import { translatingErrors } from './sqlite-errors.ts';

function prepare(database: Database) {
  return {
    state: database.prepare('SELECT * FROM audit_state'),
    begin: database.prepare('INSERT INTO audit_state VALUES (1, 0, @key, @sealedFirstKey, @commitment)'),
    evolve: database.prepare('UPDATE audit_state SET sequence = @sequence, key = @key'),
    reseal: database.prepare('UPDATE audit_state SET sealed_first_key = ?'),
    last: database.prepare<[], AuditHead>('SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1'),
    all: database.prepare('SELECT * FROM audit ORDER BY sequence'),
    behind: database.prepare('SELECT * FROM audit WHERE sequence > @after ORDER BY sequence LIMIT @limit'),
    insert: database.prepare(
      `INSERT INTO audit VALUES (@sequence, @at, @userId, @action, @subject, @outcome, @name, @payload, @salt,
       @personalDigest, @previousHash, @hash, @mac)`,
    ),
    checkpoints: database.prepare('SELECT * FROM audit_checkpoint ORDER BY sequence, number'),
    signed: database.prepare<[], AuditHead>('SELECT sequence, hash FROM audit_checkpoint ORDER BY sequence'),
    lastCheckpoint: database.prepare('SELECT * FROM audit_checkpoint ORDER BY sequence DESC, number DESC LIMIT 1'),
    addCheckpoint: database.prepare(
      'INSERT INTO audit_checkpoint VALUES (NULL, @sequence, @hash, @at, @publicKey, @signature)',
    ),
  };
}
type Statements = ReturnType<typeof prepare>;

function stateOf(statements: Statements): StateRow | null {
  return StateRow.nullable().parse(statements.state.get() ?? null);
}

/** Hash, digest and MAC around what an entry says. */
function seal(draft: AuditDraft, place: AuditHead, key: Uint8Array) {
  const { at, userId, action, subject, outcome, userName: name } = draft;
  const [payload, salt] = [JSON.stringify(draft.payload), randomBytes(16)];
  const chained = {
    sequence: place.sequence,
    at,
    userId,
    action,
    subject,
    outcome,
    personalDigest: personalDigest(salt, name, payload),
    previousHash: place.hash,
  };
  const hash = entryHash(chained);
  return { ...chained, name, payload, salt, hash, mac: entryMac(key, hash) };
}

/** Takes every row in turn until one doesn't fit; true when none is left over and no checkpoint either. */
function walkAll(walk: ChainWalk, rows: Iterable<unknown>, signed: readonly AuditHead[]): boolean {
  let position = 0;
  for (const row of rows) {
    const record = recordOf(row);
    for (; signed[position]?.sequence === record.sequence; position += 1) {
      if (signed[position]?.hash !== record.hash) return false;
    }
    if (!walk.follows(record)) return false;
  }
  return position === signed.length;
}

/** What writes: the start and one entry after the other. */
function createAppending(database: Database, statements: Statements, head: () => AuditHead) {
  function assertInTransaction(): void {
    if (!database.inTransaction) throw new TypeError('an audit entry belongs into the transaction of its action');
  }

  function begin({ firstKey, sealedFirstKey }: AuditStart): void {
    assertInTransaction();
    if (stateOf(statements)) throw new TypeError('this audit chain was begun before');
    if (firstKey.length !== AUDIT_KEY_LENGTH) throw new TypeError(`an audit key has ${AUDIT_KEY_LENGTH} bytes`);
    statements.begin.run({ key: firstKey, sealedFirstKey, commitment: keyCommitment(firstKey) });
  }

  function append(draft: AuditDraft): void {
    assertInTransaction();
    const state = stateOf(statements);
    if (!state) throw new TypeError('this audit chain was not begun');
    // Counted by the key, not by the rows: entries removed at the end leave a gap that no later entry closes.
    const sequence = state.sequence + 1;
    statements.insert.run(seal(draft, { sequence, hash: head().hash }, state.key));
    statements.evolve.run({ sequence, key: nextKey(state.key) });
  }

  return { begin, append };
}

/**
 * The audit log of one open database. `chain` is the office's or the client's id. Earlier keys are gone for good once the write-ahead log is
 * emptied, at a backup and at close; until then the log may hold pages with keys of the running session.
 * @throws {AppError} VAULT_* from every method
 * @see build/decisions/0008-audit-keys-and-checkpoints.md
 */
export function createAuditChain(database: Database, chain: string): AuditLog {
  const statements = prepare(database);

  function begun(): StateRow {
    const state = stateOf(statements);
    if (!state) throw new AppError('VAULT_AUDIT_BROKEN');
    return state;
  }

  function head(): AuditHead {
    return statements.last.get() ?? { sequence: 0, hash: genesisHash(chain, begun().first_key_commitment) };
  }

  function check({ firstKey = null }: { readonly firstKey?: Uint8Array | null } = {}): AuditCheck {
    const state = stateOf(statements);
    if (!state) return { entries: 0, brokenAt: 1 };
    const walk = walkChain({ chain, firstKeyCommitment: state.first_key_commitment, firstKey });
    const whole = walkAll(walk, statements.all.iterate(), statements.signed.all());
    const { sequence: entries } = walk.head();
    const ended = whole && entries === state.sequence && walk.arrivedAt(state.key);
    return { entries, brokenAt: ended ? null : entries + 1 };
  }

  return translatingErrors({
    chain,
    ...createAppending(database, statements, head),
    list: createAuditList(database),
    head,
    check,
    records: (range) => statements.behind.all(range).map(recordOf),
    start: () => {
      const { sealed_first_key: sealedFirstKey, first_key_commitment: firstKeyCommitment } = begun();
      return { sealedFirstKey, firstKeyCommitment };
    },
    setSealedFirstKey: (sealed) => void statements.reseal.run(sealed),
    checkpoints: () => statements.checkpoints.all().map((row) => CheckpointRow.parse(row)),
    lastCheckpoint: () => CheckpointRow.nullable().parse(statements.lastCheckpoint.get() ?? null),
    addCheckpoint: (checkpoint) => void statements.addCheckpoint.run(checkpoint),
  } satisfies AuditLog);
}
