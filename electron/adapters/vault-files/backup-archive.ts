// Backups as age v1 files around a tar stream, written and read in constant memory. It knows no office and keeps no key.
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { AppError } from '../../../shared/errors/app-error.ts';
import type {
  ArchiveEntry,
  ArchiveSink,
  ArchiveSource,
  BackupArchive,
  ReadArchive,
  ReadEntry,
  WriteArchive,
  WrittenArchive,
} from '../../core/ports/backup-archive.ts';
import { labelRecipient, readAgeHeader, readLabel } from './backup-label.ts';
import { fileErrorCode, translateFileError, translatePathError } from './file-system.ts';
import { writeUnpublished, type UnpublishedFile } from './publish-file.ts';
import { readTar, TAR_END, tarHeader, tarPadding, type TarEntry } from './tar.ts';

const READ_BYTES = 256 * 1024;
/** Entries kept in memory: keys and manifest of thousands of clients. */
const MAX_KEPT_BYTES = 16 * 1024 * 1024;
const MAX_IDENTITY_FILE_BYTES = 64 * 1024;
/** Cost of the passphrase's identity file: N = 2^18, about a second. @see https://age-encryption.org/v1, scrypt */
const SCRYPT_WORK_FACTOR = 18;

/** Makes the passphrase's derivation a toy, for tests that write many backups. No entry point that ships passes it. */
export const INSECURE_TEST_SCRYPT: unique symbol = Symbol('INSECURE_TEST_SCRYPT');
const TOY_WORK_FACTOR = 4;

/** Where the passphrase's identity lies. */
export function identityPath(path: string): string {
  return `${path}.identity.age`;
}

/** Web streams end with the file's own error; the file is closed when the stream is given up. */
function streamOf(path: string, end?: number): ReadableStream<Uint8Array> {
  const options = { highWaterMark: READ_BYTES, ...(end === undefined ? {} : { end }) };
  return Readable.toWeb(createReadStream(path, options)) as ReadableStream<Uint8Array>;
}

async function* bytesOf({ content }: ArchiveSource): AsyncGenerator<Uint8Array> {
  if (content instanceof Uint8Array) yield content;
  else if (content.bytes > 0) yield* streamOf(content.path, content.bytes - 1);
}

const sizeOf = ({ content }: ArchiveSource): number => (content instanceof Uint8Array ? content.length : content.bytes);

async function* tarOf({ entries, manifest }: WriteArchive): AsyncGenerator<Uint8Array> {
  const written: ArchiveEntry[] = [];
  const mtime = Math.floor(Date.now() / 1000);
  async function* entry(source: ArchiveSource): AsyncGenerator<Uint8Array> {
    const [bytes, hash] = [sizeOf(source), createHash('sha256')];
    yield tarHeader({ name: source.name, bytes }, mtime);
    for await (const chunk of bytesOf(source)) {
      hash.update(chunk);
      yield chunk;
    }
    yield tarPadding(bytes);
    written.push({ name: source.name, bytes, sha256: hash.digest('hex') });
  }
  for (const source of entries) yield* entry(source);
  yield* entry(manifest(written));
  yield TAR_END;
}

interface Passphrased {
  readonly recipient: string;
  readonly file: UnpublishedFile;
}

/** An identity of this backup alone, in the form `age -d -i` takes. */
async function writeIdentity(path: string, passphrase: string, workFactor: number): Promise<Passphrased> {
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(workFactor);
  const sealed = await encrypter.encrypt(`# public key: ${recipient}\n${identity}\n`);
  return { recipient, file: await writeUnpublished(identityPath(path), Readable.from([sealed])) };
}

async function* measured(
  stream: AsyncIterable<Uint8Array>,
  onChunk: (chunk: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) {
    onChunk(chunk);
    yield chunk;
  }
}

async function writeEncrypted(
  options: WriteArchive,
  recipients: readonly string[],
): Promise<WrittenArchive & { file: UnpublishedFile }> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  encrypter.addRecipient(labelRecipient(options.label));
  const plain = Readable.toWeb(Readable.from(tarOf(options))) as ReadableStream<Uint8Array>;
  const hash = createHash('sha256');
  let bytes = 0;
  const encrypted = measured(await encrypter.encrypt(plain), (chunk) => {
    hash.update(chunk);
    bytes += chunk.length;
  });
  const file = await writeUnpublished(options.path, encrypted);
  return { file, bytes, sha256: hash.digest('hex') };
}

