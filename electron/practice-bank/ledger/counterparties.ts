// Invented people and firms that the practice companies deal with, and their made-up account numbers.
import { createHash } from 'node:crypto';
import type { Party } from './ledger-row.ts';

export const MERCHANTS = [
  'THE COPPER KETTLE LEEDS',
  'NORTHGATE STATIONERS',
  'PARKWISE CAR PARK 0113',
  'HOLLIN & SONS HARDWARE',
  'CAFÉ ZÜRICH MANCHESTER',
  'SWIFTFUEL A64 SERVICES',
  'MERIDIAN RAIL TICKETS',
  'CLOUDPOST MAILBOX SVC',
  'BRÜCKE PRINTWORKS',
  'O’MALLEY’S BAKERY',
] as const;

export const FOREIGN_MERCHANTS = [
  { name: 'HOTEL ØRESUND KØBENHAVN', currencies: ['EUR', 'USD'] },
  { name: 'LIBRAIRIE DES ÉCOLES PARIS', currencies: ['EUR', 'GBP'] },
  { name: 'PIXELFORGE SOFTWARE INC', currencies: ['USD', 'EUR'] },
  { name: '京都 文具店 KYOTO', currencies: ['JPY', 'USD'] },
] as const;

export const SUPPLIERS = [
  'Brannigan Timber Merchants Ltd',
  'Vårgård Beslag AB',
  'Schäfer & Töchter Werkzeugbau GmbH',
  'Szczęsny Transport Sp. z o.o.',
  'Isle of Harris Wool Co-operative',
  'Peñalver Cerámica S.L.',
  'Hollingworth Insurance Brokers',
  '株式会社 山田製茶',
  'Dunmore, Featherstonehaugh, Cholmondeley-Majoribanks and Partners (Chartered Surveyors) LLP',
  'Q&A Packaging <UK> Ltd',
] as const;

export const CUSTOMERS = [
  'Whitcombe House Developments',
  'St Mungo’s Academy Trust',
  'Renée Dubois-Lefèvre',
  'Castlegate Borough Council',
  'Ólafsson Hönnun ehf.',
  'Greenacre Homes (Northern) Limited',
  'Mr J A Smith',
  'Mr J A Smith & Mrs P Smith',
  'Fjällräven-Lindqvist Interiörer AB',
  'Đặng Minh Furniture Trading',
] as const;

export const DIRECT_DEBITS = [
  { name: 'NORTHERN POWER & GAS', day: 3, share: 130 },
  { name: 'AIREVIEW WATER', day: 7, share: 35 },
  { name: 'CASTLEGATE BC RATES', day: 12, share: 190 },
  { name: 'TELLUS BROADBAND', day: 15, share: 28 },
  { name: 'HOLLINGWORTH INSURANCE', day: 22, share: 85 },
] as const;

export const EMPLOYEES = [
  'A Whitfield',
  'B Nwosu',
  'C Østergaard',
  'D Kowalczyk',
  'E Ni Dhomhnaill',
  'F Marchetti',
  'G Al-Hadidi',
  'H Tanaka',
] as const;

/** Digits that belong to a text for ever. */
export function digitsOf(text: string, count: number): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return BigInt(`0x${hex}`).toString().slice(-count).padStart(count, '0');
}

/** A GB IBAN with valid check digits over a bank code, sort code and account number. @see ISO 13616-1:2020 §6 */
export function gbIban(bank: string, sortCode: string, accountNumber: string): string {
  const numeric = Array.from(`${bank}${sortCode}${accountNumber}GB00`, (character) => parseInt(character, 36)).join('');
  const check = 98n - (BigInt(numeric) % 97n);
  return `GB${check.toString().padStart(2, '0')}${bank}${sortCode}${accountNumber}`;
}

const parties = new Map<string, Party>();

/** The same name always has the same account. Kept, because the ledger asks for some thirty names twenty thousand times. */
export function partyNamed(name: string): Party {
  const known = parties.get(name);
  if (known !== undefined) return known;
  const party = { name, iban: gbIban('OTHR', digitsOf(`sort:${name}`, 6), digitsOf(`account:${name}`, 8)) };
  parties.set(name, party);
  return party;
}
