// Which passwords may protect an office. @see NIST SP 800-63B-4 §3.1.1.2
import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPasswordEstimator } from '../../../electron/adapters/passwords/zxcvbn-estimator.ts';
import {
  minimumPasswordLength,
  ratePassword,
  requireAcceptablePassword,
} from '../../../electron/core/office/password-strength.ts';
import type { PasswordEstimate, PasswordEstimator } from '../../../electron/core/ports/password-estimator.ts';

const zxcvbn = createPasswordEstimator();
const candidate = (password: string, minimumLength = 15) => ({
  password,
  officeName: 'Hale & Moss',
  userName: 'Olivia Brandt',
  minimumLength,
});
const rate = (password: string, minimumLength?: number) => ratePassword(zxcvbn, candidate(password, minimumLength));

/** Answers the same to everything and remembers what it was asked. */
function anEstimator(estimate: PasswordEstimate): PasswordEstimator & { asked: [string, readonly string[]][] } {
  const asked: [string, readonly string[]][] = [];
  return {
    asked,
    estimate: (password, context) => {
      asked.push([password, context]);
      return estimate;
    },
  };
}
const FINE: PasswordEstimate = { score: 4, common: false };
const ANYTHING = 'zq xv kj wp yt bd';

describe('the shortest password', () => {
  it.each([
    [false, false, 15],
    [false, true, 15],
    [true, false, 15],
    [true, true, 8],
  ])('with a second factor %s on a device-bound office %s has %i characters', (secondFactor, deviceBound, length) => {
    expect(minimumPasswordLength({ secondFactor, deviceBound })).toBe(length);
  });

  it.each([
    [15, 14, ['too-short']],
    [15, 15, []],
    [8, 7, ['too-short']],
    [8, 8, []],
  ])('of %i: %i characters give %j', (minimumLength, length, reasons) => {
    const rated = ratePassword(anEstimator(FINE), candidate('x'.repeat(length), minimumLength));
    expect(rated).toEqual({ acceptable: reasons.length === 0, score: 4, minimumLength, reasons });
  });

  it('is counted in characters of the composed form, not in bytes or units', () => {
    const estimator = anEstimator(FINE);
    const reasonsOf = (text: string) => ratePassword(estimator, candidate(text, 8)).reasons;
    expect(reasonsOf('e\u0301'.repeat(7))).toEqual(['too-short']);
    expect(reasonsOf('😀'.repeat(7))).toEqual(['too-short']);
    expect(reasonsOf('😀'.repeat(8))).toEqual([]);
    expect(estimator.asked[0]?.[0]).toBe('é'.repeat(7));
  });

  it('is never trimmed: blanks at its ends count like any other character, and are looked at', () => {
    const estimator = anEstimator(FINE);
    const padded = ` ${'x'.repeat(6)} `;
    expect(ratePassword(estimator, candidate(padded, 8)).reasons).toEqual([]);
    expect(estimator.asked[0]?.[0]).toBe(padded);
  });

  it('exists: eight random characters are enough where eight are allowed', () => {
    expect(rate('Jx7-kq!p', 8)).toMatchObject({ acceptable: true, score: 2 });
  });
});

describe('the longest password', () => {
  it.each([64, 256, 1024])('may have %i characters', (length) => {
    expect(rate('long and winding road, '.repeat(50).slice(0, length)).reasons).not.toContain('too-short');
    expect(ratePassword(anEstimator(FINE), candidate('😀'.repeat(length))).acceptable).toBe(true);
  });

  it('has 1,024 characters', () => {
    const tooLong = candidate('x'.repeat(1025));
    expect(() => ratePassword(anEstimator(FINE), tooLong)).toThrow(
      expect.objectContaining({ code: 'IPC_INPUT_INVALID' }),
    );
  });
});

