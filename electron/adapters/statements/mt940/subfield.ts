// A subfield of a structured field 86, as the readers of its parts share it.

/** A subfield by its number, 0 to 99. */
export interface Subfield {
  readonly key: number;
  readonly value: string;
}

/** A subfield has 27 characters; a full one goes on in the next without a blank. */
export const SUBFIELD_WIDTH = 27;
