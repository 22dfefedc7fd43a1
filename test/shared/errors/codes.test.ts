// Codes and exit codes belong together: every code has an area, no two areas share an exit code.
import { expect, test } from 'vitest';
import { AppError, fromWireError, toWireError, WireError } from '../../../shared/errors/app-error.ts';
import { AREA_EXIT_CODES, areaOf, ERROR_CODES, exitCodeOf } from '../../../shared/errors/codes.ts';

test('every code names an area that has an exit code', () => {
  for (const code of ERROR_CODES) expect(Object.keys(AREA_EXIT_CODES)).toContain(areaOf(code));
});

test('codes and exit codes are unique; no exit code means success', () => {
  expect(new Set(ERROR_CODES).size).toBe(ERROR_CODES.length);
  const exits = Object.values(AREA_EXIT_CODES);
  expect(new Set(exits).size).toBe(exits.length);
  expect(exits).not.toContain(0);
  expect(exitCodeOf('USAGE_INVALID')).toBe(2);
});

test('an error survives the wire', () => {
  const wire = WireError.parse(
    JSON.parse(JSON.stringify(toWireError(new AppError('BANK_TIMEOUT', { host: 'x' }, { retryable: true }), 'a1'))),
  );
  expect(wire).toEqual({ code: 'BANK_TIMEOUT', params: { host: 'x' }, retryable: true, ref: 'a1' });
  expect(fromWireError(wire)).toMatchObject({ code: 'BANK_TIMEOUT', params: { host: 'x' }, retryable: true });
});
