// Files named on the command line, as chunks. Only plain files: a folder or a pipe is refused before anything is read.
import { open, stat } from 'node:fs/promises';
import { AppError } from '../../shared/errors/app-error.ts';

const CHUNK_BYTES = 1024 * 1024;

function unreadable(path: string, cause?: unknown): AppError {
  return new AppError('STATEMENT_UNREADABLE', { path }, { cause });
}

/** Size of a plain file in bytes. @throws {AppError} STATEMENT_UNREADABLE */
export async function fileBytes(path: string): Promise<number> {
  const info = await stat(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  if (!info.isFile()) throw unreadable(path);
  return info.size;
}

/** The bytes of a plain file, at most 1 MiB a chunk; a chunk is good until the next one. @throws {AppError} STATEMENT_UNREADABLE */
export async function* readFileChunks(path: string): AsyncGenerator<Uint8Array> {
  await fileBytes(path);
  const file = await open(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  try {
    const buffer = Buffer.alloc(CHUNK_BYTES);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** A plain file's first bytes, at most 1 MiB. @throws {AppError} STATEMENT_UNREADABLE */
export async function readFileHead(path: string): Promise<{ head: Uint8Array; complete: boolean }> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of readFileChunks(path)) {
    pieces.push(Uint8Array.from(chunk));
    length += chunk.length;
    if (length >= CHUNK_BYTES) break;
  }
  const head = Buffer.concat(pieces).subarray(0, CHUNK_BYTES);
  return { head, complete: head.length < CHUNK_BYTES };
}
