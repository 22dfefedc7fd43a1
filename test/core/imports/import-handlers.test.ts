// File imports over doubles: slices go one way, events the other, and a failing step leaves nothing behind.
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import { AccountId, ClientId, JobId } from '../../../shared/model/ids.ts';
import type { HostContext } from '../../../electron/core/app/host-context.ts';
import { createImportHandlers } from '../../../electron/core/imports/import-handlers.ts';
import { createRunningJobs } from '../../../electron/core/jobs/running-jobs.ts';

const accountId = AccountId.parse('account_00000000000000000001');
const clientId = ClientId.parse('client_00000000000000000001');

interface Options {
  readonly sliceFails?: AppError;
  readonly finishFails?: AppError;
  readonly addFails?: AppError;
  readonly items?: number;
  /** Characters of each row's raw record. */
  readonly raw?: number;
  /** Answers of the reader after the last slice. */
  readonly answers?: number;
}

function createSubject(options: Options = {}) {
  const calls: string[] = [];
  const progress: { state: string; done: number }[] = [];
  let answers = options.answers ?? 1;
  const vault = {
    accounts: { list: async () => [{ id: accountId }] },
    profiles: {
      list: async () => [
        { id: 'p1', signature: 'other' },
        { id: 'p2', signature: 'same' },
      ],
    },
    staging: {
      open: async () => ({ batchId: 'batch' }),
      add: async ({ events }: { events: { items?: unknown[] }[] }) => {
        if (options.addFails) throw options.addFails;
        const rows = events.reduce((sum, { items }) => sum + (items?.length ?? 0), 0);
        calls.push(`add ${rows}`);
        return { rows };
      },
      finish: async ({ accountId: account }: { accountId: string | null }) => {
        calls.push('finish');
        return { id: 'batch', clientId, chosen: account };
      },
      drop: async () => void calls.push('drop'),
    },
  };
  const events = [{ type: 'transactions', items: Array.from({ length: options.items ?? 2 }, () => aRow(options.raw)) }];
  const connector = {
    files: {
      begin: async () => ({ jobId: 'read' }),
      slice: async () => {
        if (options.sliceFails) throw options.sliceFails;
        return { events };
      },
      finish: async () => {
        if (options.finishFails) throw options.finishFails;
        answers -= 1;
        return {
          events: answers > 0 ? events : [],
          done: answers <= 0,
          reader: 'ofx',
          payloadSha256: 'x',
          payloadBytes: 3,
        };
      },
      survey: async () => ({ proposal: { signature: 'same' } }),
    },
    connectorJobs: { cancel: async () => void calls.push('end job') },
  };
  const context = {
    vault,
    connector,
    log: () => 'ref',
    random: (length: number) => new Uint8Array(length).fill(7),
    emit: (channel: string, payload: { state: string; done: number }) => {
      if (channel === 'jobs.progress') progress.push({ state: payload.state, done: payload.done });
    },
  } as unknown as HostContext;
  return { handlers: createImportHandlers(context, createRunningJobs(context)).imports, calls, progress };
}

const aRow = (raw = 1) => ({ raw: 'x'.repeat(raw), children: [] });

const file = { clientId, fileName: 'a.ofx', bytes: 3, profile: null, accountId: null };