/** The identity file appears first: a backup without it would be one its passphrase doesn't open. */
async function write(options: WriteArchive, workFactor: number): Promise<WrittenArchive> {
  const { path, passphrase, recipients } = options;
  const own = passphrase === null ? null : await writeIdentity(path, passphrase, workFactor);
  let archive: UnpublishedFile | null = null;
  try {
    const { file, ...written } = await writeEncrypted(options, own ? [...recipients, own.recipient] : recipients);
    archive = file;
    await own?.file.publish();
    await archive.publish();
    return written;
  } catch (error) {
    await own?.file.discard();
    await archive?.discard();
    throw error;
  }
}

function translateAgeError(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  if (fileErrorCode(error) !== null) return translateFileError(error);
  return new AppError('BACKUP_INCOMPLETE', {}, { cause: error });
}

async function identityByPassphrase(path: string, passphrase: string): Promise<string> {
  await readAgeHeader(path);
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  try {
    const sealed = await readFile(identityPath(path));
    if (sealed.length > MAX_IDENTITY_FILE_BYTES) throw new AppError('BACKUP_FILE_INVALID', { reason: 'identity' });
    const lines = (await decrypter.decrypt(sealed, 'text')).split('\n');
    const identity = lines.find((line) => line.startsWith('AGE-SECRET-KEY-1'));
    if (identity !== undefined) return identity.trim();
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('BACKUP_NO_MATCHING_KEY', {}, { cause: error });
  }
  throw new AppError('BACKUP_FILE_INVALID', { reason: 'identity' });
}

async function decrypted({ path, identity }: ReadArchive): Promise<ReadableStream<Uint8Array>> {
  const header = await readAgeHeader(path);
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  try {
    await decrypter.decryptHeader(header);
  } catch (cause) {
    const unmatched = cause instanceof Error && cause.message.startsWith('no identity matched');
    throw new AppError(unmatched ? 'BACKUP_NO_MATCHING_KEY' : 'BACKUP_FILE_INVALID', {}, { cause });
  }
  return await decrypter.decrypt(streamOf(path));
}

async function drain(entry: TarEntry, hash: Hash, take: (chunk: Buffer) => Promise<void> | void): Promise<void> {
  for await (const chunk of entry.content) {
    hash.update(chunk);
    await take(chunk);
  }
}

async function intoFile(entry: TarEntry, hash: Hash, path: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await drain(entry, hash, (chunk) => file.writeFile(chunk));
    await file.sync();
  } finally {
    await file.close();
  }
}

async function readEntry(entry: TarEntry, sink: ArchiveSink): Promise<ReadEntry> {
  const hash = createHash('sha256');
  const kept: Buffer[] = [];
  if (sink === 'keep' && entry.bytes > MAX_KEPT_BYTES) throw new AppError('BACKUP_FILE_INVALID', { reason: 'size' });
  if (typeof sink === 'object') await intoFile(entry, hash, sink.path);
  else await drain(entry, hash, (chunk) => void (sink === 'keep' && kept.push(Buffer.from(chunk))));
  const { name, bytes } = entry;
  return { name, bytes, sha256: hash.digest('hex'), content: sink === 'keep' ? Buffer.concat(kept) : null };
}

async function read(options: ReadArchive): Promise<readonly ReadEntry[]> {
  const stream = await decrypted(options);
  const chunks = stream[Symbol.asyncIterator]();
  const entries: ReadEntry[] = [];
  try {
    for await (const entry of readTar(chunks)) entries.push(await readEntry(entry, options.sinkOf(entry.name)));
    if (!(await chunks.next()).done) throw new AppError('BACKUP_FILE_INVALID', { reason: 'tail' });
    return entries;
  } catch (error) {
    throw translateAgeError(error);
  } finally {
    await chunks.return?.();
  }
}

async function digest(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of streamOf(path)) hash.update(chunk);
    return hash.digest('hex');
  } catch (error) {
    throw translatePathError(error, 'BACKUP_FILE_UNREADABLE');
  }
}

/** @see build/decisions/0005-backup-format.md */
export function createBackupArchive(weakness?: typeof INSECURE_TEST_SCRYPT): BackupArchive {
  const workFactor = weakness === INSECURE_TEST_SCRYPT ? TOY_WORK_FACTOR : SCRYPT_WORK_FACTOR;
  return {
    write: (options) => write(options, workFactor),
    label: readLabel,
    identityByPassphrase,
    read,
    digest,
  };
}
