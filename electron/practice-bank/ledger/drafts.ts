// One function a kind of row: what a payment of that kind looks like. They know no balance and no calendar but the day they are given.
import { currencyExponent } from '../../../shared/model/currency.ts';
import type { AccountPlan } from './companies.ts';
import { CUSTOMERS, EMPLOYEES, FOREIGN_MERCHANTS, MERCHANTS, partyNamed, SUPPLIERS } from './counterparties.ts';
import type { BatchDetail, DraftRow, ForeignAmount } from './ledger-row.ts';
import type { SeededRandom } from './random.ts';

/** Minor units of GBP for one major unit of the currency, times 10 000: the bank's sheet of rates before the day's swing. */
const POUNDS_E4: Readonly<Record<string, bigint>> = { GBP: 10_000n, EUR: 8_540n, USD: 7_890n, JPY: 52n };

export type PlainRow = Pick<DraftRow, 'kind' | 'secondOfDay' | 'amountMinor' | 'description'>;

/** A row without party, reference, foreign amount or details. */
export function plain(row: PlainRow): DraftRow {
  return { ...row, party: null, endToEndId: null, foreign: null, details: [] };
}

function amountAround(random: SeededRandom, typicalMinor: number): bigint {
  return BigInt(random.integer(Math.ceil(typicalMinor / 12), typicalMinor));
}

const CLOCK = { early: 22_000, late: 75_000 } as const;

function someTime(random: SeededRandom): number {
  return random.integer(CLOCK.early, CLOCK.late);
}

/** Rounds half away from zero, as card schemes do. */
function convert(amountMinor: bigint, rateE6: bigint, shift: number): bigint {
  const scaled = amountMinor * rateE6 * 10n ** BigInt(Math.max(shift, 0));
  const unit = 1_000_000n * 10n ** BigInt(Math.max(-shift, 0));
  return (scaled + (scaled < 0n ? -unit : unit) / 2n) / unit;
}

function rateText(rateE6: bigint): string {
  const digits = rateE6.toString().padStart(7, '0');
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/0{1,4}$/, '');
}

function foreignPurchase(
  random: SeededRandom,
  plan: AccountPlan,
): { amountMinor: bigint; foreign: ForeignAmount; name: string } {
  const merchant = random.pick(FOREIGN_MERCHANTS);
  const currency = merchant.currencies[0] === plan.currency ? merchant.currencies[1] : merchant.currencies[0];
  const [from, to] = [POUNDS_E4[currency] ?? 10_000n, POUNDS_E4[plan.currency] ?? 10_000n];
  const rateE6 = ((from * 1_000_000n) / to / 1000n) * BigInt(random.integer(970, 1030));
  const spent = -BigInt(random.integer(600, 40_000)) * (currencyExponent(currency) === 0 ? 2n : 1n);
  const amountMinor = convert(spent, rateE6, currencyExponent(plan.currency) - currencyExponent(currency));
  return { amountMinor, foreign: { amountMinor: spent, currency, rate: rateText(rateE6) }, name: merchant.name };
}

export function cardPurchase(random: SeededRandom, plan: AccountPlan): DraftRow {
  const secondOfDay = random.chance(8) ? random.integer(0, 3_000) : someTime(random);
  if (random.chance(8)) {
    const { amountMinor, foreign, name } = foreignPurchase(random, plan);
    return { ...plain({ kind: 'card', secondOfDay, amountMinor, description: `CARD ${name}` }), foreign };
  }
  const amountMinor = -amountAround(random, Math.max(1, Math.round(plan.typicalMinor / 6)));
  return plain({ kind: 'card', secondOfDay, amountMinor, description: `CARD ${random.pick(MERCHANTS)}` });
}

export function supplierPayment(random: SeededRandom, plan: AccountPlan): DraftRow {
  const party = partyNamed(random.pick(SUPPLIERS));
  const reference = `INV-${random.integer(10_000, 99_999)}`;
  const description = `${party.name} ${reference}`;
  const amountMinor = -amountAround(random, plan.typicalMinor);
  const row = plain({ kind: 'credit-transfer', secondOfDay: someTime(random), amountMinor, description });
  return {
    ...row,
    party,
    endToEndId: random.chance(70) ? `E2E${reference.slice(4)}${random.integer(100, 999)}` : null,
  };
}

export function customerReceipt(random: SeededRandom, plan: AccountPlan): DraftRow {
  const party = partyNamed(random.pick(CUSTOMERS));
  const reference = `SI ${random.integer(1000, 9999)}`;
  const description = `${party.name} ${reference}`;
  const amountMinor = amountAround(random, Math.round(plan.typicalMinor * 1.6));
  const row = plain({ kind: 'receipt', secondOfDay: someTime(random), amountMinor, description });
  return {
    ...row,
    party,
    endToEndId: random.chance(50) ? `SI${reference.slice(3)}-${random.integer(100, 999)}` : null,
  };
}

function batch(row: Omit<PlainRow, 'amountMinor'>, details: readonly BatchDetail[]): DraftRow {
  const amountMinor = details.reduce((sum, detail) => sum + detail.amountMinor, 0n);
  return { ...plain({ ...row, amountMinor }), details };
}

export function payroll(random: SeededRandom, plan: AccountPlan, month: string): DraftRow {
  const details = EMPLOYEES.map((name, index) => ({
    amountMinor: -BigInt(random.integer(plan.typicalMinor * 3, plan.typicalMinor * 5)),
    party: partyNamed(name),
    reference: `SALARY ${month}`,
    endToEndId: `PAY${month.replace('-', '')}${index + 1}`,
  }));
  return batch({ kind: 'payroll', secondOfDay: 21_600, description: `BACS BATCH SALARIES ${month}` }, details);
}

export function cardTakings(random: SeededRandom, plan: AccountPlan, day: string): DraftRow {
  const details = Array.from({ length: random.integer(3, 6) }, (_, index) => ({
    amountMinor: BigInt(random.integer(plan.typicalMinor, plan.typicalMinor * 3)),
    party: { name: `Terminal ${index + 1}`, iban: null },
    reference: `TAKINGS ${day}`,
    endToEndId: `ACQ${day.replaceAll('-', '')}${index + 1}`,
  }));
  return batch({ kind: 'card-takings', secondOfDay: 25_200, description: `TILLSTREAM ACQUIRING ${day}` }, details);
}

/** Two coffees of the same price at the same till: the bank reports nothing that tells them apart but its own id. */
export function twinCoffees(random: SeededRandom, plan: AccountPlan): DraftRow[] {
  const amountMinor = plan.currency === 'JPY' ? -480n : -345n;
  const secondOfDay = random.integer(30_000, 40_000);
  const row = plain({ kind: 'card', secondOfDay, amountMinor, description: 'CARD THE COPPER KETTLE LEEDS' });
  return [row, { ...row }];
}
