// Kills the real vault process while it writes, two hundred times: what it had acknowledged is there, and it always opens again.
import { describe, expect, it } from 'vitest';
import { killDuringWrites } from '../faults/write-kills.ts';

/** 200 starts of a process, two at a time: how long that takes is up to what else the machine does. */
const LIMIT_MS = 600_000;

describe('SIGKILL during writes', () => {
  it(
    'loses nothing acknowledged in 200 kills',
    async () => expect(await killDuringWrites(200)).toMatchObject({ kills: 200 }),
    LIMIT_MS,
  );
});
