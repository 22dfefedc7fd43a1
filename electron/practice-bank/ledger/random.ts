// A small seeded random source for the ledger: same text, same numbers, on every machine. Not for keys or tokens.

export type SeededRandom = {
  /** An integer from `low` to `high`, both included. */
  integer(low: number, high: number): number;
  /** True with probability `percent` / 100. */
  chance(percent: number): boolean;
  pick<T>(list: readonly T[]): T;
};

function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** Mulberry32 over a FNV-1a hash of the text. */
export function seededRandom(text: string): SeededRandom {
  let state = hash32(text);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const integer = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    integer,
    chance: (percent) => next() * 100 < percent,
    pick: (list) => {
      const picked = list[integer(0, list.length - 1)];
      if (picked === undefined) throw new RangeError('nothing to pick from');
      return picked;
    },
  };
}
