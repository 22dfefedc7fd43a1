// What the vault's use cases are built with: ports, clock and chance. The process entry fills it in; nothing else reaches outside.
import type { ExportFormat } from '../../../shared/ipc/contract/statements.ts';
import type { BackupArchive } from '../ports/backup-archive.ts';
import type { Clock, Random } from '../ports/clock.ts';
import type { PasswordKdf } from '../ports/key-derivation.ts';
import type { EvidenceFiles } from '../ports/evidence-files.ts';
import type { KitDocument } from '../ports/kit-document.ts';
import type { NewFiles } from '../ports/new-files.ts';
import type { OfficeFolders } from '../ports/office-folder.ts';
import type { OneTimeCodes } from '../ports/one-time-codes.ts';
import type { PasswordEstimator } from '../ports/password-estimator.ts';
import type { SealedTexts } from '../ports/sealed-text.ts';
import type { Sealer } from '../ports/sealer.ts';
import type { StatementWriter } from '../ports/statement-writer.ts';
import type { VaultDatabases } from '../ports/vault-databases.ts';
import type { HeaderFiles } from '../ports/vault-header.ts';

export interface VaultServices {
  readonly databases: VaultDatabases;
  readonly headers: HeaderFiles;
  readonly folders: OfficeFolders;
  readonly evidence: EvidenceFiles;
  readonly newFiles: NewFiles;
  readonly statementWriters: Readonly<Record<ExportFormat, StatementWriter>>;
  readonly archive: BackupArchive;
  readonly kdf: PasswordKdf;
  readonly sealer: Sealer;
  readonly sealedTexts: SealedTexts;
  readonly oneTimeCodes: OneTimeCodes;
  readonly passwords: PasswordEstimator;
  readonly kitDocument: KitDocument;
  /** Whether this process writes nothing of itself to disk when it crashes. */
  readonly coreDumps: () => 'off' | 'unknown';
  readonly clock: Clock;
  readonly random: Random;
}
