// Entry of a process that reads one file with one parser and says how long it took and how much memory. A process of its own, so that memory is its own.
import type { BenchFormat } from './statement-files.ts';
import { profileOf } from './statement-files.ts';
import { PARSERS, type ParserName } from './parsers.ts';

/** What the process sends to its parent. `peakBytes` is all of the process's memory at its highest; `cpuMs` the time of all its threads on a core. */
export interface ParseRun {
  readonly ms: number;
  readonly cpuMs: number;
  readonly rows: number;
  readonly peakBytes: number;
}

const [parser, format, path, peers] = process.argv.slice(2) as [ParserName, BenchFormat, string, string];
const work = await PARSERS[parser]({ path, peers, profile: profileOf(format) });
const started = performance.now();
const before = process.cpuUsage();
const rows = await work();
const ms = performance.now() - started;
const { user, system } = process.cpuUsage(before);
process.send?.({
  ms,
  cpuMs: (user + system) / 1000,
  rows,
  peakBytes: process.resourceUsage().maxRSS * 1024,
} satisfies ParseRun);
