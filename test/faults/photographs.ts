// What a kill would leave behind, at every step of some work: the folder is copied before and after each watched operation. It stops nothing.
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** One moment of the folder. */
export interface Photograph {
  readonly directory: string;
  /** The operation, and whether it was about to begin or done. */
  readonly moment: string;
}

export interface Photographer {
  /** The same object; while photographs are taken, each of the named methods is framed by two. */
  watch<Watched extends object>(watched: Watched, methods: readonly (keyof Watched & string)[]): Watched;
  /** Photographs while `work` runs. */
  during<T>(work: () => Promise<T>): Promise<T>;
  readonly photographs: readonly Photograph[];
}

/** `album` is an empty folder. */
export function createPhotographer(directory: string, album: string): Photographer {
  const photographs: Photograph[] = [];
  let taking = false;

  function take(moment: string): void {
    if (!taking) return;
    const copy = join(album, String(photographs.length).padStart(4, '0'));
    cpSync(directory, copy, { recursive: true });
    photographs.push({ directory: copy, moment });
  }

  function framed(name: string, method: (...inputs: unknown[]) => unknown) {
    return (...inputs: unknown[]): unknown => {
      take(`before ${name}`);
      const result = method(...inputs);
      if (!(result instanceof Promise)) {
        take(`after ${name}`);
        return result;
      }
      return result.then((value: unknown) => {
        take(`after ${name}`);
        return value;
      });
    };
  }

  return {
    photographs,
    watch: (watched, methods) => {
      const replaced = methods.map((name) => {
        const method = watched[name] as (...inputs: unknown[]) => unknown;
        return [name, framed(name, (...inputs) => Reflect.apply(method, watched, inputs))] as const;
      });
      return { ...watched, ...Object.fromEntries(replaced) };
    },
    during: async (work) => {
      taking = true;
      try {
        return await work();
      } finally {
        taking = false;
      }
    },
  };
}

/** Names of everything in a folder, recursively, sorted. */
export function namesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort();
}
