// Invented bank rows for benches: names, purposes, references and amounts as a German business account has them. Any row follows from its number alone.

/** Amounts in cents, plus is money in. */
export interface BenchRow {
  readonly date: string;
  readonly amountMinor: number;
  readonly name: string;
  readonly iban: string;
  readonly purpose: string;
  readonly endToEndId: string;
  readonly reference: string;
}

export const OWN_IBAN = 'DE89370400440532013000';
export const ROWS_A_DAY = 90;
const FIRST_DAY = Date.UTC(2020, 0, 1);
const PARTIES = 400;

const FIRST = ['Nordwind', 'Hafen', 'Stadtwerke', 'Brückner', 'Acme', 'Blue Line', 'Okonkwo', 'Grünwald', 'Delta'];
const SECOND = ['Energie', 'Logistik', 'Papier', 'Versicherung', 'Taxi', 'Telecom', 'Consulting', 'Handel', 'Medien'];
const FORMS = ['GmbH', 'AG', 'GmbH + Co. KG', 'e.K.', 'Ltd', 'KG'];
const PURPOSES = ['Rechnung', 'Abschlag Strom', 'Miete', 'Lieferung', 'Gutschrift zu', 'Beitrag', 'Vertrag', 'Auftrag'];

/** The same number between 0 and 2^32 for the same seed. @see Chris Wellons, "Prospecting for Hash Functions": lowbias32 */
function scattered(seed: number): number {
  let value = seed | 0;
  value = Math.imul(value ^ (value >>> 16), 0x21f0aaad);
  value = Math.imul(value ^ (value >>> 15), 0x735a2d97);
  return (value ^ (value >>> 15)) >>> 0;
}

function picked(items: readonly string[], from: number): string {
  return items[from % items.length] ?? '';
}

/** A German IBAN with valid check digits. @see ISO 13616-1:2020 §6 */
function ibanOf(party: number): string {
  const account = `${37_040_044 + (party % 50)}${String(scattered(party) % 10_000_000_000).padStart(10, '0')}`;
  const check = 98n - (BigInt(`${account}131400`) % 97n);
  return `DE${String(check).padStart(2, '0')}${account}`;
}

const parties = Array.from({ length: PARTIES }, (_, party) => {
  const chance = scattered(party + 7);
  const name = `${picked(FIRST, chance)} ${picked(SECOND, chance >>> 4)} ${picked(FORMS, chance >>> 8)}`;
  return { name, iban: ibanOf(party) };
});
const days: string[] = [];

function dayOf(day: number): string {
  return (days[day] ??= new Date(FIRST_DAY + day * 86_400_000).toISOString().slice(0, 10));
}

/** Cents of row `index`, never zero; about as much comes in as goes out. */
export function amountOf(index: number): number {
  const chance = scattered(index);
  return (1 + (chance % (chance & 1 ? 99_999 : 999_999))) * (chance & 2 ? 1 : -1);
}

export function benchRow(index: number): BenchRow {
  const chance = scattered(index + 1_000_003);
  const party = parties[chance % PARTIES] ?? { name: '', iban: '' };
  const year = dayOf(Math.floor(index / ROWS_A_DAY)).slice(0, 4);
  return {
    ...party,
    date: dayOf(Math.floor(index / ROWS_A_DAY)),
    amountMinor: amountOf(index),
    purpose: `${picked(PURPOSES, chance >>> 9)} ${year}-${index % 100_000} Kd.-Nr. ${chance % 90_000} vom ${1 + (index % 28)}.${1 + (index % 12)}.`,
    endToEndId: `E2E${year}${String(chance).padStart(10, '0')}`,
    reference: `REF${String(index).padStart(10, '0')}`,
  };
}

/** Sum of the first `count` rows in cents. */
export function sumOf(count: number): number {
  let sum = 0;
  for (let index = 0; index < count; index += 1) sum += amountOf(index);
  return sum;
}
