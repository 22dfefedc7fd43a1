// What the command line prints: results on stdout, as text or as JSON; everything said along the way on stderr.

/** Where a command writes. Tests hand in their own. */
export interface Output {
  readonly json: boolean;
  /** The result: `value` as JSON with `--json`, otherwise the text. */
  readonly result: (value: unknown, text: () => string) => void;
  /** A sentence for the person at the terminal. */
  readonly say: (sentence: string) => void;
}

export function createOutput(json: boolean): Output {
  return {
    json,
    result: (value, text) => void process.stdout.write(`${json ? JSON.stringify(value, null, 2) : text()}\n`),
    say: (sentence) => void process.stderr.write(`${sentence}\n`),
  };
}

/** Characters as a person counts them. */
function widthOf(text: string): number {
  return Array.from(new Intl.Segmenter('en').segment(text)).length;
}

export type Cell = string | number | null;

/** A plain table: columns as wide as their widest cell, numbers and the columns named in `right` aligned right. */
export function formatTable(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  right: readonly number[] = [],
): string {
  const text = [head, ...rows].map((row) => row.map((cell) => (cell === null ? '–' : String(cell))));
  const widths = head.map((_, column) => Math.max(...text.map((row) => widthOf(row[column] ?? ''))));
  const pad = (cell: string, column: number): string => {
    const space = ' '.repeat((widths[column] ?? 0) - widthOf(cell));
    return right.includes(column) ? space + cell : cell + space;
  };
  const lines = text.map((row) => row.map(pad).join('  ').trimEnd());
  return [lines[0], widths.map((width) => '─'.repeat(width)).join('  '), ...lines.slice(1)].join('\n');
}

/** One RFC 4180 line; a cell that a spreadsheet would run is made inert with a leading apostrophe, numbers stay numbers. */
export function csvLine(cells: readonly Cell[]): string {
  return cells.map(csvCell).join(',');
}

const NUMBER = /^-?\d+(\.\d+)?$/;

function csvCell(cell: Cell): string {
  const text = cell === null ? '' : String(cell);
  const inert = /^[=+\-@\t\r\0]/.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
