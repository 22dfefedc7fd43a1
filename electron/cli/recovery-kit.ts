// The recovery kit on the command line: shown once, and saved as a PDF where one is wanted. A PDF that fails never hides the key.
import { resolve } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';
import { exitCodeOf } from '../../shared/errors/codes.ts';
import { describeError } from '../../shared/errors/describe-error.ts';
import type { RecoveryKit } from '../../shared/ipc/contract/office.ts';
import type { AppClient, CommandContext } from './command.ts';

export const recoveryKeyOf = ({ groups }: RecoveryKit): string => groups.join('-');

/** Path of the PDF that `--kit` names; null where none is wanted or it could not be written, which the exit code says. */
export async function saveKit(app: AppClient, { args, output }: CommandContext): Promise<string | null> {
  const named = args.value('kit');
  if (named === null) return null;
  const path = resolve(named);
  try {
    await app.office.saveRecoveryKit({ path });
    return path;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    output.say(describeError(error));
    process.exitCode = exitCodeOf(error.code);
    return null;
  }
}

/** Shows a kit that was just made. */
export async function showKit(app: AppClient, context: CommandContext, kit: RecoveryKit): Promise<void> {
  const { officeId, officeName: name, createdAt } = kit;
  const recoveryKey = recoveryKeyOf(kit);
  const saved = await saveKit(app, context);
  context.output.say(
    'Keep the recovery key on paper. It is shown once and opens the office when password or computer are lost.',
  );
  context.output.result({ officeId, name, createdAt, recoveryKey, kit: saved }, () =>
    [`Office ${name} (${officeId})`, `Recovery key: ${recoveryKey}`, ...(saved ? [`Kit: ${saved}`] : [])].join('\n'),
  );
}
