// The words of a command line, and what is refused.
import { expect, test } from 'vitest';
import { assertUsage, parseArguments } from '../../electron/cli/arguments.ts';

test('words, flags and repeated values', () => {
  const args = parseArguments(['sync', 'folder', '--dry-run', '--misbehave', 'a', '--misbehave=b']);
  expect(args.word(1, 'DIR')).toBe('folder');
  expect(args.flag('dry-run')).toBe(true);
  expect(args.flag('json')).toBe(false);
  expect(args.values('misbehave')).toEqual(['a', 'b']);
  expect(args.value('client')).toBeNull();
});

test.each([
  ['an unknown option', () => parseArguments(['--nonsense'])],
  ['a password as an argument', () => parseArguments(['--password', 'x'])],
  ['an option without its value', () => parseArguments(['--client'])],
  ['a missing word', () => parseArguments(['sync']).word(1, 'DIR')],
  ['a missing required option', () => parseArguments(['import']).required('client')],
])('%s is wrong usage', (_, run) => {
  expect(run).toThrow(expect.objectContaining({ code: 'USAGE_INVALID' }));
});

const SYNC = { usage: 'sync DIR [--connection ID] [--dry-run]' };
const CREATE = { usage: 'office create DIR [--name NAME]', signsIn: false };

test.each([
  ['its own option', SYNC, ['sync', 'd', '--dry-run']],
  [
    'who signs in, where an office is opened',
    SYNC,
    ['sync', 'd', '--user', 'Ben', '--code', '1', '--accept-older-state'],
  ],
  ['a password anywhere', CREATE, ['office', 'create', 'd', '--password-file', 'f', '--json']],
])('%s belongs to a command', (_, command, words) => {
  expect(() => assertUsage(parseArguments(words), command)).not.toThrow();
});

test.each([
  ['another command’s option', SYNC, ['sync', 'd', '--kit', 'k.pdf']],
  ['an option that begins like one of its own', { usage: 'x DIR [--password-only]' }, ['x', 'd', '--passphrase']],
  ['who signs in, where nobody does', CREATE, ['office', 'create', 'd', '--user', 'Ben']],
  [
    'who signs in, where there is no office',
    { usage: 'statements inspect FILE…' },
    ['statements', 'inspect', '--code', '1'],
  ],
  ['a word too many', SYNC, ['sync', 'd', 'more']],
])('%s is wrong usage', (_, command, words) => {
  expect(() => assertUsage(parseArguments(words), command)).toThrow(expect.objectContaining({ code: 'USAGE_INVALID' }));
});
