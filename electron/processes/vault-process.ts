// The vault process put together: adapters, use cases, one dispatcher for THE contract's vault calls and the host's own. It has no network.
import { createAgeSealer } from '../adapters/crypto/age-sealer.ts';
import { createArgon2Kdf } from '../adapters/crypto/argon2-kdf.ts';
import { createSealedTexts } from '../adapters/crypto/hpke-sealed-texts.ts';
import { createOneTimeCodes } from '../adapters/crypto/one-time-codes.ts';
import { createKitDocument } from '../adapters/documents/recovery-kit-pdf.ts';
import { createStandardErrorLogger } from '../adapters/log/standard-error-logger.ts';
import { createPasswordEstimator } from '../adapters/passwords/zxcvbn-estimator.ts';
import { coreDumps, refuseCoreDumps } from '../adapters/process/core-dumps.ts';
import { serveProcess } from '../adapters/process/serve-process.ts';
import { createOfficeDatabases } from '../adapters/sqlite/office-databases.ts';
import { STATEMENT_WRITERS } from '../adapters/statement-writers/writers.ts';
import { systemClock, systemRandom } from '../adapters/system/system.ts';
import { createBackupArchive } from '../adapters/vault-files/backup-archive.ts';
import { createEvidenceFiles } from '../adapters/vault-files/evidence-files.ts';
import { nodeFileSystem, translatingFileErrors } from '../adapters/vault-files/file-system.ts';
import { createHeaderFiles } from '../adapters/vault-files/header-files.ts';
import { newFiles } from '../adapters/vault-files/new-files.ts';
import { createOfficeFolders } from '../adapters/vault-files/office-folders.ts';
import type { VaultServices } from '../core/vault/services.ts';
import { createVaultDispatch } from '../core/vault/vault-dispatch.ts';

/** What a password or passphrase costs, in the place of what it must: tests only. */
export type InsecureTestCosts = Partial<Pick<VaultServices, 'kdf' | 'archive'>>;

function createServices(): VaultServices {
  const headers = createHeaderFiles(nodeFileSystem);
  return {
    databases: createOfficeDatabases(translatingFileErrors(nodeFileSystem)),
    headers,
    folders: createOfficeFolders(nodeFileSystem, headers),
    evidence: createEvidenceFiles(nodeFileSystem),
    archive: createBackupArchive(),
    kdf: createArgon2Kdf(),
    sealer: createAgeSealer(),
    sealedTexts: createSealedTexts(),
    oneTimeCodes: createOneTimeCodes(),
    passwords: createPasswordEstimator(),
    kitDocument: createKitDocument(),
    newFiles,
    statementWriters: STATEMENT_WRITERS,
    coreDumps,
    clock: systemClock,
    random: systemRandom,
  };
}

/**
 * Serves the vault to the parent process. It leaves its memory out of any core file before it holds a secret.
 * `INSECURE_testCosts` weakens what protects every password: no entry of the program names it.
 */
export function startVaultProcess({
  INSECURE_testCosts = {},
}: { readonly INSECURE_testCosts?: InsecureTestCosts } = {}): void {
  refuseCoreDumps();
  const log = createStandardErrorLogger();
  const dispatch = createVaultDispatch(
    { ...createServices(), ...INSECURE_testCosts },
    ({ channel, error, expected }) =>
      expected ? null : log({ level: 'error', event: 'vault.failed', fields: { channel }, error }),
  );
  serveProcess({ dispatch });
}
