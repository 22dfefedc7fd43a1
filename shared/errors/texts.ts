// Wording of every error code: a code without wording does not compile. Plain data and text, no React.
import type { WireError } from './app-error.ts';
import type { ErrorCode } from './codes.ts';
import { bankErrors } from './texts/bank.ts';
import { dataErrors } from './texts/data.ts';
import type { ErrorText } from './texts/error-text.ts';
import { officeErrors } from './texts/office.ts';
import { peopleErrors } from './texts/people.ts';
import { programErrors } from './texts/program.ts';

export type { ErrorText } from './texts/error-text.ts';

export const errorTexts = {
  ...officeErrors,
  ...peopleErrors,
  ...bankErrors,
  ...dataErrors,
  ...programErrors,
} satisfies Record<ErrorCode, ErrorText>;

/** What stands in where an error does not carry the value. */
const STAND_INS: Readonly<Record<string, string>> = { host: 'the server', process: 'background', minimum: 'some more' };
/** A private character that no text contains. */
const HOLE = '\uE000';

function fill(template: string, params: WireError['params']): string {
  const filled = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? STAND_INS[name] ?? HOLE);
  // A value that nothing stands in for leaves together with its brackets or its colon.
  const whole = filled.replaceAll(/ ?\([^()]*\uE000[^()]*\)|:? ?\uE000/g, '');
  return whole.charAt(0).toUpperCase() + whole.slice(1);
}

/** The wording of an error with its params filled in. */
export function wordError(error: Pick<WireError, 'code' | 'params'>): ErrorText {
  const text: ErrorText = errorTexts[error.code];
  return { ...text, whatHappened: fill(text.whatHappened, error.params), nextStep: fill(text.nextStep, error.params) };
}

/** What may be copied into a report: code, reference and the names of the params, never their values. */
export function redactedReport(error: WireError): string {
  const params = Object.keys(error.params).sort().join(', ') || 'none';
  return `${error.code}\nreference: ${error.ref ?? 'none'}\nretryable: ${String(error.retryable)}\nparams: ${params}`;
}
