// `strongroom statements inspect` and `survey`: what a file says, without an office.
import { basename } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import { exitCodeOf } from '../../../shared/errors/codes.ts';
import type { SourceWarning } from '../../../shared/model/source.ts';
import type { StatementInspection } from '../../../shared/model/statement-inspection.ts';
import type { StatementProfile } from '../../../shared/model/statement-profile.ts';
import { failedInspection, inspectStatement } from '../../adapters/statements/inspect.ts';
import { surveyStatement } from '../../adapters/statements/survey.ts';
import type { Command } from '../command.ts';
import { formatTable } from '../output.ts';
import { readProfileFile, writeProfileFile } from '../profile-file.ts';
import { askQuestion, HOW_TO_ANSWER, profileNeeded } from '../profile-questions.ts';
import { readFileChunks, readFileHead } from '../read-file.ts';

function rowsOf({ file, format, version, statements, error }: StatementInspection): (string | number | null)[][] {
  if (error) return [[file, format, version, null, null, null, error.code]];
  return statements.map(({ account, transactions, proof }) => [
    file,
    format,
    version,
    account.iban ?? account.id,
    account.currency,
    transactions.length,
    proof,
  ]);
}

interface Explained {
  readonly profile: StatementProfile | null;
  readonly warnings: SourceWarning[];
}

/** The profile a file proposes itself, where it leaves nothing open. @throws {AppError} STATEMENT_PROFILE_NEEDED, STATEMENT_UNREADABLE */
async function proposed(path: string): Promise<Explained> {
  const { format, proposal } = surveyStatement(await readFileHead(path));
  if (format === null || proposal === null) return { profile: null, warnings: [] };
  if (proposal.profile === null || proposal.questions.length > 0) throw profileNeeded(format, proposal);
  const text = `No profile was given: this ${format.toUpperCase()} file was read by its own proposal, which left nothing open.`;
  return { profile: proposal.profile, warnings: [{ code: 'PROFILE_PROPOSED', text }] };
}

async function inspectFile(path: string, given: StatementProfile | null): Promise<StatementInspection> {
  try {
    const { profile, warnings } = given ? { profile: given, warnings: [] } : await proposed(path);
    const inspection = await inspectStatement(path, readFileChunks(path), profile);
    return { ...inspection, warnings: [...warnings, ...inspection.warnings] };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return failedInspection(path, error);
  }
}

export const statementsInspect: Command = {
  usage: 'statements inspect FILE… [--profile PROFILE.json]',
  summary: 'reads statement files without an office: format, accounts, balances, rows, proof, warnings',
  run: async ({ args, output }) => {
    const paths = args.words.slice(2);
    if (paths.length === 0) throw new AppError('USAGE_INVALID', { problem: 'FILE is missing' });
    const profilePath = args.value('profile');
    const profile = profilePath === null ? null : (await readProfileFile(profilePath)).profile;
    const inspections: StatementInspection[] = [];
    for (const path of paths) inspections.push(await inspectFile(path, profile));
    for (const { file, warnings, error } of inspections) {
      for (const { text } of warnings) output.say(`${file}: ${text}`);
      if (error?.params['questions']) output.say(`${file}: ${error.params['questions']} ${error.params['answer']}`);
    }
    const head = ['file', 'format', 'version', 'account', 'currency', 'rows', 'proof or error'];
    output.result(inspections, () => formatTable(head, inspections.flatMap(rowsOf), [5]));
    const failed = inspections.find(({ error }) => error !== null);
    if (failed?.error) process.exitCode = exitCodeOf(failed.error.code);
  },
};

export const statementsSurvey: Command = {
  usage: 'statements survey FILE [--output PROFILE.json]',
  summary:
    'says what a file is and by which bytes, and what must be answered before it can be read; --output writes the proposal',
  run: async ({ args, output }) => {
    const path = args.word(2, 'FILE');
    const survey = surveyStatement(await readFileHead(path));
    const { proposal, error, entries, format, version, charset, reason } = survey;
    const target = args.value('output');
    if (target !== null) {
      if (!proposal?.profile) throw new AppError('USAGE_INVALID', { problem: `${path} proposes no profile` });
      const { profile, signature } = proposal;
      await writeProfileFile(target, { name: basename(path).slice(0, 120), signature, profile });
    }
    output.result(survey, () =>
      [
        `${[format, version, charset].filter((word) => word !== null).join(', ') || 'unknown'}: ${reason}`,
        ...(entries ?? []).map((entry) => `  ${entry}`),
        ...(proposal?.questions ?? []).map(askQuestion),
        ...(proposal && target === null ? [HOW_TO_ANSWER] : []),
      ].join('\n'),
    );
    if (error) process.exitCode = exitCodeOf(error.code);
  },
};
