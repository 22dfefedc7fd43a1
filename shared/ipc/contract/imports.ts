// Importing a statement file: its bytes arrive in slices, go straight to the connector process, and end as a staged batch.
import { z } from 'zod';
import { ClientId, JobId } from '../../model/ids.ts';
import { call } from '../call.ts';
import { BatchSummary } from './batches.ts';

export const imports = {
  begin: call(
    { permission: 'batches.write', runsIn: 'host' },
    z.strictObject({ clientId: ClientId, fileName: z.string().min(1).max(400), bytes: z.int().min(0) }),
    z.strictObject({ jobId: JobId }),
  ),
  /** The next slice, at most 1 MiB before base64. Its answer is the backpressure: send one at a time. */
  slice: call(
    { permission: 'batches.write', runsIn: 'host' },
    z.strictObject({ jobId: JobId, base64: z.base64().max(1_400_000) }),
    z.strictObject({ rows: z.int() }),
  ),
  finish: call({ permission: 'batches.write', runsIn: 'host' }, z.strictObject({ jobId: JobId }), BatchSummary),
  cancel: call({ permission: 'batches.write', runsIn: 'host' }, z.strictObject({ jobId: JobId }), z.strictObject({})),
};
