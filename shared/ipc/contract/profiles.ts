// The office's import profiles: how a bank writes its CSV or QIF files. They name no client; export and import are the same JSON.
import { z } from 'zod';
import { ProfileId } from '../../model/ids.ts';
import { SavedProfile } from '../../model/statement-profile.ts';
import { call } from '../call.ts';

export const profiles = {
  list: call({ permission: 'transactions.read' }, z.strictObject({}), z.array(SavedProfile)),
  /** Replaces the profile of the same name. */
  save: call(
    { permission: 'batches.write', audited: true },
    SavedProfile.pick({ name: true, signature: true, profile: true }).strict(),
    SavedProfile,
  ),
  /** @throws {AppError} PROFILE_NOT_FOUND */
  remove: call(
    { permission: 'batches.write', audited: true },
    z.strictObject({ profileId: ProfileId }),
    z.strictObject({}),
  ),
};
