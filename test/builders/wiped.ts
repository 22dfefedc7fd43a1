// What a piece of code overwrites with zeros while it runs. Only tests import it.
import { Buffer } from 'node:buffer';
import { vi } from 'vitest';

export interface Wiped<T> {
  readonly result: T;
  /** What the overwritten bytes had been, in hex, in the order they went. */
  readonly wiped: readonly string[];
}

/** Runs `work` and hears every `fill(0)` of bytes that were not zeros already. */
export async function wipedBy<T>(work: () => T | Promise<T>): Promise<Wiped<T>> {
  const wiped: string[] = [];
  const spies = [Uint8Array.prototype, Buffer.prototype].map((prototype: Uint8Array) => {
    const { fill } = prototype;
    return vi.spyOn(prototype, 'fill').mockImplementation(function (this: Uint8Array, ...inputs) {
      if (inputs[0] === 0 && this.some((byte) => byte !== 0)) wiped.push(Buffer.from(this).toString('hex'));
      return fill.apply(this, inputs);
    });
  });
  try {
    return { result: await work(), wiped };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
