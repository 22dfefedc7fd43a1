// An expected failure as the command line says it: what happened, whose move it is, what to do, and the code.
import type { AppError } from '../../shared/errors/app-error.ts';
import { wordError } from '../../shared/errors/texts.ts';

export function describeError({ code, params }: AppError): string {
  const { title, whatHappened, dataAffected, nextStep } = wordError({ code, params });
  return [`${title} (${code})`, whatHappened, dataAffected, nextStep].filter((line) => line !== '').join('\n');
}
