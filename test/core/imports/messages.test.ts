// Messages of a file on its way to the vault: bounded, in order, nothing lost, many small statements together.
import { describe, expect, test } from 'vitest';
import { inMessages, inReaderParts } from '../../../electron/core/imports/messages.ts';
import type { SourceEvent } from '../../../shared/model/source.ts';
import { aSourceRow, buildLedger, statementEvents } from '../../builders/ledger.ts';

const rowsOf = (events: readonly SourceEvent[]) =>
  events.flatMap((event) => (event.type === 'transactions' ? event.items : []));
const typesOf = (events: readonly SourceEvent[]): string[] => events.map(({ type }) => type);

describe('messages', () => {
  test('many small statements cross together and in order', () => {
    const statement = statementEvents({ rows: buildLedger({ rows: 3 }).rows });
    const messages = [...inMessages(Array.from({ length: 50 }, () => statement).flat())];
    expect(messages).toHaveLength(1);
    expect(messages[0]).toEqual(Array.from({ length: 50 }, () => statement).flat());
  });

  test('a message holds at most 2,000 rows; a statement goes on in the next', () => {
    const events = statementEvents({ rows: buildLedger({ rows: 4500 }).rows, slice: 1000 });
    const messages = [...inMessages(events)];
    expect(messages.map((message) => rowsOf(message).length)).toEqual([2000, 2000, 500]);
    expect(rowsOf(messages.flat())).toEqual(rowsOf(events));
    expect(messages.map(typesOf)).toEqual([
      ['statement', 'transactions'],
      ['transactions'],
      ['transactions', 'statement-end'],
    ]);
  });

  test('rows with long records are messages of their own', () => {
    const rows = Array.from({ length: 3 }, () => aSourceRow({ raw: 'x'.repeat(900_000) }));
    expect([...inMessages([{ type: 'transactions', items: rows }])].map((message) => rowsOf(message).length)).toEqual([
      1, 1, 1,
    ]);
  });

  test('events without rows are bounded too', () => {
    const warning: SourceEvent = { type: 'warning', warning: { code: 'A_CODE', text: '' } };
    const messages = [...inMessages(Array.from({ length: 2500 }, () => warning))];
    expect(messages.map(({ length }) => length)).toEqual([1000, 1000, 500]);
  });

  test('a slice comes in parts that are base64 themselves', () => {
    const bytes = Buffer.from(Array.from({ length: 1_000_003 }, (_, at) => at % 251));
    const parts = [...inReaderParts(bytes.toString('base64'))];
    expect(parts).toHaveLength(4);
    expect(Buffer.concat(parts.map((part) => Buffer.from(part, 'base64'))).equals(bytes)).toBe(true);
  });
});
