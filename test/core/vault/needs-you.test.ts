// What of a ledger waits for a person: comparisons, doubtful rows before and after the commit, proofs that fail, pending rows that never settled.
import { expect, test } from 'vitest';
import { createOverviewHandler } from '../../../electron/core/vault/overview.ts';
import type { OfficeStore } from '../../../electron/core/ports/vault-store.ts';
import { CLIENT, createClientVault, type ClientVault } from '../../builders/client-vault.ts';
import { aSourceRow, statementEvents } from '../../builders/ledger.ts';

const AT = '2026-05-31T08:00:00.000Z';
const office = {
  connections: { list: () => [] },
  profile: { get: () => ({ name: 'Keel & Partners', recoveryProvenAt: AT }) },
  backups: { list: () => [{ createdAt: AT, verifiedAt: AT }] },
} as unknown as OfficeStore;
const client = { id: CLIENT, name: 'Bolt', colour: 'teal', createdAt: AT };

function needsYou({ store, context }: ClientVault): [string, string, string][] {
  const asked = { ...context, office, clients: () => [client], client: () => store } as unknown as typeof context;
  const { overview } = createOverviewHandler();
  const answer = overview({}, asked);
  if (answer instanceof Promise) throw new TypeError('the overview is synchronous');
  return answer.needsYou.map(({ kind, subject, reason }) => [kind, subject, reason]);
}

const rows = [
  aSourceRow({ bookingDate: '2026-03-01', amountMinor: '-100', description: 'Start' }),
  aSourceRow({ bookingDate: '2026-03-03', amountMinor: '-4999', description: 'Rent of the shop' }),
  aSourceRow({ bookingDate: '2026-03-09', amountMinor: '-100', description: 'End' }),
];
const reworded = rows.map((row, at) => (at === 1 ? { ...row, description: 'Zebra 77', counterparty: 'Harbour' } : row));

test('a comparison without doubt waits as staged, one with doubt as undecided until the last word, also after the commit', () => {
  const vault = createClientVault();
  const first = vault.stage(statementEvents({ rows }), { source: 'march.ofx' });
  expect(needsYou(vault)).toEqual([['batch', 'march.ofx', 'staged']]);
  vault.commit(first.id);
  expect(needsYou(vault)).toEqual([]);
  const second = vault.stage(statementEvents({ rows: reworded }), { source: 'again.ofx' });
  expect(second.undecided).toBe(1);
  expect(needsYou(vault)).toEqual([['batch', 'again.ofx', 'undecided']]);
  vault.commit(second.id);
  expect(needsYou(vault)).toEqual([['batch', 'again.ofx', 'undecided']]);
  vault.decide(second.id, 2, 'same');
  expect(needsYou(vault)).toEqual([]);
  vault.decide(second.id, 2, null);
  vault.undo(second.id);
  expect(needsYou(vault)).toEqual([]);
});

test('pending rows that never settled wait with their account, beside a proof that fails', () => {
  const vault = createClientVault();
  const taxi = aSourceRow({ state: 'pending', bookingDate: '2026-03-02', description: 'Taxi' });
  vault.bring(statementEvents({ rows: [...rows, taxi], openingMinor: 0n, closingMinor: 1n }));
  expect(needsYou(vault)).toEqual([['proof', 'Business current', 'fail']]);
  vault.bring(statementEvents({ rows: [aSourceRow({ bookingDate: '2026-03-20', description: 'Late' })] }));
  expect(needsYou(vault)).toEqual([
    ['proof', 'Business current', 'fail'],
    ['proof', 'Business current', 'pending-overdue'],
  ]);
});
