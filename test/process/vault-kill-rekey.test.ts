// Kills the real vault process while it replaces keys, two hundred times: the office opens with every row, and the rotation is finished.
import { describe, expect, it } from 'vitest';
import { killDuringRekey } from '../faults/rekey-kills.ts';

/** 200 starts of a process, two at a time: how long that takes is up to what else the machine does. */
const LIMIT_MS = 600_000;

describe('SIGKILL during rotation of keys', () => {
  it(
    'loses nothing in 200 kills, at least a quarter of them in the middle of it',
    async () => {
      const { kills, inside } = await killDuringRekey(200);
      expect(kills).toBe(200);
      expect(inside).toBeGreaterThan(kills / 4);
    },
    LIMIT_MS,
  );
});
