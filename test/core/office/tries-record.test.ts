// Two memories of one user's tries add up to the worse; what is no record says nothing.
import { describe, expect, it } from 'vitest';
import type { Instant } from '../../../shared/model/instant.ts';
import { parseTries, worse, type UserTries } from '../../../electron/core/office/tries-record.ts';

const at = (minute: number): Instant => `2026-01-31T08:0${minute}:00.000Z` as Instant;
const memory = (tries: number, waitMs: number, from: number, to: number, lockedOut = false): UserTries => ({
  tries,
  waitMs,
  untold: { tries, firstAt: at(from), lastAt: at(to), lockedOut },
});
const NOTHING: UserTries = { tries: 0, waitMs: 0, untold: null };

describe('the worse of two memories', () => {
  it.each([
    ['the same', memory(2, 0, 1, 2), memory(2, 0, 1, 2), memory(2, 0, 1, 2)],
    ['one of nothing', memory(2, 5, 1, 2), NOTHING, memory(2, 5, 1, 2)],
    ['one inside the other', memory(9, 0, 1, 5), memory(3, 0, 2, 4), memory(9, 0, 1, 5)],
    ['one after the other', memory(9, 0, 1, 3), memory(3, 7, 2, 6), memory(9, 7, 1, 6)],
    ['one that was locked out', memory(10, 9, 1, 3, true), memory(11, 3, 2, 6), memory(11, 9, 1, 6, true)],
    ['two of nothing', NOTHING, NOTHING, NOTHING],
  ])('%s, in either order', (_, one, other, both) => {
    expect(worse(one, other)).toEqual(both);
    expect(worse(other, one)).toEqual(both);
  });
});

describe('a record', () => {
  const record = { version: 1, wall: 1, uptime: 2, users: { [`user_${'0c'.repeat(10)}`]: memory(2, 5, 1, 2) } };

  it('is read back', () => {
    expect(parseTries(JSON.stringify(record))).toEqual(record);
  });

  it.each([
    ['nothing', null],
    ['no JSON', '{'],
    ['another version', JSON.stringify({ ...record, version: 2 })],
    ['a strange name', JSON.stringify({ ...record, users: { root: NOTHING } })],
    [
      'a negative count',
      JSON.stringify({ ...record, users: { [`user_${'0c'.repeat(10)}`]: { ...NOTHING, tries: -1 } } }),
    ],
    [
      'a wait of a year',
      JSON.stringify({ ...record, users: { [`user_${'0c'.repeat(10)}`]: { ...NOTHING, waitMs: 3e10 } } }),
    ],
  ])('is not: %s', (_, text) => {
    expect(parseTries(text)).toBeNull();
  });
});
