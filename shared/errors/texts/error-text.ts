// The shape of an error's wording. Values in braces are filled from the error's params: `{host}`.
import type { ErrorCode } from '../codes.ts';

/** Who can do something about an error. */
export type Mover = 'nobody' | 'you' | 'bank' | 'client' | 'program';

export interface ErrorText {
  readonly title: string;
  readonly whatHappened: string;
  readonly whoseMove: Mover;
  /** Only where waiting has a limit. */
  readonly byWhen?: string;
  readonly dataAffected: string;
  readonly nextStep: string;
}

/** Wording for the codes of some areas. */
export type ErrorTexts<Areas extends string> = Record<Extract<ErrorCode, `${Areas}_${string}`>, ErrorText>;
