// Which currencies a table without a currency column names. More than one is no answer.
import { currencyOf } from '../values.ts';
import { csvDecimal, currenciesOf } from './amounts.ts';
import { headerCurrency } from './dictionary.ts';
import { type Column, distinct } from './evidence.ts';
import type { CsvTable } from './table.ts';

/** Codes that fit what stands beside the amounts, else in their headers, else in the lines before the table. */
export function currenciesNamed(table: CsvTable, columns: readonly Column[]): readonly string[] {
  const beside = distinct(columns.flatMap(({ cells }) => cells.map(wordBeside)))
    .filter((word) => word !== '')
    .map(currenciesOf);
  const [first] = beside;
  if (first) return first.filter((code) => beside.every((codes) => codes.includes(code)));
  const headers = columns.flatMap(({ index }) => headerCurrency(table.header?.[index] ?? '') ?? []);
  return headers.length > 0 ? distinct(headers) : currenciesBefore(table);
}

function wordBeside(cell: string): string {
  return csvDecimal(cell, ',')?.currency ?? csvDecimal(cell, '.')?.currency ?? '';
}

/** A cell that is a code or ends with one behind an amount: `PLN`, `1.000,00 €`. */
function currenciesBefore({ preamble }: CsvTable): string[] {
  const named = preamble.flat().flatMap((cell) => {
    const word = /(?:^|\d\s?)([A-Z]{3}|€)$/.exec(cell)?.[1];
    return word === undefined ? [] : currenciesOf(word);
  });
  return distinct(named).filter((code) => currencyOf(code) !== null);
}
