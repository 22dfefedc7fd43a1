// `strongroom sync` and `strongroom health`.
import { formatDecimalAmount } from '../../../shared/model/money.ts';
import type { SyncOutcome } from '../../../shared/ipc/contract/connections.ts';
import type { Command } from '../command.ts';
import { findConnections } from '../lookup.ts';
import { withOffice } from '../open-office.ts';
import { formatTable } from '../output.ts';

/** Counts of an outcome in words: `12 new, 214 known`. */
export function wordOutcome({ batches, failedAccounts, committed }: SyncOutcome): string {
  const sum = (kind: 'new' | 'known' | 'changed' | 'doubtful'): number =>
    batches.reduce((total, batch) => total + batch.counts[kind], 0);
  const parts = [
    `${sum('new')} new`,
    `${sum('known')} known`,
    `${sum('changed')} changed`,
    `${sum('doubtful')} doubtful`,
  ];
  const failed = failedAccounts.length === 0 ? '' : `; ${failedAccounts.length} account(s) failed`;
  return `${committed ? '' : 'would be: '}${parts.join(', ')}${failed}`;
}

export const sync: Command = {
  usage: 'sync DIR [--connection ID] [--dry-run]',
  summary: 'fetches every connection, or one; --dry-run shows the difference and commits nothing',
  run: async ({ args, output }) => {
    await withOffice(args, args.word(1, 'DIR'), async (app) => {
      const outcomes: SyncOutcome[] = [];
      for (const { id, institution } of await findConnections(app, args.value('connection'))) {
        output.say(`Syncing ${institution} …`);
        outcomes.push(await app.connections.sync({ connectionId: id, dryRun: args.flag('dry-run') }));
        if (!args.flag('dry-run')) continue;
        for (const batch of outcomes.at(-1)?.batches ?? [])
          await app.batches.discard({ clientId: batch.clientId, batchId: batch.id });
      }
      output.result(outcomes, () => outcomes.map(wordOutcome).join('\n'));
    });
  },
};

export const health: Command = {
  usage: 'health DIR',
  summary: 'shows the state of every connection, its cause and whose move it is',
  run: async ({ args, output }) => {
    await withOffice(args, args.word(1, 'DIR'), async (app) => {
      const connections = await app.connections.list({});
      const head = [
        'connection',
        'state',
        'cause',
        'whose move',
        'last good sync',
        'next allowed',
        'consent days left',
      ];
      output.result(connections, () =>
        formatTable(
          head,
          connections.map(
            ({ institution, health: { state, cause, whoseMove, lastGoodSync, nextAllowed, consentDaysLeft } }) => [
              institution,
              state,
              cause,
              whoseMove,
              lastGoodSync,
              nextAllowed,
              consentDaysLeft,
            ],
          ),
        ),
      );
    });
  },
};

/** The accounts of the office with booked balance and proof. */
export async function accountsTable(app: Parameters<typeof findConnections>[0]): Promise<string> {
  const accounts = await app.accounts.list({ clientId: null });
  return formatTable(
    ['account', 'currency', 'booked', 'pending', 'rows', 'proof', 'as of'],
    accounts.map(({ name, currency, bookedMinor, pendingMinor, transactions, proof, dataAsOf }) => [
      name,
      currency,
      formatDecimalAmount(BigInt(bookedMinor), currency),
      formatDecimalAmount(BigInt(pendingMinor), currency),
      transactions,
      proof.result,
      dataAsOf,
    ]),
    [2, 3, 4],
  );
}
