// `strongroom profiles …`: how the office reads its banks' tables. A profile names no client.
import type { SavedProfile } from '../../../shared/model/statement-profile.ts';
import type { Command } from '../command.ts';
import { findProfile } from '../lookup.ts';
import { withOffice } from '../open-office.ts';
import { formatTable } from '../output.ts';
import { readProfileFile, writeProfileFile } from '../profile-file.ts';

const rowOf = ({ name, profile, savedAt, savedBy }: SavedProfile) => [name, profile.format, savedAt, savedBy];

export const profilesList: Command = {
  usage: 'profiles list DIR',
  summary: 'lists the import profiles of the office',
  run: async ({ args, output }) => {
    await withOffice(args, args.word(2, 'DIR'), async (app) => {
      const profiles = await app.profiles.list({});
      output.result(profiles, () => formatTable(['name', 'format', 'saved', 'by'], profiles.map(rowOf)));
    });
  },
};

export const profilesSave: Command = {
  usage: 'profiles save DIR PROFILE.json [--name NAME]',
  summary: 'saves an import profile for the files it fits; one of the same name is replaced',
  run: async ({ args, output }) => {
    const file = await readProfileFile(args.word(3, 'PROFILE.json'));
    const name = args.value('name') ?? file.name;
    await withOffice(args, args.word(2, 'DIR'), async (app) => {
      const saved = await app.profiles.save({ ...file, name });
      output.result(saved, () => `Saved ${saved.name}.`);
    });
  },
};

export const profilesRemove: Command = {
  usage: 'profiles remove DIR NAME',
  summary: 'removes an import profile; what was read with it stays',
  run: async ({ args, output }) => {
    const name = args.word(3, 'NAME');
    await withOffice(args, args.word(2, 'DIR'), async (app) => {
      const { id, name: found } = await findProfile(app, name);
      await app.profiles.remove({ profileId: id });
      output.result({ removed: found }, () => `Removed ${found}.`);
    });
  },
};

export const profilesExport: Command = {
  usage: 'profiles export DIR NAME --output PROFILE.json',
  summary: 'writes an import profile as a file for another office',
  run: async ({ args, output }) => {
    const [name, path] = [args.word(3, 'NAME'), args.required('output')];
    await withOffice(args, args.word(2, 'DIR'), async (app) => {
      const found = await findProfile(app, name);
      await writeProfileFile(path, found);
      output.result({ path }, () => `Wrote ${found.name} to ${path}.`);
    });
  },
};
