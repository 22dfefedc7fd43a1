// Profiles as files, and the questions of a file: what is written reads back, what is no profile is refused, every question can be answered.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readProfileFile, writeProfileFile } from '../../electron/cli/profile-file.ts';
import { askQuestion, profileNeeded } from '../../electron/cli/profile-questions.ts';
import { SurveyQuestion } from '../../shared/model/statement-survey.ts';
import { aCsvProfile } from '../builders/csv-profiles.ts';

let folder = '';
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'strongroom-profile-'))));
afterAll(async () => await rm(folder, { recursive: true, force: true }));

const shared = { name: 'Harbour Bank', signature: 'a'.repeat(64), profile: aCsvProfile() };

describe('a profile file', () => {
  test('reads back as it was written, and is never written over another', async () => {
    const path = join(folder, 'bank.json');
    await writeProfileFile(path, shared);
    expect(await readProfileFile(path)).toEqual(shared);
    await expect(writeProfileFile(path, shared)).rejects.toMatchObject({ code: 'EXPORT_DESTINATION_EXISTS' });
    const nowhere = writeProfileFile(join(folder, 'none', 'bank.json'), shared);
    await expect(nowhere).rejects.toMatchObject({ code: 'EXPORT_FOLDER_NOT_FOUND' });
  });

  test.each([
    ['no JSON', '{'],
    ['another JSON', '[]'],
    ['a profile with a field too many', JSON.stringify({ ...shared, clientId: 'x' })],
    ['a profile with a wrong field', JSON.stringify({ ...shared, profile: { ...shared.profile, dateOrder: 'any' } })],
    ['a prototype', `{"__proto__": ${JSON.stringify(shared)}}`],
  ])('%s is refused', async (_, text) => {
    const path = join(folder, 'wrong.json');
    await writeFile(path, text);
    await expect(readProfileFile(path)).rejects.toMatchObject({ code: 'USAGE_INVALID' });
  });

  test('a missing one is named', async () => {
    const path = join(folder, 'missing.json');
    await expect(readProfileFile(path)).rejects.toMatchObject({ code: 'STATEMENT_UNREADABLE', params: { path } });
  });
});

describe('questions', () => {
  test.each(SurveyQuestion.shape.topic.options)('%s is asked with its answers and its cells', (topic) => {
    const text = askQuestion({ topic, options: ['a\tb', 'c'], examples: ['01/02/2026'] });
    expect(text).toMatch(/\?/);
    expect(text).toContain('One of ‘a⇥b’, ‘c’. In the file: ‘01/02/2026’.');
  });

  test('an error about them carries them all and says how to answer', () => {
    const questions = [{ topic: 'dateOrder' as const, options: ['dmy', 'mdy'], examples: [] }];
    const { code, params } = profileNeeded('csv', { profile: null, questions, signature: '', columns: [], sample: [] });
    expect(code).toBe('STATEMENT_PROFILE_NEEDED');
    expect(params['format']).toBe('CSV');
    expect(params['questions']).toMatch(/^No column with dates.*\(dateOrder\)\? One of ‘dmy’, ‘mdy’\.$/);
    expect(params['answer']).toContain('--profile');
  });
});
