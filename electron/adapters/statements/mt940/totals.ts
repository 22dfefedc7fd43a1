// The number and sum of a report's entries, as fields 90C and 90D state them and as the entries give them. A difference is said, never repaired.
import { type Place, malformed } from '../failure.ts';
import type { StatementSink } from '../statement-sink.ts';
import { type SwiftTotal, swiftTotal } from './amounts.ts';
import type { SwiftField } from './field-scanner.ts';

interface Sum {
  count: number;
  minor: bigint;
}

/** @see SWIFT MT 942, fields 90D (debit entries) and 90C (credit entries) */
export class Totals {
  readonly #sink: StatementSink;
  readonly #found = { '90C': { count: 0, minor: 0n }, '90D': { count: 0, minor: 0n } } satisfies Record<string, Sum>;
  readonly #stated = new Map<string, SwiftTotal>();

  constructor(sink: StatementSink) {
    this.#sink = sink;
  }

  get stated(): boolean {
    return this.#stated.size > 0;
  }

  get statedCount(): number {
    return Array.from(this.#stated.values()).reduce((sum, { count }) => sum + count, 0);
  }

  add(minor: bigint): void {
    const sum = minor < 0n ? this.#found['90D'] : this.#found['90C'];
    sum.count += 1;
    sum.minor += minor < 0n ? -minor : minor;
  }

  /** @throws {AppError} STATEMENT_MALFORMED */
  state(field: SwiftField, line: string): void {
    const total = swiftTotal(line);
    if (total === null) throw malformed(field.place, `number, currency and sum in :${field.name}:`, line);
    if (!field.ended && !total.whole) throw malformed(field.place, `the end of :${field.name}:`, 'the end of the file');
    this.#stated.set(field.name, total);
  }

  compare(place: Place): void {
    for (const name of ['90D', '90C'] as const) {
      const [stated, found] = [this.#stated.get(name), this.#found[name]];
      if (!stated || (stated.count === found.count && stated.minor === found.minor)) continue;
      const what = stated.count === found.count ? 'another sum' : `${stated.count} entries, there are ${found.count}`;
      this.#sink.warn('SUMMARY_DIFFERS', `Line ${place.line}: :${name}: of the message before it states ${what}.`);
    }
  }
}
