// The office's import profiles: listed, saved under a name, removed. They name no client.
import { maskNumbersInWords } from '../../../shared/model/iban.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Handlers } from '../../../shared/ipc/call.ts';
import type { AppContract } from '../../../shared/ipc/contract.ts';
import { newId, ProfileId } from '../../../shared/model/ids.ts';
import type { VaultContext } from './context.ts';

type ProfileHandlers = Pick<Handlers<AppContract, VaultContext, 'vault'>, 'profiles'>;

/** The vault's answers to the `profiles` calls of THE contract. */
export function createProfileHandlers(): ProfileHandlers {
  return {
    profiles: {
      list: (_input, { office }) => office.statementProfiles.list(),
      save: ({ name, signature, profile }, context) => {
        const { office, principal } = context;
        const payload = { name: maskNumbersInWords(name), format: profile.format, signature };
        return context.act(office, { subject: null, payload }, () =>
          office.statementProfiles.save({
            id: newId(ProfileId, 'profile', context.random(10)),
            name,
            signature,
            profile,
            savedAt: context.now(),
            savedBy: principal.name,
          }),
        );
      },
      remove: ({ profileId }, context) => {
        const { office } = context;
        return context.act(office, { subject: profileId }, () => {
          if (!office.statementProfiles.remove(profileId))
            throw new AppError('PROFILE_NOT_FOUND', { profile: profileId });
          return {};
        });
      },
    },
  };
}
