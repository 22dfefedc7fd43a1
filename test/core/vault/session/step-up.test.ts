// Which proof is taken of whom, and what a proof leaves: an entry, a window that is proven, another token.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { UserSlot } from '../../../../electron/core/ports/vault-header.ts';
import { createCallContext } from '../../../../electron/core/vault/call-context.ts';
import { createUserSlot } from '../../../../electron/core/vault/keys/user-slot.ts';
import type { VaultServices } from '../../../../electron/core/vault/services.ts';
import { stepUp } from '../../../../electron/core/vault/step-up.ts';
import type { OfficeId } from '../../../../shared/model/ids.ts';
import type { SealedText } from '../../../../shared/model/sealed-text.ts';
import { base64Of, bytes, foretoldTools, identityOf } from '../../../builders/key-tools.ts';
import { aSession, lightServices, OFFICE_ID, USER, type SessionOptions } from './session-bench.ts';

const OUTPUT = bytes(5);
const digest = createHash('sha256').update('strongroom device output v1\n').update(OUTPUT).digest('hex');
const wrong: unknown = expect.objectContaining({ code: 'SESSION_WRONG_CREDENTIALS' });

const opened: string[] = [];
const services = lightServices({
  sealedTexts: {
    open: (purpose: string, sealed: unknown) => {
      opened.push(purpose);
      return typeof sealed === 'string' ? Promise.resolve(sealed) : Promise.reject(new TypeError('nothing sealed'));
    },
  } as unknown as VaultServices['sealedTexts'],
});

async function ownSlot(): Promise<UserSlot> {
  const user = { userId: USER, name: 'Ada', kind: 'password', expiresAt: null, device: null, code: false } as const;
  const secrets = { identity: identityOf('ada'), ownerKey: base64Of(bytes(8)), rosterVersion: 1 };
  const credentials = { password: 'open sesame', deviceSecret: bytes(6), deviceOutput: null };
  const made = { ...user, officeId: OFFICE_ID as OfficeId, secrets };
  return (await createUserSlot(foretoldTools(), made, credentials)).slot;
}

function subject(options: SessionOptions & { readonly device?: boolean } = {}) {
  const slot = options.device ? { policy: { secondFactorKey: true } as UserSlot['policy'] } : options.slot;
  const bench = aSession({ ...options, ...(slot ? { slot } : {}) });
  if (options.device) bench.waiting.deviceDigest = digest;
  const context = createCallContext(services, 'vaultOffice.stepUp', bench.session);
  const none = { window: 'w', password: null, code: null, deviceSecret: base64Of(bytes(6)), deviceOutput: null };
  const prove = async (proof: { password?: string; code?: string; deviceOutput?: string }) =>
    await stepUp(services, context, { ...none, ...proof, password: (proof.password ?? null) as SealedText | null });
  return { ...bench, prove };
}

const left = (factor: string, ...spent: string[]): unknown[] => [
  'begin',
  ...spent,
  'entry vaultOffice.stepUp done',
  'commit',
  'proof of w',
  factor,
];

describe('a fresh proof', () => {
  it.each([
    ['password', {}, { password: 'open sesame' }, []],
    ['app', { app: true }, { code: 'next' }, ['step 8']],
    ['app', { app: true, device: true }, { code: 'next' }, ['step 8']],
    ['device', { device: true }, { deviceOutput: base64Of(OUTPUT) }, []],
    ['device', { app: true, device: true }, { deviceOutput: base64Of(OUTPUT), code: 'wrong' }, []],
  ])('by %s leaves its entry, proves the window and renews the token', async (factor, options, proof, spent) => {
    const { prove, events, entries } = subject({ slot: await ownSlot(), ...options });
    expect(await prove(proof)).toBe('the next token');
    expect([...events, factor]).toEqual(left(factor, ...spent));
    expect(entries).toMatchObject([{ userId: USER, subject: USER, outcome: 'done', payload: { factor } }]);
  });

  it.each([
    ['nothing', {}, {}],
    ['another password', {}, { password: 'open says me' }],
    ['a code where she has none', {}, { code: 'next' }],
    ['a device’s output where she has none', {}, { deviceOutput: base64Of(OUTPUT) }],
    ['a password where she has an app', { app: true }, { password: 'open sesame' }],
    ['a used code', { app: true }, { code: 'same' }],
    ['another output', { device: true }, { deviceOutput: base64Of(bytes(4)) }],
    ['no output', { device: true }, {}],
    ['a password where she has a device', { device: true }, { password: 'open sesame' }],
    ['another output, and no code', { app: true, device: true }, { deviceOutput: base64Of(bytes(4)) }],
  ])('is not %s: that is denied, and changes nothing', async (_what, options, proof) => {
    const { prove, events, entries } = subject({ slot: await ownSlot(), ...options });
    await expect(prove(proof)).rejects.toEqual(wrong);
    expect(events).toEqual(['begin', 'entry vaultOffice.stepUp denied', 'commit']);
    expect(entries).toMatchObject([{ userId: USER, subject: USER, outcome: 'denied', payload: {} }]);
  });

  it('by a device whose output was never seen in this session is none', async () => {
    const { prove, waiting } = subject({ device: true });
    waiting.deviceDigest = null;
    await expect(prove({})).rejects.toEqual(wrong);
    await expect(prove({ deviceOutput: base64Of(OUTPUT) })).rejects.toEqual(wrong);
  });

  it('opens what was sealed as a password, and nothing else', async () => {
    opened.length = 0;
    await subject({ slot: await ownSlot() }).prove({ password: 'open sesame' });
    expect(opened).toEqual(['password']);
  });
});
