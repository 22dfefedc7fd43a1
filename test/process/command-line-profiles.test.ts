// Files without fixed meaning on the command line: surveyed, asked about, answered in a file, read; archives like any file.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { StatementInspection } from '../../shared/model/statement-inspection.ts';
import { StatementSurvey } from '../../shared/model/statement-survey.ts';
import { strongroom } from '../builders/command-line.ts';
import { camtText, ledgerRows } from '../builders/statement-files.ts';
import { zipOf } from '../builders/zip-files.ts';

let folder = '';
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strongroom-profiles-'));
  await writeFile(at('open.csv'), 'Date,Text,Amount\n01/02/2026,Rent,-12.50\n03/04/2026,Invoice,100.00\n');
  await writeFile(
    at('clear.csv'),
    'Date,Text,Amount,Currency\n2026-01-30,Rent,-12.50,GBP\n2026-01-31,Invoice,100.25,GBP\n',
  );
  await writeFile(at('camt.zip'), zipOf([{ name: 'a.xml', content: camtText({ rows: ledgerRows(3) }) }]));
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

async function inspect(...words: string[]) {
  const { stdout, stderr, code } = await strongroom(['statements', 'inspect', ...words, '--json']);
  return { inspections: StatementInspection.array().parse(JSON.parse(stdout)), stderr, code };
}

describe('statements', () => {
  test('an open file is asked about, answered, read', async () => {
    const refused = await inspect(at('open.csv'));
    expect(refused.code).toBe(30);
    const [first] = refused.inspections;
    expect(first?.error).toMatchObject({ code: 'STATEMENT_PROFILE_NEEDED' });
    expect(first?.error?.params['questions']).toContain('(dateOrder)? One of ');
    expect(refused.stderr).toContain('--profile PROFILE.json');

    const survey = ['statements', 'survey', at('open.csv'), '--output', at('open.json'), '--json'];
    const { stdout } = await strongroom(survey);
    expect(StatementSurvey.parse(JSON.parse(stdout)).proposal?.questions.length).toBeGreaterThan(0);
    const written = JSON.parse(await readFile(at('open.json'), 'utf8')) as { profile: object };
    const answered = { ...written, profile: { ...written.profile, dateOrder: 'dmy', currency: 'GBP' } };
    await writeFile(at('answered.json'), JSON.stringify(answered));

    const { inspections, code } = await inspect(at('open.csv'), '--profile', at('answered.json'));
    expect(code).toBe(0);
    expect(inspections[0]?.statements[0]?.transactions).toMatchObject([
      { bookingDate: '2026-02-01', amountMinor: '-1250', currency: 'GBP' },
      { bookingDate: '2026-04-03', amountMinor: '10000', currency: 'GBP' },
    ]);
  });

  test('a clear file is read by its own proposal, and says so', async () => {
    const { inspections, stderr } = await inspect(at('clear.csv'));
    expect(inspections[0]?.warnings).toMatchObject([{ code: 'PROFILE_PROPOSED' }]);
    expect(inspections[0]?.statements[0]?.transactions.map(({ amountMinor }) => amountMinor)).toEqual([
      '-1250',
      '10025',
    ]);
    expect(stderr).toContain('its own proposal');
  });

  test('an archive is read like its files', async () => {
    const { inspections, code } = await inspect(at('camt.zip'));
    expect(code).toBe(0);
    expect(inspections).toMatchObject([{ format: 'camt', error: null }]);
    expect(inspections[0]?.statements[0]?.transactions).toHaveLength(3);
  });
});
