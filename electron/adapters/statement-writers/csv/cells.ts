// Cells of RFC 4180 that no spreadsheet program runs. It writes no amounts: those are figures and never begin like a formula to be run.

/** What spreadsheet programs take for a formula or skip on their way to one, also in the full-width forms of East Asian keyboards. */
const STARTS_FORMULA = /^'*[=+\-@\t\r\n\0＝＋－＠]/;

/**
 * A text that a spreadsheet could run gets an apostrophe before it, also where apostrophes stand there already, so that taking one away gives the
 * text back.
 * @see OWASP, CSV Injection
 */
export function inertText(text: string): string {
  return STARTS_FORMULA.test(text) ? `'${text}` : text;
}

/** What `inertText` was given. */
export function textOfInert(cell: string): string {
  return cell.startsWith("'") && STARTS_FORMULA.test(cell) ? cell.slice(1) : cell;
}

/** A field of RFC 4180 §2: quoted where it holds a comma, a quote, a line end or blanks at its ends. */
export function csvField(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
