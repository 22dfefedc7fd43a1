// `npm run bench [NAME…] [-- --FLAG…]`: runs test/bench/*.bench.ts one after the other and prints tables of ratios. Each says what its flags add.
import { readdir } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Bench, Table } from '../test/bench/harness.ts';
import { ROOT } from './run.ts';

const FOLDER = join(ROOT, 'test/bench');

function print({ head, rows }: Table): void {
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

const words = process.argv.slice(2);
const flags = new Set(words.filter((word) => word.startsWith('--')));
const wanted = words.filter((word) => !flags.has(word));
const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.bench.ts')).sort();
for (const file of files) {
  if (wanted.length > 0 && !wanted.some((name) => file.startsWith(name))) continue;
  const { bench } = (await import(pathToFileURL(join(FOLDER, file)).href)) as { bench: Bench };
  console.log(`\n${bench.title} (load ${loadavg()[0]?.toFixed(1)})`);
  for (const table of await bench.run(flags)) print(table);
}
