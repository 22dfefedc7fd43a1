// Frees a cell from what spreadsheets put around its text. It changes no letter of the text itself.

const EXCEL_TEXT = /^="([^]*)"$/;
/** The apostrophe that our own export and others put before a text that a spreadsheet would run. @see OWASP, CSV Injection */
const GUARDED = /^'(?='*[-=+@\t\r\n\0＝＋－＠])/;
/** Digits kept as text by an apostrophe, or by two. */
const DIGITS_AS_TEXT = /^'(\d[^']*)'?$/;

/** The text of a cell: `="00123"` is `00123`, `'=A1` is `=A1`. A formula stays the text it is. */
export function cellText(cell: string): string {
  const first = cell.charCodeAt(0);
  if (first === 0x3d) return EXCEL_TEXT.exec(cell)?.[1]?.replaceAll('""', '"') ?? cell;
  return first === 0x27 ? cell.replace(GUARDED, '') : cell;
}

/** Cell without blanks around it; zero bytes are padding, 1A is the end mark of old systems. */
export function trimmedCell(cell: string | undefined): string {
  if (cell === undefined || cell === '') return '';
  const text = cellText(cell);
  return (
    text.includes('\0') || text.includes('\u001a') ? text.replaceAll('\0', '').replaceAll('\u001a', '') : text
  ).trim();
}

/** A cell that holds a number, a date or an id: `'00123` is `00123`. */
export function fieldCell(cell: string | undefined): string {
  const text = trimmedCell(cell);
  return text.charCodeAt(0) === 0x27 ? (DIGITS_AS_TEXT.exec(text)?.[1] ?? text) : text;
}

/** Header cells and texts of a status or direction column are compared in this form. */
export function normalised(text: string): string {
  return text.replaceAll('\0', '').normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();
}
