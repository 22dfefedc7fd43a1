// The words of a command line, and what is refused.
import { expect, test } from 'vitest';
import { parseArguments } from '../../electron/cli/arguments.ts';

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
