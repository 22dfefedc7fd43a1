// A way in that fails half-way: no open vault stays behind that a lock would not know of, and nobody else is thrown out.
import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import {
  anInspection,
  anOpenedOffice,
  anUnlocking,
  aSealedText,
  createAppOverDoubles,
  type AppOverDoubles,
} from '../../builders/app-over-doubles.ts';
import type { Answers } from '../../builders/memory-process.ts';

const kit = aSealedText('kit');
const sealed = { password: aSealedText('new'), protection: 'password-only', replyKey: 'R'.repeat(87) } as const;
const recovery = { ...sealed, recoveryKey: aSealedText('paper') };
const creation = { ...sealed, name: 'Office', ownerName: 'Olivia', lockAfterMinutes: 5 };

const refusing = (code: ErrorCode) => () => {
  throw new AppError(code);
};

const anApp = (answers: Answers): AppOverDoubles =>
  createAppOverDoubles({
    'vaultOffice.inspect': () => anInspection('password-only'),
    'vaultOffice.unlock': () => anOpenedOffice('password-only'),
    ...answers,
  });

describe('a way in that fails after the vault was asked', () => {
  /** A vault whose session outlives the failure, as of a recovery that breaks off half-way. */
  function withVaultLeftOpen(entrance: 'unlock' | 'recover'): AppOverDoubles {
    const left = new Set<unknown>();
    const made: AppOverDoubles = anApp({
      [`vaultOffice.${entrance}`]: () => {
        const vault = made.processes.last('vault');
        if (left.has(vault)) throw new AppError('OFFICE_IN_USE');
        left.add(vault);
        if (left.size === 1) throw new AppError('VAULT_DISK_FULL');
        const opened = anOpenedOffice('password-only');
        return entrance === 'unlock' ? opened : { opened, kit };
      },
    });
    return made;
  }

  it.each(['unlock', 'recover'] as const)('(%s) leaves no open vault: the next try starts clean', async (entrance) => {
    const { client, app, processes } = withVaultLeftOpen(entrance);
    const enter = () => (entrance === 'unlock' ? client.office.unlock(anUnlocking()) : client.office.recover(recovery));
    await expect(enter()).rejects.toMatchObject({ code: 'VAULT_DISK_FULL' });
    const [first] = processes.started;
    expect(first?.alive).toBe(false);
    await enter();
    expect(await client.office.status({})).toMatchObject({ state: 'unlocked', problem: null });
    await app.lock('user');
    expect(processes.started.filter(({ alive }) => alive)).toHaveLength(1);
    expect(await client.office.status({})).toMatchObject({ state: 'locked', lockReason: 'user' });
  });

  it('of whoever comes second closes nothing of the one who is in', async () => {
    const { client, processes } = anApp({ 'vaultOffice.recover': refusing('OFFICE_IN_USE') });
    await client.office.unlock(anUnlocking());
    await expect(client.office.recover(recovery)).rejects.toMatchObject({ code: 'OFFICE_IN_USE' });
    expect(processes.last('vault').alive).toBe(true);
    expect(await client.office.status({})).toMatchObject({ state: 'unlocked' });
  });

  it('leaves the one alone who is on her way in', async () => {
    let open = (_opened: object): void => undefined;
    const { client, processes } = anApp({
      'vaultOffice.unlock': () => new Promise((resolve) => (open = resolve)),
      'vaultOffice.create': refusing('OFFICE_EXISTS'),
    });
    const unlocking = client.office.unlock(anUnlocking());
    await vi.waitFor(() => expect(processes.last('vault').heard.at(-1)?.call).toBe('vaultOffice.unlock'));
    await expect(client.office.create(creation)).rejects.toMatchObject({ code: 'OFFICE_EXISTS' });
    open(anOpenedOffice());
    expect(await unlocking).toMatchObject({ state: 'unlocked' });
  });
});
