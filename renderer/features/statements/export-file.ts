// The suggested place and name of an exported file. It touches no disk.
import type { ExportFormat } from '../../../shared/ipc/contract/statements.ts';
import type { DateRange } from './statement-address.ts';

export const EXTENSIONS: Readonly<Record<ExportFormat, string>> = {
  ofx: '.ofx',
  camt053: '.xml',
  mt940: '.sta',
  csv: '.csv',
  xlsx: '.xlsx',
};

const LONGEST_PART = 60;
// What no file system of the three would take, and what would hide the file or lose its end.
const REFUSED = /[<>:"/\\|?*\p{Cc}]/gu;

function plain(text: string): string {
  const bare = text.replaceAll(REFUSED, ' ').replaceAll(/\s+/gu, ' ').trim();
  return Array.from(bare)
    .slice(0, LONGEST_PART)
    .join('')
    .replace(/^\.+/u, '')
    .replace(/[. ]+$/u, '');
}

/** `Aldgate Instruments Ltd, Operating account, 2026-03-01 to 2026-03-31`, without an ending. Never with an account number. */
export function suggestedName(client: string, account: string, { from, to }: DateRange): string {
  return [plain(client), plain(account), `${from} to ${to}`].filter((part) => part !== '').join(', ');
}

/** The folder suggested for backups: the person's documents. Empty where nothing is suggested. */
export function suggestedFolder(backupPath: string | undefined): string {
  return (backupPath ?? '')
    .split(/[\\/]/u)
    .slice(0, -1)
    .join(separatorOf(backupPath ?? ''));
}

function separatorOf(path: string): string {
  return path.includes('\\') && !path.startsWith('/') ? '\\' : '/';
}

/** The whole path; a name that brings the format's ending does not get it twice. */
export function pathOf(folder: string, name: string, format: ExportFormat): string {
  const ending = EXTENSIONS[format];
  const trimmed = name.trim();
  const bare = trimmed.toLowerCase().endsWith(ending) ? trimmed.slice(0, -ending.length) : trimmed;
  const separator = separatorOf(folder);
  const place = folder.trim();
  return `${place}${place.endsWith(separator) ? '' : separator}${bare}${ending}`;
}

/** `March` becomes `March (2)`, that `March (3)`. */
export function nextName(name: string): string {
  const numbered = /^(.*) \((\d{1,4})\)$/u.exec(name.trim());
  return numbered ? `${numbered[1] ?? ''} (${Number(numbered[2]) + 1})` : `${name.trim()} (2)`;
}