describe('imports', () => {
  test('a whole file ends as a staged batch with progress', async () => {
    const { handlers, calls, progress } = createSubject();
    const jobId = JobId.parse((await handlers.begin(file, null)).jobId);
    expect(await handlers.slice({ jobId, base64: 'YWJj' }, null)).toEqual({ rows: 2 });
    await handlers.finish({ jobId }, null);
    expect(calls).toEqual(['add 2', 'finish']);
    expect(progress.at(-1)).toEqual({ state: 'finished', done: 3 });
  });

  test('many rows cross in bounded messages', async () => {
    const { handlers, calls } = createSubject({ items: 4201 });
    const jobId = JobId.parse((await handlers.begin(file, null)).jobId);
    expect(await handlers.slice({ jobId, base64: 'YWJj' }, null)).toEqual({ rows: 4201 });
    await handlers.finish({ jobId }, null);
    expect(calls).toEqual(['add 2000', 'add 2000', 'add 201', 'finish']);
  });

  test('the reader gets a slice in parts', async () => {
    const { handlers } = createSubject();
    const jobId = JobId.parse((await handlers.begin(file, null)).jobId);
    expect(await handlers.slice({ jobId, base64: 'YWJj'.repeat(349_526) }, null)).toEqual({ rows: 8 });
  });

  test('what the vault refuses fails the next step', async () => {
    const { handlers, calls, progress } = createSubject({ addFails: new AppError('VAULT_DISK_FULL') });
    const jobId = JobId.parse((await handlers.begin(file, null)).jobId);
    await handlers.slice({ jobId, base64: 'YWJj' }, null);
    await expect(handlers.finish({ jobId }, null)).rejects.toMatchObject({ code: 'VAULT_DISK_FULL' });
    expect(calls).toEqual(['drop', 'end job']);
    expect(progress.at(-1)).toMatchObject({ state: 'failed' });
  });

  test.each([
    ['a slice that cannot be read', { sliceFails: new AppError('STATEMENT_MALFORMED') }, 'STATEMENT_MALFORMED'],
    [
      'a file that ends too early',
      { finishFails: new AppError('STATEMENT_NO_TRANSACTIONS') },
      'STATEMENT_NO_TRANSACTIONS',
    ],
  ])('%s drops the batch and forgets the import', async (_, options, code) => {
    const { handlers, calls, progress } = createSubject(options);
    const jobId = JobId.parse((await handlers.begin(file, null)).jobId);
    const steps = async () => {
      await handlers.slice({ jobId, base64: 'YWJj' }, null);
      await handlers.finish({ jobId }, null);
    };
    await expect(steps()).rejects.toMatchObject({ code });
    expect(calls.slice(-2)).toEqual(['drop', 'end job']);
    expect(progress.at(-1)).toMatchObject({ state: 'failed' });
    await expect(handlers.slice({ jobId, base64: '' }, null)).rejects.toMatchObject({ code: 'BATCH_NOT_FOUND' });
  });

  test('cancelling drops what was staged', async () => {
    const { handlers, calls, progress } = createSubject();
    const jobId = JobId.parse((await handlers.begin(file, null)).jobId);
    await handlers.slice({ jobId, base64: 'YWJj' }, null);
    await handlers.cancel({ jobId }, null);
    expect(calls).toEqual(['add 2', 'drop', 'end job']);
    expect(progress.at(-1)).toMatchObject({ state: 'cancelled' });
  });

  test('rows with long records cross in more messages', async () => {
    const { handlers, calls } = createSubject({ items: 5, raw: 400_000 });
    const jobId = JobId.parse((await handlers.begin(file, null)).jobId);
    await handlers.slice({ jobId, base64: 'YWJj' }, null);
    await handlers.finish({ jobId }, null);
    expect(calls).toEqual(['add 2', 'add 2', 'add 1', 'finish']);
  });

  test('the reader is asked until it is done', async () => {
    const { handlers, calls } = createSubject({ answers: 3 });
    const jobId = JobId.parse((await handlers.begin(file, null)).jobId);
    await handlers.finish({ jobId }, null);
    expect(calls).toEqual(['add 2', 'add 2', 'finish']);
  });

  test('the vault is told which account was chosen for statements that name none', async () => {
    const { handlers, calls } = createSubject();
    const jobId = JobId.parse((await handlers.begin({ ...file, accountId }, null)).jobId);
    expect(await handlers.finish({ jobId }, null)).toMatchObject({ chosen: accountId });
    expect(calls).toEqual(['finish']);
  });

  test('an account of nobody is refused before anything is read', async () => {
    const { handlers, calls } = createSubject();
    const stranger = AccountId.parse('account_00000000000000000002');
    await expect(handlers.begin({ ...file, accountId: stranger }, null)).rejects.toMatchObject({
      code: 'ACCOUNT_NOT_FOUND',
    });
    expect(calls).toEqual([]);
  });

  test.each(['PROCESS_CRASHED', 'PROCESS_TIMEOUT'] as const)('a reader that ended (%s) names the file', async (why) => {
    const { handlers, calls, progress } = createSubject({ sliceFails: new AppError(why, { process: 'connector' }) });
    const jobId = JobId.parse((await handlers.begin(file, null)).jobId);
    await expect(handlers.slice({ jobId, base64: 'YWJj' }, null)).rejects.toMatchObject({
      code: 'STATEMENT_READER_STOPPED',
      params: { file: 'a.ofx', why },
    });
    expect(calls).toEqual(['drop', 'end job']);
    expect(progress.at(-1)).toMatchObject({ state: 'failed' });
  });

  test('a survey recognises the saved profile of such files', async () => {
    const { handlers } = createSubject();
    expect(await handlers.survey({ fileName: 'a.csv', base64: 'YWJj' }, null)).toMatchObject({ recognised: 'p2' });
  });
});
