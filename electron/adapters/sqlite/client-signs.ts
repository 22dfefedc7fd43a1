// The signs of staged statements: whose word they follow, and the turning itself, set by set. What is right is decided elsewhere.
import { z } from 'zod';
import { type MinorUnits, toMinorUnits } from '../../../shared/model/money.ts';
import { SourceBalance, SourceChild, SourceTransaction } from '../../../shared/model/source.ts';
import type { FingerprintedFields, MatchingStore, SignChoice } from '../../core/ports/ledger-store.ts';
import { asText, createKeys } from './client-rows.ts';
import type { Database } from './open-database.ts';

const CHOICES = `
  SELECT b.id AS batchId, b.reader, st.inverted FROM statements st JOIN batches b ON b.number = st.batch JOIN receipts r ON r.batch = b.number
  WHERE st.account = ? AND st.signs_chosen_in = st.batch AND b.state = 'committed' ORDER BY r.sequence DESC, st.number DESC`;

const STATEMENT = 'SELECT number, inverted FROM statements WHERE batch = @batch AND position = @position';

/** The stamp stays with the statement of which the word was said. */
const NOTE = `
  UPDATE statements SET signs_chosen_in = @choice, signs_at = @at, signs_user_id = @userId, signs_user_name = @userName WHERE number = @number`;

const TURN_ROWS = `
  UPDATE staged_rows SET amount_minor = -amount_minor, foreign_amount_minor = -foreign_amount_minor, balance_after_minor = -balance_after_minor,
    children_json = turned_children(children_json),
    fingerprint = unhex(turned_fingerprint(booking_date, ${asText('-amount_minor')}, currency, description, counterparty, end_to_end_id))
  WHERE batch = @batch AND statement = @number`;
const TURN_STATEMENT = `
  UPDATE statements SET inverted = 1 - inverted, opening_minor = -opening_minor, closing_minor = -closing_minor, booked_minor = -booked_minor,
    balances_json = turned_balances(balances_json) WHERE number = @number`;

const NOBODY = { at: null, userId: null, userName: null };

const Children = z.array(SourceChild);
const Balances = z.array(SourceBalance);
const Fields = SourceTransaction.pick({
  bookingDate: true,
  amountMinor: true,
  currency: true,
  description: true,
  counterparty: true,
  endToEndId: true,
});

const opposite = (amount: MinorUnits): MinorUnits => toMinorUnits(-BigInt(amount));

function turnedChildren(json: unknown): string | null {
  if (typeof json !== 'string') return null;
  const children = Children.parse(JSON.parse(json));
  const turned = children.map(({ amount }) => amount && { ...amount, amountMinor: opposite(amount.amountMinor) });
  return JSON.stringify(children.map((child, at) => ({ ...child, amount: turned[at] ?? null })));
}

function turnedBalances(json: unknown): string {
  const balances = Balances.parse(JSON.parse(z.string().parse(json)));
  return JSON.stringify(balances.map((balance) => ({ ...balance, amountMinor: opposite(balance.amountMinor) })));
}

type Turn = (statement: { batch: number; number: number }, fingerprintOf: (row: FingerprintedFields) => string) => void;

/** One pass in SQL over a statement's rows; the words are core's, so the fingerprint is a function of the caller's. */
function createTurn(database: Database): Turn {
  let current: (row: FingerprintedFields) => string = () => '';
  const options = { deterministic: true, directOnly: true };
  database.function('turned_children', options, turnedChildren);
  database.function('turned_balances', options, turnedBalances);
  database.function(
    'turned_fingerprint',
    { directOnly: true, varargs: true },
    (...[bookingDate, amountMinor, currency, description, counterparty, endToEndId]: unknown[]) =>
      current(Fields.parse({ bookingDate, amountMinor, currency, description, counterparty, endToEndId })),
  );
  const turn = [TURN_ROWS, TURN_STATEMENT].map((sql) => database.prepare(sql));
  return (statement, fingerprintOf) => {
    current = fingerprintOf;
    for (const step of turn) step.run(statement);
  };
}

export function createSigns(database: Database): Pick<MatchingStore, 'signChoices' | 'setSigns'> {
  const keys = createKeys(database);
  const choices = database.prepare<[number], Omit<SignChoice, 'inverted'> & { readonly inverted: number }>(CHOICES);
  const statement = database.prepare<[object], { number: number; inverted: number }>(STATEMENT);
  const note = database.prepare(NOTE);
  let turn: Turn | undefined;
  return {
    signChoices: (accountId) =>
      choices.all(keys.account(accountId)).map(({ inverted, ...choice }) => ({ ...choice, inverted: inverted === 1 })),
    setSigns: (batchId, { position, inverted, choice }, fingerprintOf) => {
      const batch = keys.batch(batchId).number;
      const found = statement.get({ batch, position });
      if (!found) throw new TypeError('a staged statement has its place');
      const { number } = found;
      const chosenIn = choice && keys.batch(choice.batchId).number;
      note.run({ ...(choice?.stamp ?? NOBODY), choice: chosenIn, number });
      if (found.inverted === (inverted ? 1 : 0)) return;
      // Few batches are ever turned: the functions wait for the first.
      turn ??= createTurn(database);
      turn({ batch, number }, fingerprintOf);
    },
  };
}
