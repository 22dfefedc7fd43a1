// The host's answers to the `practice` calls: what the window may know of the practice bank, without its client key.
import type { AppContract } from '../../../shared/ipc/contract.ts';
import type { Handlers } from '../../../shared/ipc/call.ts';
import type { PracticeBankView } from '../../../shared/ipc/contract/practice.ts';
import type { PracticeBankPort } from '../ports/practice-bank.ts';

type PracticeHandlers = Pick<Handlers<AppContract, unknown, 'host'>, 'practice'>;

function viewOf(bank: PracticeBankPort): PracticeBankView {
  const details = bank.current();
  const on = new Set(bank.misbehaving());
  return {
    running: details !== null,
    institution: details?.institution ?? 'Practice bank',
    issuer: details?.issuer ?? '',
    resourceBase: details?.resourceBase ?? '',
    authorityPem: details?.authorityPem ?? '',
    clientId: details?.client.clientId ?? '',
    pins: details ? { ...details.pins } : null,
    signIns: (details?.signIns ?? []).map(({ name, password, companies }) => ({
      name,
      password,
      companies: [...companies],
    })),
    misbehaviours: bank.misbehaviours.map(({ name, description }) => ({ name, description, on: on.has(name) })),
  };
}

export function createPracticeHandlers(bank: PracticeBankPort): PracticeHandlers {
  return {
    practice: {
      status: () => viewOf(bank),
      start: async () => {
        await bank.start();
        return viewOf(bank);
      },
      stop: async () => {
        await bank.stop();
        return viewOf(bank);
      },
      misbehave: async ({ names }) => {
        await bank.misbehave(names);
        return viewOf(bank);
      },
    },
  };
}
