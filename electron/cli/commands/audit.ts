// `strongroom audit …`: export an audit log, and verify an exported one without any office.
import { Buffer } from 'node:buffer';
import { resolve } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import { verifyExport, type VerifiedExport } from '../../core/vault/audit/verify-export.ts';
import type { Command } from '../command.ts';
import { findClient } from '../lookup.ts';
import { withOffice } from '../open-office.ts';
import { readFileChunks } from '../read-file.ts';

/** Longer than any entry; a longer line is another kind of file. */
const MAX_LINE_BYTES = 8 * 1024 * 1024;

function notAnExport(where: string, cause?: unknown): AppError {
  return new AppError('AUDIT_FILE_INVALID', { where }, { cause });
}

/** Text must survive its decoding unchanged, since its bytes are signed. */
function decode(line: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line);
  } catch (cause) {
    throw notAnExport('it is not UTF-8 text', cause);
  }
}

async function* chunksOf(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* readFileChunks(path);
  } catch (cause) {
    throw notAnExport('it cannot be read', cause);
  }
}

/** Lines that end with a line feed; what follows the last one is a line too. @throws {AppError} AUDIT_FILE_INVALID */
export async function* readExportLines(path: string): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  for await (const chunk of chunksOf(path)) {
    const bytes = Buffer.concat([rest, chunk]);
    let start = 0;
    for (let feed = bytes.indexOf(10); feed >= 0; feed = bytes.indexOf(10, start)) {
      yield decode(bytes.subarray(start, feed));
      start = feed + 1;
    }
    rest = bytes.subarray(start);
    if (rest.length > MAX_LINE_BYTES) throw notAnExport('a line is too long');
  }
  if (rest.length > 0) yield decode(rest);
}

function wordExport(found: VerifiedExport): string {
  const { chain, officeName, exportedAt, period, personal } = found;
  return [
    `The audit log holds together: ${found.entries} entries of ${chain} (${officeName}), exported ${exportedAt}.`,
    `Period:      ${period ? `${period.from} to ${period.until}` : '–'}`,
    `Head:        ${found.head}`,
    `Checkpoints: ${found.checkpoints}`,
    `Signed by:   ${found.checkpointKey}`,
    `Contents:    ${personal ? 'with names and details' : 'without names and details'}`,
  ].join('\n');
}

export const auditVerify: Command = {
  usage: 'audit verify FILE [--key KEY]',
  summary: 'verifies an exported audit log without an office, against the checkpoint key the office gave you',
  run: async ({ args, output }) => {
    const path = resolve(args.word(2, 'FILE'));
    const found = await verifyExport(readExportLines(path), args.value('key'));
    if (!found.keyGiven) {
      output.say(
        'Without --key only the key inside the file was used. That proves nothing about who signed: ask the office for its checkpoint key by another way.',
      );
    }
    output.result(found, () => wordExport(found));
  },
};

export const auditExport: Command = {
  usage: 'audit export DIR FILE [--client NAME] [--personal]',
  summary: 'writes an audit log as signed JSON lines; names and details only with --personal',
  run: async ({ args, output }) => {
    const path = resolve(args.word(3, 'FILE'));
    const name = args.value('client');
    await withOffice(args, args.word(2, 'DIR'), async (app) => {
      const clientId = name === null ? null : (await findClient(app, name)).id;
      const written = await app.audit.export({ clientId, path, personal: args.flag('personal') });
      output.result({ path, ...written }, () =>
        [`Wrote ${path}: ${written.entries} entries.`, `Checkpoint key: ${written.checkpointKey}`].join('\n'),
      );
    });
  },
};
