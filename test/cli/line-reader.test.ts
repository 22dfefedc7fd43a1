// Answers from a pipe: each question gets its own line, however many were written at once.
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { createLineReader } from '../../electron/cli/secrets-input.ts';

function pipe(...chunks: readonly string[]): PassThrough {
  const input = new PassThrough();
  for (const chunk of chunks) input.write(Buffer.from(chunk));
  return input;
}

async function linesOf(input: PassThrough): Promise<string[]> {
  const next = createLineReader(input);
  const lines: string[] = [];
  for (let line = await next(); line !== null; line = await next()) lines.push(line);
  expect(await next()).toBeNull();
  return lines;
}

describe('createLineReader', () => {
  test('both lines written at once and the pipe closed: one an answer', async () => {
    expect(await linesOf(pipe('ABCD\nEFGH\n').end())).toEqual(['ABCD', 'EFGH']);
  });

  test('chunks, other line ends and a last line without one', async () => {
    expect(await linesOf(pipe('AB', 'CD\r', '\nEF', 'GH\n\nIJ').end())).toEqual(['ABCD', 'EFGH', '', 'IJ']);
  });

  test('nothing is said', async () => {
    expect(await linesOf(pipe().end())).toEqual([]);
  });

  test('the answer to the next question may come after it was asked', async () => {
    const input = pipe('ABCD\n');
    const next = createLineReader(input);
    expect(await next()).toBe('ABCD');
    const second = next();
    input.write('EFGH\n');
    expect(await second).toBe('EFGH');
  });
});
