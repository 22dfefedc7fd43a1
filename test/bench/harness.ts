// Measures two things in turn, in one run, and reports their ratio: machines are shared and noisy, so no figure stands alone.

/** One comparison: ours against what it is measured by. */
export interface Comparison {
  readonly name: string;
  /** What the ratio ours ÷ reference should be, in words, as performance goals state it. */
  readonly goal: string;
  /** True when the ratio meets the goal. */
  readonly meets: (ratio: number, oursMs: number, referenceMs: number) => boolean;
  readonly ours: () => void | Promise<void>;
  readonly reference: () => void | Promise<void>;
}

export interface Figure {
  readonly name: string;
  readonly goal: string;
  readonly oursMs: number;
  readonly referenceMs: number;
  /** Median of the ratios of neighbouring runs, ours ÷ reference. */
  readonly ratio: number;
  /** Smallest and largest of those ratios. */
  readonly spread: readonly [number, number];
  readonly meets: boolean;
}

/** What a bench found, ready to be printed. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A file under test/bench exports one of these as `bench`. */
export interface Bench {
  readonly title: string;
  /** Prepares, measures, cleans up. `flags` are the words with two hyphens on the command line: what takes longer than the default. */
  run(flags: ReadonlySet<string>): Promise<readonly Table[]>;
}

export const RUNS = 5;

export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Smallest and largest as `1.05–1.20`. */
export function spreadOf(values: readonly number[], digits = 2): string {
  return `${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)}`;
}

async function timeMs(work: () => void | Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Runs both sides once unmeasured, then five times in turn. */
export async function compare({ name, goal, meets, ours, reference }: Comparison): Promise<Figure> {
  await ours();
  await reference();
  const pairs: { ours: number; reference: number }[] = [];
  for (let run = 0; run < RUNS; run += 1) pairs.push({ ours: await timeMs(ours), reference: await timeMs(reference) });
  const oursMs = median(pairs.map((pair) => pair.ours));
  const referenceMs = median(pairs.map((pair) => pair.reference));
  const ratios = pairs.map((pair) => pair.ours / pair.reference);
  const ratio = median(ratios);
  const spread = [Math.min(...ratios), Math.max(...ratios)] as const;
  return { name, goal, oursMs, referenceMs, ratio, spread, meets: meets(ratio, oursMs, referenceMs) };
}

const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`;

/** Comparisons as a table, one a line. */
export function tableOf(figures: readonly Figure[]): Table {
  const rows = figures.map(({ name, oursMs, referenceMs, ratio, spread, goal, meets }) => [
    name,
    ms(oursMs),
    ms(referenceMs),
    `${ratio.toFixed(2)}×`,
    spreadOf(spread),
    goal,
    meets ? 'met' : 'MISSED',
  ]);
  return { head: ['what', 'ours', 'reference', 'ratio', 'spread', 'goal', ''], rows };
}
