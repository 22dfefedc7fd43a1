// File imports over doubles: slices go one way, events the other, and a failing step leaves nothing behind.
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import { ClientId, JobId } from '../../../shared/model/ids.ts';
import type { HostContext } from '../../../electron/core/app/host-context.ts';
import { createImportHandlers } from '../../../electron/core/imports/import-handlers.ts';
import { createRunningJobs } from '../../../electron/core/jobs/running-jobs.ts';

const clientId = ClientId.parse('client_00000000000000000001');

function createSubject(options: { sliceFails?: AppError; finishFails?: AppError; items?: number } = {}) {
  const calls: string[] = [];
  const progress: { state: string; done: number }[] = [];
  const vault = {
    staging: {
      open: async () => ({ batchId: 'batch' }),
      add: async ({ events }: { events: { items?: unknown[] }[] }) => {
        const rows = events.reduce((sum, { items }) => sum + (items?.length ?? 0), 0);
        calls.push(`add ${rows}`);
        return { rows };
      },
      finish: async () => (calls.push('finish'), { id: 'batch', clientId }),
      drop: async () => void calls.push('drop'),
    },
  };
  const events = [{ type: 'transactions', items: Array.from({ length: options.items ?? 2 }, () => ({})) }];
  const connector = {
    files: {
      begin: async () => ({ jobId: 'read' }),
      slice: async () => {
        if (options.sliceFails) throw options.sliceFails;
        return { events };
      },
      finish: async () => {
        if (options.finishFails) throw options.finishFails;
        return { events: [], reader: 'ofx', payloadSha256: 'x', payloadBytes: 3 };
      },
    },
    connectorJobs: { cancel: async () => void calls.push('end job') },
  };
  const context = {
    vault,
    connector,
    random: (length: number) => new Uint8Array(length).fill(7),
    emit: (channel: string, payload: { state: string; done: number }) => {
      if (channel === 'jobs.progress') progress.push({ state: payload.state, done: payload.done });
    },
  } as unknown as HostContext;
  return { handlers: createImportHandlers(context, createRunningJobs(context)).imports, calls, progress };
}

const file = { clientId, fileName: 'a.ofx', bytes: 3 };

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
    const { handlers, calls } = createSubject({ items: 1201 });
    const jobId = JobId.parse((await handlers.begin(file, null)).jobId);
    expect(await handlers.slice({ jobId, base64: 'YWJj' }, null)).toEqual({ rows: 1201 });
    expect(calls).toEqual(['add 500', 'add 500', 'add 201']);
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
    expect(calls.slice(-2)).toEqual(['end job', 'drop']);
    expect(progress.at(-1)).toMatchObject({ state: 'failed' });
    await expect(handlers.slice({ jobId, base64: '' }, null)).rejects.toMatchObject({ code: 'BATCH_NOT_FOUND' });
  });

  test('cancelling drops what was staged', async () => {
    const { handlers, calls, progress } = createSubject();
    const jobId = JobId.parse((await handlers.begin(file, null)).jobId);
    await handlers.slice({ jobId, base64: 'YWJj' }, null);
    await handlers.cancel({ jobId }, null);
    expect(calls).toEqual(['add 2', 'end job', 'drop']);
    expect(progress.at(-1)).toMatchObject({ state: 'cancelled' });
  });
});
