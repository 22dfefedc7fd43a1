// Wording of errors: complete, filled, without holes, and redacted when copied.
import { describe, expect, it } from 'vitest';
import { errorTexts, redactedReport, wordError } from '../../shared/errors/texts.ts';
import { ERROR_CODES } from '../../shared/errors/codes.ts';

describe('error texts', () => {
  it.each(ERROR_CODES)('%s reads well without its params', (code) => {
    const { title, whatHappened, dataAffected, nextStep } = wordError({ code, params: {} });
    for (const sentence of [title, whatHappened, dataAffected, nextStep]) {
      expect(sentence).toMatch(/^[A-Z]/);
      expect(sentence).not.toMatch(/[{}\uE000!]|\(\)|  | [.,]/);
    }
    expect(nextStep).toMatch(/[.]$/);
    expect(whatHappened.length).toBeGreaterThan(title.length / 2);
  });

  it('has texts for the codes that exist and no others', () => {
    expect(Object.keys(errorTexts).sort()).toEqual([...ERROR_CODES].sort());
  });

  it('fills in what the error carries', () => {
    expect(wordError({ code: 'BANK_SERVER_ERROR', params: { status: '503' } }).whatHappened).toContain('(status 503)');
    expect(wordError({ code: 'BANK_SERVER_ERROR', params: {} }).whatHappened).not.toContain('status');
  });

  it('copies names of params, never their values', () => {
    const report = redactedReport({
      code: 'TLS_WRONG_HOST',
      params: { host: 'secret.example' },
      retryable: false,
      ref: 'log-1',
    });
    expect(report).toContain('TLS_WRONG_HOST');
    expect(report).toContain('params: host');
    expect(report).not.toContain('secret.example');
  });
});
