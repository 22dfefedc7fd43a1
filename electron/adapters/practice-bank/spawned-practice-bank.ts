// The practice bank as a process that this program starts and ends.
import type { PracticeBankDetails, PracticeBankPort } from '../../core/ports/practice-bank.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { MISBEHAVIOURS, MisbehaviourName } from '../../practice-bank/misbehaviours.ts';
import { startPracticeBankProcess, type PracticeBankProcess, type SpawnOptions } from '../../practice-bank/spawn.ts';
import type { PracticeBankDetails as BankDetails } from '../../practice-bank/details.ts';

/** What the host may know of a practice bank's own description. */
export function portDetails({
  name,
  issuer,
  resourceBase,
  authorityPem,
  pins,
  client,
  signIns,
}: BankDetails): PracticeBankDetails {
  return { institution: name, issuer, resourceBase, authorityPem, pins, client, signIns };
}

/** Every switch of the practice bank with its description. */
export const PRACTICE_MISBEHAVIOURS: PracticeBankPort['misbehaviours'] = Object.entries(MISBEHAVIOURS).map(
  ([name, description]) => ({ name, description }),
);

export interface SpawnedPracticeBank extends PracticeBankPort {
  /** The process behind the port once it was started, for a demonstration that compares with the bank's own ledger. */
  process(): PracticeBankProcess | null;
}

/** Starts the practice bank with the first `start` and keeps it until `stop`. `options` are for tests. @throws {AppError} PRACTICE_NOT_RUNNING, USAGE_INVALID from `misbehave` */
export function createSpawnedPracticeBank(options: SpawnOptions = {}): SpawnedPracticeBank {
  let starting: Promise<PracticeBankProcess> | null = null;
  let bank: PracticeBankProcess | null = null;
  let on: readonly string[] = [];
  return {
    misbehaviours: PRACTICE_MISBEHAVIOURS,
    process: () => bank,
    start: async () => {
      starting ??= startPracticeBankProcess(options);
      bank = await starting;
      return portDetails(bank.details);
    },
    current: () => bank && portDetails(bank.details),
    misbehave: async (names) => {
      if (!bank) throw new AppError('PRACTICE_NOT_RUNNING');
      const known = names.map((name) => MisbehaviourName.safeParse(name));
      const switches = known.flatMap(({ data }) => (data ? [data] : []));
      if (switches.length < names.length) throw new AppError('USAGE_INVALID', { problem: 'unknown misbehaviour' });
      await bank.misbehave(switches);
      on = switches;
    },
    misbehaving: () => on,
    stop: async () => {
      const ending = bank;
      [bank, starting, on] = [null, null, []];
      await ending?.close();
    },
  };
}
