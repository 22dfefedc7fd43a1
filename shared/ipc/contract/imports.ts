// Importing a statement file: its bytes arrive in slices, go straight to the connector process, and end as a staged batch.
import { z } from 'zod';
import { AccountId, ClientId, JobId, ProfileId } from '../../model/ids.ts';
import { StatementProfile } from '../../model/statement-profile.ts';
import { ProfilePreview, StatementSurvey } from '../../model/statement-survey.ts';
import { call } from '../call.ts';
import { BatchSummary } from './batches.ts';

const Head = z.base64().max(1_400_000);

export const imports = {
  /** The first look at a file by its first bytes (at most 1 MiB, all of a smaller file). `recognised` is a saved profile with its signature. */
  survey: call(
    { permission: 'batches.write', runsIn: 'host' },
    z.strictObject({ fileName: z.string().min(1).max(400), base64: Head }),
    z.strictObject({ survey: StatementSurvey, recognised: ProfileId.nullable() }),
  ),
  /** What a profile makes of the same bytes. */
  preview: call(
    { permission: 'batches.write', runsIn: 'host' },
    z.strictObject({ base64: Head, profile: StatementProfile }),
    ProfilePreview,
  ),
  begin: call(
    { permission: 'batches.write', runsIn: 'host' },
    z.strictObject({
      clientId: ClientId,
      fileName: z.string().min(1).max(400),
      bytes: z.int().min(0),
      /** For formats without fixed meaning. */
      profile: StatementProfile.nullable().default(null),
      /**
       * The account of statements that name none and are in its currency. One in another currency goes to the account of that currency that such
       * files brought before, or to a new one; where that is not certain, and with null, it is left to `batches.assign`.
       */
      accountId: AccountId.nullable().default(null),
    }),
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
