// Tells the code pages of one byte a character apart where the bytes allow it. Where they do not, both are options and a person says which.
import iconv from 'iconv-lite';
import type { CsvProfile } from '../../../../shared/model/statement-profile.ts';
import { type Finding, distinct } from './evidence.ts';

type Charset = CsvProfile['charset'];

const CODE_PAGES: readonly Charset[] = ['windows-1252', 'windows-1250', 'iso-8859-15', 'iso-8859-2'];
/** Words of header and preamble that only Polish or Czech files have, ASCII so that every code page shows them. */
const CENTRAL =
  /\b(?:data operacji|kwota|waluta|rachunk|saldo po|opis operacji|datum zauct|protiucet|castka|ucet|obciazenia|uznania|tytu|rachunek)/i;
const WESTERN =
  /\b(?:buchung|betrag|umsatz|valuta|soll|haben|amount|balance|description|bedrag|omschrijving|montant|solde|date|fecha|importe|concepto|data contabile|importo|descrizione|belopp|datum)/i;
const IN_WORD = /\p{L}[^\p{L}\p{M}\s\p{P}\d]\p{L}|\p{Cc}|\ufffd/u;

/** The code page of text that is not UTF-8. */
export function codePageOf(head: Uint8Array): Finding<Charset> {
  const words = wordsBeyondAscii(head);
  const readings = CODE_PAGES.map((charset) => ({ charset, text: words.map((word) => iconv.decode(word, charset)) }));
  const plausible = readings.filter(({ text }) => !text.some((word) => IN_WORD.test(word) || /[¤¹³¿]/.test(word)));
  const candidates = plausible.length > 0 ? plausible : readings;
  const [first] = candidates;
  const differing = distinctReadings(candidates);
  if (!first || differing.length < 2) return sure(first?.charset ?? 'windows-1252');
  const central = CENTRAL.test(asciiOf(head));
  const known = central || WESTERN.test(asciiOf(head));
  const family: readonly Charset[] = central ? ['windows-1250', 'iso-8859-2'] : ['windows-1252', 'iso-8859-15'];
  const fitting = distinctReadings(candidates.filter(({ charset }) => family.includes(charset)));
  if (known && fitting.length === 1 && fitting[0]) return sure(fitting[0].charset);
  const open = known && fitting.length > 0 ? fitting : differing;
  const examples = distinct(open.flatMap(({ text }) => text.slice(0, 2))).slice(0, 5);
  return { value: open[0]?.charset ?? 'windows-1252', options: open.map(({ charset }) => charset), examples };
}

function sure(value: Charset): Finding<Charset> {
  return { value, options: [value], examples: [] };
}

interface Reading {
  readonly charset: Charset;
  readonly text: readonly string[];
}

/** One code page of each reading, the first that gives it. */
function distinctReadings(readings: readonly Reading[]): Reading[] {
  return readings.filter((reading, at) => readings.findIndex(({ text }) => text.join() === reading.text.join()) === at);
}

const MAX_WORDS = 2000;

/** Runs of letters with a byte beyond ASCII, each once. */
function wordsBeyondAscii(head: Uint8Array): Buffer[] {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1');
  const words = text.match(/[A-Za-z]{0,20}[\u0080-\u00ff][A-Za-z\u0080-\u00ff]{0,20}/g) ?? [];
  return distinct(words)
    .slice(0, MAX_WORDS)
    .map((word) => Buffer.from(word, 'latin1'));
}

function asciiOf(head: Uint8Array): string {
  return Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, 16_384)).toString('latin1');
}
