// Which passwords may protect an office. @see NIST SP 800-63B-4 §3.1.1.2
import { describe, expect, it } from 'vitest';
import { ratePassword } from '../../../electron/core/office/password-strength.ts';

const rate = (password: string) => ratePassword({ password, officeName: 'Hale & Moss' });

describe('ratePassword', () => {
  it.each(['kurz', 'Jx7-kq!'])('refuses %s as too short', (password) => {
    expect(rate(password)).toMatchObject({
      acceptable: false,
      score: 0,
      reasons: expect.arrayContaining(['too-short']),
    });
  });

  it('asks for fifteen characters while there is no second factor', () => {
    expect(rate('vTz-9kqw-7mLx2')).toMatchObject({ minimumLength: 15, reasons: ['too-short'] });
    expect(rate('vTz-9kqw-7mLx2b').acceptable).toBe(true);
  });

  it.each([
    'password',
    'Password1!',
    'P@ssw0rd2026',
    'qwertyuiop',
    'QWERTZUIOP',
    '1234567890',
    'sunshine99',
    'letmein!!!!',
    'Winter2025!',
    'admin12345',
    'iloveyou123',
    'accounting2026',
    '20241231',
    'correcthorsebatterystaple',
  ])('knows that %s is common', (password) => {
    expect(rate(password).reasons).toContain('common');
  });

  it.each(['aaaaaaaaaaaaaaaa', 'abababababababab', 'xyzxyzxyzxyzxyzx'])('sees that %s repeats', (password) => {
    expect(rate(password).reasons).toContain('repeats');
  });

  it.each(['HaleMoss2026', 'hale & moss!'])('sees the office’s own name in %s', (password) => {
    expect(rate(password).reasons).toContain('office-name');
  });

  it.each([
    'seven wet bicycles sing',
    'grün-Tee.zieht,lange',
    'ordinary teapot in the rain',
    '日本語のとても長い合言葉ですよね',
  ])('accepts %s without any rule of composition', (password) => {
    expect(rate(password)).toMatchObject({ acceptable: true, reasons: [] });
  });

  it('counts characters, not bytes, in their composed form', () => {
    expect(rate('e\u0301'.repeat(3) + 'xyzw').reasons).toContain('too-short');
  });

  it('allows very long ones', () => {
    expect(rate(`${'long and winding road, '.repeat(40)}end`).acceptable).toBe(true);
  });
});
