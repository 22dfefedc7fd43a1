// `strongroom office security`: what protects an office, each fact as measured.
import type { SecurityState } from '../../../shared/ipc/contract/security.ts';
import type { Command } from '../command.ts';
import { withOffice } from '../open-office.ts';
import { formatTable, type Cell } from '../output.ts';

type Row = readonly [fact: string, value: Cell];

const factorsOf = ({ code, device }: SecurityState['factors']): string =>
  [code ? 'authenticator app' : '', device ? 'device' : ''].filter(Boolean).join(', ') || 'none';

function backupOf({ lastBackup }: SecurityState): string {
  if (!lastBackup) return 'never';
  return `${lastBackup.at}, ${lastBackup.verifiedAt ? `proven ${lastBackup.verifiedAt}` : 'never proven'}`;
}

function accessFacts({ protection, keyDerivation, factors, users, recoveryProvenAt }: SecurityState): Row[] {
  const { memoryMiB, passes, lanes } = keyDerivation;
  return [
    ['keys protected by', protection === 'keychain' ? 'password and keychain' : 'the password alone'],
    ['your key derivation', `Argon2id, ${memoryMiB} MiB, ${passes} passes, ${lanes} lanes`],
    ['your second factors', factorsOf(factors)],
    ['people', `${users.total}, ${users.withSecondFactor} with a second factor, ${users.invited} invited`],
    ['recovery kit proven', recoveryProvenAt ?? 'no'],
  ];
}

function placeFacts(state: SecurityState): Row[] {
  const { anchor, audit, networkFolder, coreDumps, lockAfterMinutes } = state;
  return [
    ['last backup', backupOf(state)],
    ['state remembered', anchor ? `entry ${anchor.sequence}, ${anchor.at}` : 'no'],
    ['audit log', `${audit.entries} entries, ${audit.intact ? 'intact' : 'BROKEN'}`],
    ['checkpoint key', audit.checkpointKey],
    ['last checkpoint', audit.lastCheckpointAt ?? 'none yet'],
    ['folder', networkFolder ? 'on another computer' : 'on this computer'],
    ['core files', coreDumps],
    ['locks after', `${lockAfterMinutes} min`],
  ];
}

function keyRows({ officeKey, clientKeys }: SecurityState): Cell[][] {
  return [{ name: 'office', key: officeKey }, ...clientKeys].map(({ name, key }) => [name, key.generation, key.since]);
}

export const officeSecurity: Command = {
  usage: 'office security DIR',
  summary: 'says what protects the office: keys and their age, people, factors, audit log, backups',
  run: async ({ args, output }) => {
    await withOffice(args, args.word(2, 'DIR'), async (app) => {
      const state = await app.security.state({});
      output.result(state, () =>
        [
          formatTable(['fact', 'value'], [...accessFacts(state), ...placeFacts(state)]),
          '',
          formatTable(['key', 'generation', 'since'], keyRows(state), [1]),
        ].join('\n'),
      );
    });
  },
};
