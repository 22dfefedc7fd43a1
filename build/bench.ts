// `npm run bench [NAME…]`: runs test/bench/*.bench.ts one after the other and prints a table of ratios.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Bench, Figure } from '../test/bench/harness.ts';
import { ROOT } from './run.ts';

const FOLDER = join(ROOT, 'test/bench');

function row({ name, oursMs, referenceMs, ratio, spread: [low, high], goal, meets }: Figure): string[] {
  const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`;
  return [
    name,
    ms(oursMs),
    ms(referenceMs),
    `${ratio.toFixed(2)}×`,
    `${low.toFixed(2)}–${high.toFixed(2)}`,
    goal,
    meets ? 'met' : 'MISSED',
  ];
}

function print(rows: readonly string[][]): void {
  const head = ['what', 'ours', 'reference', 'ratio', 'spread', 'goal', ''];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  for (const cells of [head, ...rows])
    console.log(
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}

const wanted = process.argv.slice(2);
const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.bench.ts')).sort();
for (const file of files) {
  if (wanted.length > 0 && !wanted.some((name) => file.startsWith(name))) continue;
  const { bench } = (await import(pathToFileURL(join(FOLDER, file)).href)) as { bench: Bench };
  console.log(`\n${bench.title}`);
  print((await bench.run()).map(row));
}
