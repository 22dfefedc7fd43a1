// A health cause is worded by the window and judged by the vault; both must name the same person's move.
import { describe, expect, it } from 'vitest';
import { JUDGEMENTS } from '../../electron/core/vault/health.ts';
import { errorTexts } from '../../shared/errors/texts.ts';
import { ERROR_CODES } from '../../shared/errors/codes.ts';

const judged = ERROR_CODES.flatMap((code) => {
  const judgement = JUDGEMENTS[code];
  return judgement ? [{ code, move: judgement[1] }] : [];
});

describe('whose move it is', () => {
  it.each(judged)('$code: the vault and the text say the same', ({ code, move }) => {
    const { whoseMove } = errorTexts[code];
    // A person sees the program's own move as nobody's.
    expect(whoseMove === 'program' ? 'nobody' : whoseMove).toBe(move);
  });
});
