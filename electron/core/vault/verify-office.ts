// Checks everything an office consists of and names each check. It repairs nothing.
import type { VerifyReport } from '../../../shared/ipc/contract/office.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { AuditCheck } from '../ports/audit-log.ts';
import type { OpenDatabase } from '../ports/vault-databases.ts';
import type { ClientStore, Store } from '../ports/vault-store.ts';
import type { CallContext } from './call-context.ts';
import { headerMacKey } from './keys/office-key.ts';
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

function chainProblem({ brokenAt }: AuditCheck): string | null {
  return brokenAt === null ? null : `breaks at entry ${brokenAt}`;
}

/** The checks that every database has. */
export function databaseChecks(name: string, open: () => OpenDatabase<Store>): Check[] {
  return [
    checked(`${name}: database`, () => open().problems().join('; ') || null),
    checked(`${name}: audit log`, () => chainProblem(open().store.audit.check())),
  ];
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

/** Header, every database's pages and references, every audit log and every chain of receipts. */
export function verifyOffice(services: VaultServices, context: CallContext): VerifyReport {
  const { session } = context;
  const checks = [
    checked('header', () => headerProblem(services, context)),
    ...databaseChecks('office', () => session.office),
    ...context.clients().flatMap(({ id, name }) => {
      const open = (): OpenDatabase<ClientStore> => session.client(id);
      return [...databaseChecks(name, open), receiptsCheck(name, open)];
    }),
  ];
  return { ok: checks.every((check) => check.ok), checks };
}
