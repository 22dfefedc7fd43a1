// The estimate of passwords: what is on the list, what is guessable, and how long a hostile text may take.
import { describe, expect, it } from 'vitest';
import { createPasswordEstimator } from '../../../electron/adapters/passwords/zxcvbn-estimator.ts';

const estimator = createPasswordEstimator();
const estimate = (password: string, context: readonly string[] = []) => estimator.estimate(password, context);

describe('a common password', () => {
  it.each([
    'password',
    'PASSWORD',
    'P@ssw0rd',
    'drowssap',
    'iloveyou',
    'letmein',
    'qwertyuiop',
    '1q2w3e4r5t',
    '123456789',
  ])('%s is known', (password) => {
    expect(estimate(password)).toMatchObject({ common: true });
    expect(estimate(password).score).toBeLessThan(2);
  });

  it.each(['seven wet bicycles sing', 'letmein and three more words'])('is not all of %s', (password) => {
    expect(estimate(password).common).toBe(false);
  });
});

describe('the score', () => {
  it.each([
    'aaaaaaaaaaaaaaaa',
    'xyzxyzxyzxyzxyzx',
    'passwordpassword',
    'qwertyuiopasdfghjkl',
    '20241231',
    'abcdefghijklmnop',
  ])('of %s is low', (password) => {
    expect(estimate(password).score).toBeLessThan(3);
  });

  it.each(['seven wet bicycles sing', 'grün-Tee.zieht,lange', 'vTz-9kqw-7mLx2b', '日本語のとても長い合言葉ですよね'])(
    'of %s is high',
    (password) => {
      expect(estimate(password).score).toBe(4);
    },
  );

  it('knows the words of the place', () => {
    expect(estimate('zweibrückenhof', []).score).toBeGreaterThan(2);
    expect(estimate('zweibrückenhof', ['Zweibrückenhof']).score).toBeLessThan(2);
  });

  it('never counts eight characters for more than 10^8 guesses', () => {
    for (const password of ['Jx7-kq!p', '€ß7-ü!Åp', '日本語の合言葉で'])
      expect(estimate(password).score).toBeLessThan(3);
  });
});

describe('a hostile text', () => {
  it.each([
    ['look-alike signs', '@4$5!1|0o3e'.repeat(90)],
    ['a common one over and over', 'p4ssw0rd!'.repeat(110)],
    ['digits', '1234567890'.repeat(100)],
    ['one character', 'a'.repeat(1024)],
  ])('of %s takes less than three seconds', (_, password) => {
    estimate('warm');
    const started = performance.now();
    estimate(password);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
