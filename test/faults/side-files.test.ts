// Every file operation of our own writers fails once: the old or the new content is there, never neither and never a mixture.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEvidenceFiles } from '../../electron/adapters/vault-files/evidence-files.ts';
import { nodeFileSystem } from '../../electron/adapters/vault-files/file-system.ts';
import { nodePublishing, writeUnpublished } from '../../electron/adapters/vault-files/publish-file.ts';
import { replaceFile } from '../../electron/adapters/vault-files/replace-file.ts';
import { failEveryCall } from './failing-calls.ts';
import { namesIn } from './photographs.ts';

let directory = '';
const at = (name: string): string => join(directory, name);
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'strongroom-side-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** An empty folder again. */
function clear(): void {
  rmSync(directory, { recursive: true });
  mkdirSync(directory);
}

const CHANGING = ['makeDirectory', 'write', 'copy', 'sync', 'rename', 'syncDirectory', 'remove'] as const;

describe('every failing call', () => {
  it.each(['ENOSPC', 'EIO', 'EROFS'])('of a replaced file leaves the old or the new one: %s', async (code) => {
    const failures = await failEveryCall(
      (failing, { at: step, when }) => {
        writeFileSync(at('file'), 'old');
        const files = failing.watch(nodeFileSystem, CHANGING);
        try {
          replaceFile(files, at('file'), Buffer.from('new'));
          expect(readFileSync(at('file'), 'utf8')).toBe('new');
        } catch (error) {
          expect(error).toMatchObject({ code });
          expect(['old', 'new'], `${when} ${step}`).toContain(readFileSync(at('file'), 'utf8'));
        }
        clear();
      },
      { code },
    );
    expect(failures).toBe(8);
  });

  it('of a backup or a kit leaves nothing of that name, or all of it', async () => {
    const chunks = ['one ', 'two ', 'three'].map((text) => Buffer.from(text));
    async function* content(): AsyncGenerator<Uint8Array> {
      for (const chunk of chunks) yield await Promise.resolve(chunk);
    }
    const failures = await failEveryCall(async (failing, { at: step, when }) => {
      const files = failing.watch(nodePublishing, ['write', 'sync', 'link', 'rename', 'remove', 'syncDirectory']);
      let outcome: unknown = 'done';
      let waiting = false;
      try {
        const written = await writeUnpublished(at('backup.age'), content(), files);
        waiting = true;
        expect(existsSync(at('backup.age'))).toBe(false);
        await written.publish();
      } catch (error) {
        outcome = error;
      }
      if (outcome === 'done') expect(namesIn(directory)).toEqual(['backup.age']);
      else
        expect(outcome, `${when} ${step}`).toMatchObject({ code: expect.stringMatching(/^VAULT_DISK_FULL$|^ENOSPC$/) });
      if (!waiting) expect(namesIn(directory), `${when} ${step}`).toEqual([]);
      if (existsSync(at('backup.age'))) expect(readFileSync(at('backup.age'), 'utf8')).toBe('one two three');
      clear();
    });
    expect(failures).toBeGreaterThanOrEqual(14);
  });

  it('of a copy of evidence leaves no half copy under its name, and the original alone', async () => {
    const failures = await failEveryCall((failing, { at: step, when }) => {
      for (const name of ['header.json', 'header.previous.json']) writeFileSync(at(name), name);
      const evidence = createEvidenceFiles(failing.watch(nodeFileSystem, CHANGING));
      let place: string | null = null;
      try {
        place = evidence.keep(directory, 'header');
      } catch (error) {
        expect(error, `${when} ${step}`).toMatchObject({ code: 'VAULT_DISK_FULL' });
      }
      const again = createEvidenceFiles(nodeFileSystem).keep(directory, 'header');
      if (place !== null) expect(again).toBe(place);
      for (const name of ['header.json', 'header.previous.json']) {
        expect(readFileSync(at(name), 'utf8')).toBe(name);
        expect(readFileSync(join(at(again), name), 'utf8'), `${when} ${step}`).toBe(name);
      }
      expect(namesIn(directory).filter((name) => name.includes('partial'))).toEqual([]);
      clear();
    });
    expect(failures).toBeGreaterThanOrEqual(16);
  });
});
