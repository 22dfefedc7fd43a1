// What the account information API answers, before it meets the wire, and its errors in the standard's form.

export type Answer = {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/**
 * Four-character reason codes of v4.0. Only U004 (field missing) is printed in the description at hand; the others follow the order of the v3.1
 * code list that v4.0 replaced.
 */
export type ReasonCode = 'U002' | 'U004' | 'U008' | 'U009' | 'U010' | 'U012' | 'U021';

/** An OBErrorResponse1. @see UK Open Banking Account and Transaction API v4.0, OBErrorResponse1 */
export function errorAnswer(status: number, code: ReasonCode, message: string): Answer {
  return { status, body: { Errors: [{ ErrorCode: code, Message: message }] } };
}

export class AnswerError extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`answered ${answer.status}`);
    this.answer = answer;
  }
}

/** @throws {AnswerError} always: ends the request with an OBErrorResponse1 */
export function refuseWith(status: number, code: ReasonCode, message: string): never {
  throw new AnswerError(errorAnswer(status, code, message));
}
