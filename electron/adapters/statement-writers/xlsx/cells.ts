// Cells of SpreadsheetML: dates as dates, amounts as numbers that hold every digit, texts as strings. There are no formulas.
import type { CalendarDate } from '../../../../shared/model/calendar-date.ts';
import { decimalOf } from '../amounts.ts';
import type { Cell } from '../columns.ts';
import { escapeXml } from '../xml.ts';
import { STYLE } from './parts.ts';

/** Spreadsheet numbers keep 15 significant digits; an amount of more would be shown as another one. @see IEEE 754 binary64 */
const MAX_DIGITS = 15;

/** True for an amount that only a text holds in full. */
export function needsText(cell: Cell | null): boolean {
  return cell?.kind === 'amount' && cell.amount.amountMinor.replace('-', '').length > MAX_DIGITS;
}

/** A row by its number, from 1; empty cells are left out. */
export function xlsxRow(number: number, cells: readonly (Cell | null)[], style: number = STYLE.text): string {
  const written = cells.map((cell, index) =>
    cell === null ? '' : xlsxCell(`${letters(index)}${number}`, cell, style),
  );
  return `<row r="${number}">${written.join('')}</row>`;
}

function xlsxCell(place: string, cell: Cell, style: number): string {
  if (cell.kind === 'text') return textCell(place, cell.text, style);
  if (cell.kind === 'count') return numberCell(place, String(cell.count), STYLE.amount);
  if (cell.kind === 'date') {
    const serial = serialOf(cell.date);
    return serial === null ? textCell(place, cell.date, style) : numberCell(place, String(serial), STYLE.date);
  }
  const decimal = decimalOf(cell.amount);
  return needsText(cell)
    ? textCell(place, decimal, style)
    : numberCell(place, decimal, STYLE.amount + cell.amount.exponent);
}

function numberCell(place: string, value: string, style: number): string {
  return `<c r="${place}" s="${style}"><v>${value}</v></c>`;
}

/** Texts have no blanks at their ends, so none need to be kept. Style 0 goes without saying. */
function textCell(place: string, text: string, style: number): string {
  const styled = style === STYLE.text ? '' : ` s="${style}"`;
  return `<c r="${place}"${styled} t="inlineStr"><is><t>${escapeXml(escaped(text))}</t></is></c>`;
}

/** `_x0041_` in a text would be read as the character A. @see ECMA-376 part 1 §22.9.2.19 */
function escaped(text: string): string {
  return text.replace(/_(?=x[\da-fA-F]{4}_)/g, '_x005F_');
}

/** Days since 1899-12-30; null before March 1900, where spreadsheet programs disagree by a day. @see ECMA-376 part 1 §18.17.4.1 */
function serialOf(date: CalendarDate): number | null {
  const days = Date.parse(`${date}T00:00:00Z`) / 86_400_000 + 25_569;
  return days < 61 ? null : days;
}

/** Up to 26 columns. */
function letters(index: number): string {
  return String.fromCharCode(65 + index);
}
