// An expected failure as a terminal says it: what happened, whose data, what to do, and the code.
import type { AppError } from './app-error.ts';
import { wordError } from './texts.ts';

/** Title with code, what happened, which data is affected, the next step: a line each. */
export function describeError({ code, params }: Pick<AppError, 'code' | 'params'>): string {
  const { title, whatHappened, dataAffected, nextStep } = wordError({ code, params });
  return [`${title} (${code})`, whatHappened, dataAffected, nextStep].filter((line) => line !== '').join('\n');
}
