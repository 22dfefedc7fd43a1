// The office's import profiles in their table. It judges no profile.
import { z } from 'zod';
import { SavedProfile } from '../../../shared/model/statement-profile.ts';
import type { StatementProfileRepository } from '../../core/ports/office-repositories.ts';
import type { Database } from './open-database.ts';

const Row = z
  .object({
    id: z.string(),
    name: z.string(),
    signature: z.string(),
    profile_json: z.string(),
    saved_at: z.string(),
    saved_by: z.string(),
  })
  .transform(({ profile_json, saved_at, saved_by, ...row }) =>
    SavedProfile.parse({ ...row, profile: JSON.parse(profile_json) as unknown, savedAt: saved_at, savedBy: saved_by }),
  );

export function createStatementProfileRepository(database: Database): StatementProfileRepository {
  const all = database.prepare('SELECT * FROM statement_profiles');
  const one = database.prepare('SELECT * FROM statement_profiles WHERE name = ?');
  const save = database.prepare(
    `INSERT INTO statement_profiles VALUES (@id, @name, @signature, @profile, @savedAt, @savedBy)
     ON CONFLICT (name) DO UPDATE SET signature = excluded.signature, profile_json = excluded.profile_json,
       saved_at = excluded.saved_at, saved_by = excluded.saved_by`,
  );
  const remove = database.prepare('DELETE FROM statement_profiles WHERE id = ?');
  return {
    list: () =>
      all
        .all()
        .map((row) => Row.parse(row))
        .sort((left, right) => left.name.localeCompare(right.name, 'en', { sensitivity: 'base', numeric: true })),
    save: ({ profile, ...saved }) => {
      save.run({ ...saved, profile: JSON.stringify(profile) });
      return Row.parse(one.get(saved.name));
    },
    remove: (id) => remove.run(id).changes === 1,
  };
}
