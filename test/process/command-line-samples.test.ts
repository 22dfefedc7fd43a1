// `strongroom statements inspect` over all samples in one process: the answer is the one that the tables of the samples know, file by file.
import { createReadStream, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { inspectStatement } from '../../electron/adapters/statements/inspect.ts';
import { StatementInspection } from '../../shared/model/statement-inspection.ts';
import { strongroom } from '../builders/command-line.ts';
import { describeWithShared } from '../builders/shared-data.ts';

/** Folders that the tables under test/adapters/statements list file by file. */
const FOLDERS = ['bai2', 'camt', 'mt940', 'ofx'];

function samplesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

describeWithShared('samples', 'statements inspect over every sample', (samples) => {
  const files = FOLDERS.flatMap((folder) => samplesUnder(join(samples, folder)));

  test('answers as the readers do, for JSON and for people', async () => {
    const { code, stdout } = await strongroom(['statements', 'inspect', ...files, '--json']);
    const inspections = StatementInspection.array().parse(JSON.parse(stdout));
    const expected = await Promise.all(files.map((file) => inspectStatement(file, createReadStream(file))));
    expect(inspections).toEqual(expected);
    expect(code, 'some are refused').toBe(30);

    const told = await strongroom(['statements', 'inspect', ...files]);
    expect(told.code).toBe(30);
    for (const file of files) expect(told.stdout + told.stderr, file).toContain(basename(file));
  });
});
