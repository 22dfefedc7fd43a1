// Kills the real vault process while it writes and restores backups: a backup is there whole or not at all, an office likewise.
import { describe, expect, it } from 'vitest';
import { killDuringBackup, killDuringRestore } from '../faults/backup-kills.ts';

/** Hundreds of starts of a process, two at a time: how long that takes is up to what else the machine does. */
const LIMIT_MS = 600_000;

describe('SIGKILL', () => {
  it(
    'leaves a backup whole or absent in 200 kills',
    async () => {
      const { kills, inside } = await killDuringBackup(200);
      expect(kills).toBe(200);
      expect(inside).toBeGreaterThan(kills / 4);
    },
    LIMIT_MS,
  );

  it(
    'leaves a restored office whole or absent in 30 kills',
    async () => expect((await killDuringRestore(30)).inside).toBeGreaterThan(5),
    LIMIT_MS,
  );
});
