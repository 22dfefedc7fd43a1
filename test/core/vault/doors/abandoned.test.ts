// A sign-in that fails on its way leaves nobody in, whatever closing the half-open office has to say.
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { SessionHolder } from '../../../../electron/core/vault/call-context.ts';
import type { OfficeSession } from '../../../../electron/core/vault/session.ts';
import { orClose } from '../../../../electron/core/vault/sign-in.ts';
import { testServices } from '../vault-bench.ts';

const services = testServices();

function halfOpen(closing: () => string) {
  let closed = 0;
  const close = (): string => {
    closed += 1;
    return closing();
  };
  const session = { directory: '/nowhere', close } as unknown as OfficeSession;
  const holder: SessionHolder = { current: session };
  return { session, holder, closed: () => closed };
}

const failing = (reason: Error) => (): Promise<never> => Promise.reject(reason);
const refusal = new AppError('SESSION_WRONG_CREDENTIALS');

describe('orClose', () => {
  it('hands on what the work gives, and leaves the session open', async () => {
    const { session, holder, closed } = halfOpen(() => 'anchor');
    expect(await orClose(services, { holder, session }, () => Promise.resolve('in'))).toBe('in');
    expect([holder.current, closed()]).toEqual([session, 0]);
  });

  it('closes and says why it failed, also where closing fails for an expected reason', async () => {
    for (const closing of [() => 'anchor', failingClose(new AppError('VAULT_CORRUPT'))]) {
      const { session, holder, closed } = halfOpen(closing);
      await expect(orClose(services, { holder, session }, failing(refusal))).rejects.toBe(refusal);
      expect([holder.current, closed()]).toEqual([null, 1]);
    }
  });

  it('hides no bug of closing', async () => {
    const bug = new TypeError('a bug');
    const { session, holder } = halfOpen(failingClose(bug));
    await expect(orClose(services, { holder, session }, failing(refusal))).rejects.toBe(bug);
    expect(holder.current).toBeNull();
  });
});

function failingClose(reason: Error): () => never {
  return () => {
    throw reason;
  };
}
