// Frees a cell from what spreadsheets put around its text. It changes no letter of the text itself.

const EXCEL_TEXT = /^="([^]*)"$/;
/** Our own and others' guard against cells that a spreadsheet would run. */
const GUARDED = /^'(?=[-=+@\t\r\0]|\d)/;

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

/** Header cells and texts of a status or direction column are compared in this form. */
export function normalised(text: string): string {
  return text.replaceAll('\0', '').normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();
}
