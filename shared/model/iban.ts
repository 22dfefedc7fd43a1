// International bank account numbers: check digits, masking, formatting.
import { z } from 'zod';

function mod97(text: string): number {
  let rest = 0;
  for (const character of text) rest = Number(`${rest}${parseInt(character, 36)}`) % 97;
  return rest;
}

/** True when the ISO 7064 MOD 97-10 check digits hold. @see ISO 13616-1:2020 §6 */
export function isIban(text: string): boolean {
  return /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text) && mod97(text.slice(4) + text.slice(0, 4)) === 1;
}

/** Electronic form: upper case, no blanks, check digits valid. */
export const Iban = z.string().refine(isIban, 'not an IBAN').brand<'Iban'>();
export type Iban = z.infer<typeof Iban>;

/** Country and last four characters, everything between hidden: `GB•• •••• 1234`. Safe for logs. */
export function maskAccountNumber(text: string): string {
  const tail = text.slice(-4);
  return isIban(text) ? `${text.slice(0, 2)}•• •••• ${tail}` : `•••• ${tail}`;
}

/** A text with each run of letters and digits masked that could be the number of an account or a card. */
export function maskNumbersIn(text: string): string {
  return text.replace(/[A-Za-z0-9]{8,}/g, (run) => (/\d{5}/.test(run) ? `••••${run.slice(-4)}` : run));
}

/** The same for what a person wrote, who puts blanks between the groups of a number. */
export function maskNumbersInWords(text: string): string {
  return maskNumbersIn(text.replace(/(?<=\d) (?=\d)/g, ''));
}
