// What was copied is taken back after ten seconds and at a lock, in order, and only once.
import { describe, expect, it, vi } from 'vitest';
import { createClipboardGuard } from '../../../electron/core/clipboard/clipboard-guard.ts';
import type { LogEntry } from '../../../electron/core/ports/logger.ts';
import { createFakeTime } from '../../builders/fake-time.ts';

function aGuard(fail: 'keep' | 'clear' | null = null) {
  const time = createFakeTime();
  const done: string[] = [];
  const log: LogEntry[] = [];
  const act = (name: 'keep' | 'clear') => async (): Promise<void> => {
    done.push(`${name}…`);
    // A clipboard takes its time: whoever does not wait for it comes in between.
    await new Promise(setImmediate);
    if (fail === name) throw new Error(name);
    done.push(name);
  };
  const guard = createClipboardGuard({
    clipboard: { keep: act('keep'), clear: act('clear') },
    timer: time.timer,
    log: (entry) => `0000000${log.push(entry)}`,
  });
  return { guard, time, done, log };
}

describe('the clipboard guard', () => {
  it('clears ten seconds after the copy, not before', async () => {
    const { guard, time, done } = aGuard();
    guard.copied();
    expect(time.waits()).toEqual([10_000]);
    time.advance(9_999);
    await vi.waitFor(() => expect(done).toEqual(['keep…', 'keep']));
    time.advance(1);
    await vi.waitFor(() => expect(done).toEqual(['keep…', 'keep', 'clear…', 'clear']));
  });

  it('counts from the last copy', () => {
    const { guard, time } = aGuard();
    guard.copied();
    time.advance(9_000);
    guard.copied();
    expect(time.waits()).toEqual([10_000]);
  });

  it('clears at once when told to, after what was copied is kept, and not again later', async () => {
    const { guard, time, done } = aGuard();
    guard.copied();
    await guard.clear();
    expect(done).toEqual(['keep…', 'keep', 'clear…', 'clear']);
    expect(time.waits()).toEqual([]);
    await guard.clear();
    expect(done).toHaveLength(4);
  });

  it('clears nothing where nothing was copied', async () => {
    const { guard, done } = aGuard();
    await guard.clear();
    expect(done).toEqual([]);
  });

  it.each(['keep', 'clear'] as const)('notes a failed %s and goes on', async (name) => {
    const { guard, log, done } = aGuard(name);
    guard.copied();
    await guard.clear();
    guard.copied();
    await guard.clear();
    expect(log.map(({ event }) => event)).toEqual(['clipboard.failed', 'clipboard.failed']);
    expect(done.filter((one) => one === 'clear…')).toHaveLength(2);
  });
});
