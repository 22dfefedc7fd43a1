// The double's answers for profiles.
import { instantAgo } from './ids.ts';
import { profileIdOf } from './profiles.ts';
import { find, type AppHandlers } from './world.ts';

export const profiles: AppHandlers['profiles'] = {
  list: (_input, world) => world.profiles,
  save: (shared, world) => {
    const before = world.profiles.find(({ name }) => name === shared.name);
    const savedBy = world.people.find(({ id }) => id === world.signedIn)?.name ?? '';
    const id = before?.id ?? profileIdOf(100 + world.profiles.length);
    const saved = { ...shared, id, savedAt: instantAgo(0), savedBy };
    world.profiles = [saved, ...world.profiles.filter((each) => each.id !== id)];
    return saved;
  },
  remove: ({ profileId }, world) => {
    const { id } = find(world.profiles, profileId, 'PROFILE_NOT_FOUND');
    world.profiles = world.profiles.filter((each) => each.id !== id);
    return {};
  },
};
