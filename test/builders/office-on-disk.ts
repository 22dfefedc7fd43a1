// An office on real files with a toy key derivation, entered through the vault's own doors in this process. Only tests import it.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAgeSealer } from '../../electron/adapters/crypto/age-sealer.ts';
import { createArgon2Kdf, INSECURE_TEST_KDF } from '../../electron/adapters/crypto/argon2-kdf.ts';
import { createSealedTexts } from '../../electron/adapters/crypto/hpke-sealed-texts.ts';
import { createOneTimeCodes } from '../../electron/adapters/crypto/one-time-codes.ts';
import { createKitDocument } from '../../electron/adapters/documents/recovery-kit-pdf.ts';
import { createPasswordEstimator } from '../../electron/adapters/passwords/zxcvbn-estimator.ts';
import { STATEMENT_WRITERS } from '../../electron/adapters/statement-writers/writers.ts';
import { createOfficeDatabases } from '../../electron/adapters/sqlite/office-databases.ts';
import { createBackupArchive, INSECURE_TEST_SCRYPT } from '../../electron/adapters/vault-files/backup-archive.ts';
import { createEvidenceFiles } from '../../electron/adapters/vault-files/evidence-files.ts';
import {
  nodeFileSystem,
  translatingFileErrors,
  type FileSystem,
} from '../../electron/adapters/vault-files/file-system.ts';
import { createHeaderFiles } from '../../electron/adapters/vault-files/header-files.ts';
import { newFiles } from '../../electron/adapters/vault-files/new-files.ts';
import { createOfficeFolders } from '../../electron/adapters/vault-files/office-folders.ts';
import { createCallContext, type CallContext, type SessionHolder } from '../../electron/core/vault/call-context.ts';
import { createClientHandlers } from '../../electron/core/vault/clients-handlers.ts';
import { close, create, unlock } from '../../electron/core/vault/door.ts';
import type { VaultServices } from '../../electron/core/vault/services.ts';
import type { OfficeSession } from '../../electron/core/vault/session.ts';
import type { OpenedOffice } from '../../shared/ipc/processes/vault-contract.ts';
import { ClientId, newId, OfficeId, UserId } from '../../shared/model/ids.ts';

const PASSWORD = 'seven violet kettles hum by the quay';
const DEVICE_SECRET = Buffer.alloc(32, 7).toString('base64');

/** Everything a vault process has, with toy costs. `files` is what headers, databases, folders and evidence go through. */
export function officeServices(files: FileSystem = nodeFileSystem): VaultServices {
  const headers = createHeaderFiles(files);
  return {
    databases: createOfficeDatabases(translatingFileErrors(files)),
    headers,
    folders: createOfficeFolders(files, headers),
    evidence: createEvidenceFiles(files),
    newFiles,
    statementWriters: STATEMENT_WRITERS,
    archive: createBackupArchive(INSECURE_TEST_SCRYPT),
    kdf: createArgon2Kdf(INSECURE_TEST_KDF),
    sealer: createAgeSealer(),
    sealedTexts: createSealedTexts(),
    oneTimeCodes: createOneTimeCodes(),
    passwords: createPasswordEstimator(),
    kitDocument: createKitDocument(),
    coreDumps: () => 'unknown',
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
    random: (length) => new Uint8Array(randomBytes(length)),
  };
}

/** A folder for offices that goes away with `remove`. */
export function temporaryFolder(name: string) {
  const root = mkdtempSync(join(tmpdir(), `strongroom-${name}-`));
  return { root, at: (...parts: string[]) => join(root, ...parts), remove: () => rmSync(root, { recursive: true }) };
}

/** An office that is open, and who is in it. */
export interface OpenOfficeOnDisk {
  readonly session: OfficeSession;
  /** A context of the signed-in user for the channel. */
  readonly contextOf: (channel: string) => CallContext;
  readonly opened: OpenedOffice;
  /** Closes it as a lock does. Returns the anchor. */
  readonly close: () => string | null;
}

function openOffice(services: VaultServices, holder: SessionHolder, opened: OpenedOffice): OpenOfficeOnDisk {
  const session = holder.current;
  if (!session) throw new TypeError('nobody is in');
  return {
    session,
    opened,
    contextOf: (channel) => createCallContext(services, channel, session),
    close: () => close(holder),
  };
}

export async function createOfficeOnDisk(services: VaultServices, directory: string): Promise<OpenOfficeOnDisk> {
  const { sealedTexts } = services;
  const holder: SessionHolder = { current: null };
  const context = createCallContext(services, 'vaultOffice.create', null);
  const replyKey = await sealedTexts.publicKey();
  const { opened } = await create(
    services,
    { holder, context },
    {
      directory,
      officeId: newId(OfficeId, 'office', randomBytes(10)),
      name: 'Keel & Partners',
      ownerName: 'Ada Keel',
      password: await sealedTexts.seal(replyKey, 'new-password', PASSWORD),
      deviceSecret: DEVICE_SECRET,
      lockAfterMinutes: 5,
      window: 'test',
      replyKey,
    },
  );
  return openOffice(services, holder, opened);
}

export interface SignInOnDisk {
  readonly directory: string;
  readonly userId: string;
  readonly anchor?: string | null;
  readonly acceptOlderState?: boolean;
}

export async function signInOnDisk(services: VaultServices, options: SignInOnDisk): Promise<OpenOfficeOnDisk> {
  const { directory, userId, anchor = null, acceptOlderState = false } = options;
  const { sealedTexts } = services;
  const holder: SessionHolder = { current: null };
  const context = createCallContext(services, 'vaultOffice.unlock', null);
  const opened = await unlock(
    services,
    { holder, context },
    {
      directory,
      userId: UserId.parse(userId),
      password: await sealedTexts.seal(await sealedTexts.publicKey(), 'password', PASSWORD),
      deviceSecret: DEVICE_SECRET,
      deviceOutput: null,
      code: null,
      window: 'test',
      anchor,
      acceptOlderState,
      alerts: [],
    },
  );
  return openOffice(services, holder, opened);
}

export async function addClientOnDisk(
  services: VaultServices,
  office: OpenOfficeOnDisk,
  name: string,
): Promise<ClientId> {
  const { id } = await createClientHandlers(services).add({ name }, office.contextOf('clients.add'));
  return ClientId.parse(id);
}