describe('the estimate', () => {
  it.each([
    [15, 2, ['guessable']],
    [15, 3, []],
    [8, 1, ['guessable']],
    [8, 2, []],
  ] as const)('where %i characters are asked and the score is %i gives %j', (minimumLength, score, reasons) => {
    expect(ratePassword(anEstimator({ score, common: false }), candidate(ANYTHING, minimumLength)).reasons).toEqual(
      reasons,
    );
  });

  it('hears of the office’s and the user’s names, whole and in words', () => {
    const estimator = anEstimator(FINE);
    ratePassword(estimator, candidate(ANYTHING));
    expect(estimator.asked).toEqual([
      [ANYTHING, ['Hale & Moss', 'Hale', 'Moss', 'Olivia Brandt', 'Olivia', 'Brandt', 'strongroom']],
    ]);
  });

  it.each(['password', 'QWERTYUIOP', 'letmein', 'iloveyou'])('knows that %s is common', (password) => {
    expect(rate(password).reasons).toContain('common');
  });

  it('knows a common one in other forms of its letters', () => {
    for (const password of ['ｐａｓｓｗｏｒｄ', 'ⓛⓔⓣⓜⓔⓘⓝ']) expect(rate(password).reasons).toContain('common');
  });

  it.each(['aaaaaaaaaaaaaaaa', 'xyzxyzxyzxyzxyzx', 'passwordpassword', '1234567890123456', 'qwertyuiopasdfghjkl'])(
    'refuses %s although it is long enough',
    (password) => {
      expect(rate(password)).toMatchObject({ acceptable: false, reasons: ['guessable'] });
    },
  );
});

describe('a name', () => {
  it.each([
    ['our hale & moss room 12', 'office-name'],
    ['HaleMoss, seven bicycles', 'office-name'],
    ['seven olivia-brandt wheels', 'own-name'],
    ['OLIVIABRANDT rides away', 'own-name'],
  ])('is seen in %s', (password, reason) => {
    expect(ratePassword(anEstimator(FINE), candidate(password)).reasons).toEqual([reason]);
  });

  it.each(['Ann', '&', '', '1234'])('of %j is too short to be looked for', (name) => {
    const named = { ...candidate('seven bannered wagons 1234'), officeName: name, userName: name };
    expect(ratePassword(anEstimator(FINE), named).reasons).toEqual([]);
  });
});

describe('there is no rule of composition', () => {
  const classes = ['abcdefghij', 'ABCDEFGHIJ', '0123456789', ' -_.,!?', 'äöüß', '日本語合言葉', '😀🚲🌧'].map((one) =>
    string({ unit: constantFrom(...Array.from(one)), minLength: 0, maxLength: 24 }),
  );

  it('any mix of characters is accepted when the estimate is', () => {
    const mix = array(oneof(...classes), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
    assert(
      property(mix, (password) => {
        const long = Array.from(password.normalize('NFKC')).length >= 15;
        expect(ratePassword(anEstimator(FINE), candidate(password)).acceptable).toBe(long);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    'seven wet bicycles sing',
    'SEVEN WET BICYCLES SING',
    '739184620571839462',
    '日本語のとても長い合言葉ですよね',
  ])('%s will do', (password) => {
    expect(rate(password)).toMatchObject({ acceptable: true, reasons: [] });
  });
});

describe('requireAcceptablePassword', () => {
  const refusal = (password: string, estimate: PasswordEstimate) => () =>
    requireAcceptablePassword(anEstimator(estimate), candidate(password));

  it.each([
    ['short', 'x', { score: 0, common: true }, 'SESSION_PASSWORD_TOO_SHORT'],
    ['common', ANYTHING, { score: 0, common: true }, 'SESSION_PASSWORD_COMMON'],
    ['guessable', ANYTHING, { score: 1, common: false }, 'SESSION_PASSWORD_GUESSABLE'],
    ['the office’s name', 'the Hale Moss room', FINE, 'SESSION_PASSWORD_GUESSABLE'],
    ['the own name', 'i am Olivia Brandt', FINE, 'SESSION_PASSWORD_GUESSABLE'],
  ] as const)('refuses what is %s', (_, password, estimate, code) => {
    expect(refusal(password, estimate)).toThrow(expect.objectContaining({ code }));
  });

  it('says how long it must be', () => {
    expect(refusal('x', FINE)).toThrow(expect.objectContaining({ params: { minimum: '15' } }));
  });

  it('lets the others pass', () => {
    expect(refusal(ANYTHING, FINE)).not.toThrow();
  });
});
