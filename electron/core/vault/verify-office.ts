// Checks everything an office consists of and names each check. It repairs nothing.
import type { VerifyReport } from '../../../shared/ipc/contract/office.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { AuditLog } from '../ports/audit-log.ts';
import type { SealIdentity } from '../ports/sealer.ts';
import type { OpenDatabase } from '../ports/vault-databases.ts';
import type { ClientStore, Store } from '../ports/vault-store.ts';
import { checkpointHolds } from './audit/checkpoints.ts';
import type { CallContext } from './call-context.ts';
import { headerMacKey } from './keys/office-key.ts';
import { openForOwners } from './keys/recovery-slot.ts';
import { verifyReceiptChain } from './receipt-chain.ts';
import type { VaultServices } from './services.ts';

type Check = VerifyReport['checks'][number];

/** Runs one check; an expected failure inside it is the check's failure. */
function checked(name: string, work: () => string | null): Check {
  try {
    const problem = work();
    return { name, ok: problem === null, detail: problem ?? 'ok' };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { name, ok: false, detail: error.code };
  }
}

function chainProblem(audit: AuditLog, firstKey: Uint8Array | null): string | null {
  const { brokenAt } = audit.check(firstKey ? { firstKey } : {});
  if (brokenAt !== null) return `breaks at entry ${brokenAt}`;
  const forged = audit.checkpoints().find((checkpoint) => !checkpointHolds(audit.chain, checkpoint));
  return forged ? `the checkpoint at entry ${forged.sequence} has no valid signature` : null;
}

/** The checks that every database has. With the chain's first key its MACs are recomputed too. */
export function databaseChecks(
  name: string,
  open: () => OpenDatabase<Store>,
  firstKey: Uint8Array | null = null,
): Check[] {
  return [
    checked(`${name}: database`, () => open().problems().join('; ') || null),
    checked(`${name}: audit log`, () => chainProblem(open().store.audit, firstKey)),
  ];
}

/** Opens the key with the first identity that fits; null where none does. */
async function openWith(
  { sealer }: Pick<VaultServices, 'sealer'>,
  sealed: Uint8Array,
  identities: readonly SealIdentity[],
): Promise<Uint8Array | null> {
  const [identity, ...others] = identities;
  if (identity === undefined) return null;
  try {
    return await sealer.open(sealed, identity);
  } catch (error) {
    if (error instanceof AppError && error.code === 'VAULT_HEADER_TAMPERED')
      return await openWith({ sealer }, sealed, others);
    throw error;
  }
}

/**
 * The first key of a chain, for an owner: it is sealed to nobody else. After a restore the recovery identity may have it still; where a
 * passphrase opened the backup, nobody has.
 */
async function firstKeyOf(
  services: VaultServices,
  { session, principal }: CallContext,
  open: () => OpenDatabase<Store>,
): Promise<Uint8Array | null> {
  if (principal.role !== 'owner') return null;
  const recovery = await openForOwners(services, session.header().recovery, session.identity);
  return await openWith(services, open().store.audit.start().sealedFirstKey, [session.identity, recovery]);
}

function headerProblem(services: VaultServices, { session }: CallContext): string | null {
  const read = services.headers.read(session.directory);
  if (read.source === 'previous') return 'the newest header is damaged, the one before it is in use';
  return read.tampered(headerMacKey(session.officeKey)) ? 'changed by someone without the key' : null;
}

/** The chain of a client's receipts. */
export function receiptsCheck(name: string, open: () => OpenDatabase<ClientStore>): Check {
  return checked(`${name}: receipts`, () => {
    const broken = verifyReceiptChain(open().store.batches.receipts());
    return broken === null ? null : `breaks at receipt ${broken + 1}`;
  });
}

interface Examined {
  readonly name: string;
  readonly open: () => OpenDatabase<Store>;
}

async function examine(services: VaultServices, context: CallContext, { name, open }: Examined): Promise<Check[]> {
  let firstKey: Uint8Array | null = null;
  try {
    firstKey = await firstKeyOf(services, context, open);
    return databaseChecks(name, open, firstKey);
  } catch (error) {
    // What cannot be opened is said check by check.
    if (error instanceof AppError) return databaseChecks(name, open);
    throw error;
  } finally {
    firstKey?.fill(0);
  }
}

/** Header, every database's pages and references, every audit log and every chain of receipts, as far as the user's keys reach. */
export async function verifyOffice(services: VaultServices, context: CallContext): Promise<VerifyReport> {
  const { session } = context;
  const checks = [
    checked('header', () => headerProblem(services, context)),
    ...(await examine(services, context, { name: 'office', open: () => session.office })),
  ];
  for (const { id, name } of context.clients()) {
    const open = (): OpenDatabase<ClientStore> => session.client(id);
    checks.push(...(await examine(services, context, { name, open })), receiptsCheck(name, open));
  }
  return { ok: checks.every((check) => check.ok), checks };
}
