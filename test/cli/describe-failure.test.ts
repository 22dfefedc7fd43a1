// Damage and other trouble of an office as a terminal says it: what happened, whose move it is, the command that leads out, the copies kept.
import { describe, expect, test } from 'vitest';
import { describeFailure } from '../../electron/cli/describe-failure.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../shared/errors/codes.ts';
import { errorTexts } from '../../shared/errors/texts.ts';

const RESTORE = 'strongroom backup restore FILE NEW_DIR --recovery-key-file F';

describe('describeFailure', () => {
  test.each<[ErrorCode, string]>([
    ['VAULT_CORRUPT', RESTORE],
    ['VAULT_HEADER_CORRUPT', RESTORE],
    ['VAULT_HEADER_TAMPERED', RESTORE],
    ['VAULT_KDF_REFUSED', RESTORE],
    ['VAULT_ROSTER_TAMPERED', RESTORE],
    ['VAULT_ROLLED_BACK', 'strongroom office unlock-check my-office --accept-older-state'],
    ['VAULT_SCHEMA_NEWER', 'strongroom office unlock-check my-office'],
    ['VAULT_DISK_FULL', 'strongroom verify my-office'],
    ['VAULT_IO', 'strongroom verify my-office'],
    ['OFFICE_IN_USE', 'strongroom office unlock-check my-office'],
    ['OFFICE_FOLDER_NOT_WRITABLE', 'strongroom office unlock-check my-office'],
    ['OFFICE_NOT_FOUND', 'strongroom office create my-office'],
    ['KEYCHAIN_ENTRY_MISSING', 'strongroom office recover my-office --recovery-key-file F'],
  ])('%s names what happened, the mover and the next command', (code, command) => {
    const text = describeFailure(new AppError(code), 'my-office');
    expect(text.startsWith(`${errorTexts[code].title} (${code})\n`)).toBe(true);
    expect(text).toContain(errorTexts[code].dataAffected);
    expect(text).toContain('The next move is yours');
    expect(text).toContain(`\n  ${command}`);
  });

  test('a deadline stands with the move', () => {
    expect(describeFailure(new AppError('VAULT_HEADER_TAMPERED'), null)).toContain('The next move is yours, today.');
  });

  test('copies that were kept are named by their place, missing ones are asked for', () => {
    const kept = new AppError('VAULT_ROLLED_BACK', { what: 'office', evidence: 'evidence/2026-01-05' });
    expect(describeFailure(kept, '/offices/one')).toContain(
      'Copies of the damaged files: /offices/one/evidence/2026-01-05',
    );
    const none = new AppError('VAULT_CORRUPT', { evidence: 'none' });
    expect(describeFailure(none, '/offices/one')).toContain('copy the folder yourself first');
    expect(describeFailure(new AppError('VAULT_CORRUPT'), '/offices/one')).not.toContain('Copies');
  });

  test('a folder’s name is fit for a shell, and stays a placeholder where none was named', () => {
    expect(describeFailure(new AppError('VAULT_IO'), 'Ada’s $(office)')).toContain(
      "strongroom verify 'Ada’s $(office)'",
    );
    expect(describeFailure(new AppError('VAULT_IO'), "Ada's")).toContain(`strongroom verify 'Ada'\\''s'`);
    expect(describeFailure(new AppError('VAULT_IO'), null)).toContain('strongroom verify DIR');
  });

  test('other failures stay as they are worded', () => {
    expect(describeFailure(new AppError('CLIENT_NAME_TAKEN'), 'my-office')).not.toContain('The next move');
  });
});
