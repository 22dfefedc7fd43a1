// `strongroom sync` and `strongroom health`.
import { AppError } from '../../../shared/errors/app-error.ts';
import { exitCodeOf } from '../../../shared/errors/codes.ts';
import type { SyncOutcome } from '../../../shared/ipc/contract/connections.ts';
import type { ConnectionId } from '../../../shared/model/ids.ts';
import type { AppClient, Command, CommandContext } from '../command.ts';
import { describeError } from '../../../shared/errors/describe-error.ts';
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

interface FailedSync {
  readonly connectionId: ConnectionId;
  readonly institution: string;
  readonly error: AppError;
}

/** Syncs one connection; a dry run leaves nothing staged behind. */
async function syncOne(app: AppClient, connectionId: ConnectionId, dryRun: boolean): Promise<SyncOutcome> {
  const outcome = await app.connections.sync({ connectionId, dryRun });
  if (dryRun) for (const { clientId, id } of outcome.batches) await app.batches.discard({ clientId, batchId: id });
  return outcome;
}

/** Syncs one after the other; one that fails does not keep the others from trying. */
async function syncEach(app: AppClient, { args, output }: CommandContext) {
  const outcomes: SyncOutcome[] = [];
  const failures: FailedSync[] = [];
  for (const { id, institution } of await findConnections(app, args.value('connection'))) {
    output.say(`Syncing ${institution} …`);
    try {
      outcomes.push(await syncOne(app, id, args.flag('dry-run')));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      output.say(describeError(error));
      failures.push({ connectionId: id, institution, error });
    }
  }
  return { outcomes, failures };
}

export const sync: Command = {
  usage: 'sync DIR [--connection ID] [--dry-run]',
  summary: 'fetches every connection, or one; --dry-run shows the difference and commits nothing',
  run: async (context) => {
    const { args, output } = context;
    await withOffice(args, args.word(1, 'DIR'), async (app) => {
      const { outcomes, failures } = await syncEach(app, context);
      if (outcomes.length + failures.length === 0) output.say('There is no connection yet: connect a bank first.');
      const failed = failures.map(({ connectionId, error: { code, params } }) => ({
        connectionId,
        error: { code, params },
      }));
      output.result([...outcomes, ...failed], () =>
        [
          ...outcomes.map(wordOutcome),
          ...failures.map(({ institution, error }) => `${institution}: ${error.code}`),
        ].join('\n'),
      );
      const codes = [
        ...failures.map(({ error }) => error.code),
        ...outcomes.flatMap(({ failedAccounts }) => failedAccounts.map(({ error }) => error.code)),
      ];
      const [first] = codes;
      if (first) process.exitCode = exitCodeOf(first);
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
