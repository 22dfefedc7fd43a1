// Proposes a profile for a QIF file: date order and decimal mark from all its records at hand. What they leave open is asked, its currency always.
import { createHash } from 'node:crypto';
import type { QifProfile } from '../../../../shared/model/statement-profile.ts';
import type { ProfileProposal, SurveyQuestion } from '../../../../shared/model/statement-survey.ts';
import type { StatementDetection } from '../../../core/ports/statement-reader.ts';
import { foundCharset } from '../csv/charset.ts';
import { codePageOf } from '../csv/code-page.ts';
import { headText } from '../csv/detect.ts';
import { type Finding, dateOrderOf, decimalMarkOf } from '../csv/evidence.ts';
import { plainQifDate } from './dates.ts';

const CURRENCIES = ['EUR', 'USD', 'GBP', 'CHF', 'SEK', 'NOK', 'DKK', 'PLN', 'CAD', 'AUD'];

function charsetOf(head: Uint8Array): Finding<QifProfile['charset']> {
  const found = foundCharset(head);
  if (found === 'windows-1252') return codePageOf(head);
  const value = found === 'us-ascii' ? 'utf-8' : found;
  return { value, options: [value], examples: [] };
}

function question<T extends string>(topic: SurveyQuestion['topic'], found: Finding<T>): SurveyQuestion[] {
  if (found.options.length < 2) return [];
  return [{ topic, options: [...found.options], examples: found.examples.slice(0, 5) }];
}

const cellsOf = (lines: readonly string[], letters: string): string[] =>
  lines.flatMap((line) => (letters.includes(line.charAt(0)) && line !== '' ? [line.slice(1).trim()] : []));

const columnOf = (cells: readonly string[]) => ({ index: 0, cells, filled: 1, kind: 'text' }) as const;

const SIGNED_LINES = 40;

/** By the name of the account. A file without one is recognised only when it is the same again: another could be in another currency. */
function signatureOf(lines: readonly string[]): string {
  const account = lines.findIndex((line) => /^!Account\b/i.test(line));
  const name = account < 0 ? undefined : lines.slice(account, account + 20).find((line) => line.startsWith('N'));
  const sign = name ?? lines.slice(0, SIGNED_LINES).join('\n');
  return createHash('sha256').update(`qif|${sign}`).digest('hex');
}

/** `head` is up to 1 MiB from the file's beginning; its last line may be cut. */
export function proposeQif(head: Uint8Array, _detection: StatementDetection): ProfileProposal {
  const charset = charsetOf(head);
  const lines = headText(head, charset.value).split(/\r\n|\n|\r/);
  const dateOrder = dateOrderOf([columnOf(cellsOf(lines.slice(0, -1), 'D').map(plainQifDate))]);
  const decimalMark = decimalMarkOf([columnOf(cellsOf(lines.slice(0, -1), 'TU$'))], '.');
  return {
    profile: {
      format: 'qif',
      charset: charset.value,
      dateOrder: dateOrder.value,
      decimalMark: decimalMark.value,
      currency: null,
    },
    questions: [
      ...question('charset', charset),
      ...question('dateOrder', dateOrder),
      ...question('decimalMark', decimalMark),
      { topic: 'currency', options: CURRENCIES, examples: [] },
    ],
    signature: signatureOf(lines),
    columns: [],
    sample: [],
  };
}
