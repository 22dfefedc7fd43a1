// The sheet that proves the others: account, period, opening, sum, closing, control totals. It repeats no row.
import type { LedgerHeader, LedgerSum } from '../../../core/ports/statement-writer.ts';
import type { Cell } from '../columns.ts';
import { printable } from '../texts.ts';
import { xlsxRow } from './cells.ts';
import { SHEET_TAIL, STYLE, sheetHead } from './parts.ts';

type Line = readonly [label: string, value: Cell | null];

const text = (value: string | null): Cell | null =>
  value === null || value === '' ? null : { kind: 'text', text: printable(value) };

/** `amountsAsText` counts the amounts that are texts, since no number of a spreadsheet holds them. */
export function summarySheet(header: LedgerHeader, amountsAsText: number): string {
  const lines: Line[] = [...identityLines(header), ...proofLines(header), ...controlLines(header, amountsAsText)];
  const rows = lines.map(([label, value], index) => xlsxRow(index + 2, [text(label), value]));
  const heading = xlsxRow(1, [text('Summary'), text('Value')], STYLE.heading);
  return `${sheetHead([34, 44], false)}${heading}${rows.join('')}${SHEET_TAIL}`;
}

function identityLines({ account, from, to, office, software, createdAt, statementId }: LedgerHeader): Line[] {
  return [
    ['Account', text(account.name)],
    ['Account number', text(account.iban ?? account.number)],
    ['Institution', text(account.institution)],
    ['Currency', text(account.currency)],
    ['From', { kind: 'date', date: from }],
    ['To', { kind: 'date', date: to }],
    ['Written by', text(`${software} for ${office}; not issued by the bank`)],
    ['Written at', text(createdAt)],
    ['Number of this file', text(statementId)],
  ];
}

/** Rows in another currency have no part in the account's balances, so they leave nothing to prove. */
function proofLines(header: LedgerHeader): Line[] {
  const { balances, totals, account } = header;
  const amount = (minor: bigint): Cell => ({
    kind: 'amount',
    amount: { amountMinor: minor.toString(), exponent: account.exponent },
  });
  const sum = BigInt(totals.credits.sumMinor) + BigInt(totals.debits.sumMinor);
  if (balances === null)
    return [
      ['Sum of rows', amount(sum)],
      ['Proof', text('No balances are known')],
    ];
  const [opening, closing] = [BigInt(balances.opening.amountMinor), BigInt(balances.closing.amountMinor)];
  const difference = closing - opening - sum;
  const proven = difference === 0n ? 'Opening balance + sum of rows = closing balance' : 'The balances do not agree';
  return [
    ['Opening date', { kind: 'date', date: balances.opening.date }],
    ['Opening balance', amount(opening)],
    ['Sum of rows', amount(sum)],
    ['Closing balance', amount(closing)],
    ['Closing date', { kind: 'date', date: balances.closing.date }],
    ['Proof', text(proven)],
    ['Difference', amount(difference)],
  ];
}

function controlLines({ totals, account }: LedgerHeader, amountsAsText: number): Line[] {
  const { rows, credits, debits } = totals;
  const others = rows - credits.rows - debits.rows;
  const sum = ({ sumMinor }: LedgerSum): Cell => ({
    kind: 'amount',
    amount: { amountMinor: sumMinor, exponent: account.exponent },
  });
  const textNote = `${amountsAsText} amounts have more than 15 digits and are texts, so that no digit is lost`;
  return [
    ['Rows', { kind: 'count', count: rows }],
    ['Money in: rows', { kind: 'count', count: credits.rows }],
    ['Money in: sum', sum(credits)],
    ['Money out: rows', { kind: 'count', count: debits.rows }],
    ['Money out: sum', sum(debits)],
    ['Rows in other currencies', { kind: 'count', count: others }],
    ...(amountsAsText === 0 ? [] : [['Note', text(textNote)] as const]),
  ];
}
