// `strongroom recovery …`: a new recovery kit in the place of the old one, and the proof that a kit can be read.
import { normaliseRecoveryText } from '../../../shared/model/recovery-key.ts';
import type { Arguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { sayWhatIsDue } from '../notices.ts';
import { withOffice } from '../open-office.ts';
import { showKit } from '../recovery-kit.ts';
import { askCode, recoveryKeySource } from '../secrets-input.ts';

const GROUP = 4;

export const recoveryRenew: Command = {
  usage: 'recovery renew DIR [--kit FILE.pdf]',
  summary:
    'makes a new recovery kit and shows it, once; the old paper opens nothing any more, save older backups; where it was due, every database gets a new key as well',
  run: async (context) => {
    const { args, output } = context;
    await withOffice(args, args.word(2, 'DIR'), async (app, { secrets }) => {
      const { kit } = await app.office.renewRecoveryKit({ replyKey: await secrets.replyKey() });
      await showKit(app, context, await secrets.openKit(kit));
      await sayWhatIsDue(app, output);
    });
  },
};

/** The two groups asked for: out of the whole key where a file has it, otherwise typed from the paper. */
async function readGroups(args: Arguments, positions: readonly number[]): Promise<string[]> {
  if (args.value('recovery-key-file') !== null) {
    const text = normaliseRecoveryText(await (await recoveryKeySource(args))());
    return positions.map((position) => text.slice(position * GROUP, (position + 1) * GROUP));
  }
  const groups: string[] = [];
  for (const position of positions)
    groups.push(await askCode(`Group ${position + 1} of the kit`, '--recovery-key-file'));
  return groups;
}

export const recoveryProve: Command = {
  usage: 'recovery prove DIR [--recovery-key-file F]',
  summary: 'asks for two groups of the recovery kit, to prove that its paper is there and can be read',
  run: async ({ args, output }) => {
    await withOffice(args, args.word(2, 'DIR'), async (app, { secrets }) => {
      const { recoveryAsks } = await app.security.state({});
      if (recoveryAsks === null) return output.result({ proven: true }, () => 'The kit was proven before.');
      const groups = await readGroups(args, recoveryAsks);
      await app.office.proveRecoveryKit({ groups: await secrets.seal('kit-groups', JSON.stringify(groups)) });
      return output.result({ proven: true }, () => 'Proven: this kit opens the office.');
    });
  },
};
