// The owners' common signing key: to whom its seed is sealed, what a handover signs, and which pinned key leads to today's.
import { describe, expect, it } from 'vitest';
import { createCheckpointKey } from '../../../../electron/core/vault/keys/checkpoint-key.ts';
import {
  createOwnerKey,
  leadsToOwnerKey,
  openOwnerSecret,
  renewOwnerKey,
  sealOwnerSecret,
} from '../../../../electron/core/vault/keys/owner-key.ts';
import { publicKeyOf, signText, verifyText } from '../../../../electron/core/vault/keys/signing-key.ts';
import type { OfficeId } from '../../../../shared/model/ids.ts';
import {
  base64Of,
  bytes,
  foretoldTools,
  hexOf,
  identityOf,
  lookInto,
  recipientOf,
} from '../../../builders/key-tools.ts';
import { wipedBy } from '../../../builders/wiped.ts';

const id = `office_${'0a'.repeat(10)}` as OfficeId;
const owners = [recipientOf('ada'), recipientOf('recovery')];

describe('the owners’ key', () => {
  it('is a random seed, sealed to the owners, that nobody handed over', async () => {
    const { keyring, seed } = await createOwnerKey(foretoldTools(), owners);
    expect(seed).toEqual(bytes(1));
    expect(keyring).toEqual({
      ownerKey: publicKeyOf(bytes(1)),
      ownerSecret: expect.any(String) as string,
      succession: [],
    });
    expect(lookInto(keyring.ownerSecret)).toEqual({ to: owners, secret: hexOf(bytes(1)) });
  });

  it('opens for an owner, and is sealed to others', async () => {
    const tools = foretoldTools();
    const ownerSecret = await sealOwnerSecret(tools, bytes(5), [recipientOf('ben')]);
    expect(lookInto(ownerSecret)).toEqual({ to: [recipientOf('ben')], secret: hexOf(bytes(5)) });
    expect(hexOf(await openOwnerSecret(tools, { ownerSecret }, identityOf('ben')))).toBe(hexOf(bytes(5)));
    await expect(openOwnerSecret(tools, { ownerSecret }, identityOf('ada'))).rejects.toMatchObject({
      code: 'VAULT_HEADER_TAMPERED',
    });
  });

  it('is handed over by the one before it, which signs the next for this office', async () => {
    const tools = foretoldTools();
    const first = await createOwnerKey(tools, owners);
    const second = await renewOwnerKey(tools, { id, ...first }, owners);
    const third = await renewOwnerKey(tools, { id, ...second }, owners);
    const text = (next: string): string => `{"magic":"strongroom-owner-key","next":"${next}","officeId":"${id}"}`;
    const [one, two, today] = [1, 2, 3].map((value) => publicKeyOf(bytes(value))) as [string, string, string];
    expect(third.seed).toEqual(bytes(3));
    expect(third.keyring).toMatchObject({
      ownerKey: today,
      succession: [
        { key: one, signature: signText(bytes(1), text(two)) },
        { key: two, signature: signText(bytes(2), text(today)) },
      ],
    });
    expect(lookInto(third.keyring.ownerSecret)).toEqual({ to: owners, secret: hexOf(bytes(3)) });
    for (const pinned of [one, two, today]) expect(leadsToOwnerKey(id, pinned, third.keyring)).toBe(true);
    expect(leadsToOwnerKey(id, publicKeyOf(bytes(9)), third.keyring)).toBe(false);
    expect(leadsToOwnerKey(`office_${'0b'.repeat(10)}` as OfficeId, one, third.keyring)).toBe(false);
    const [from, by] = third.keyring.succession;
    const forged = { key: two, signature: from?.signature ?? '' };
    const along = (...succession: unknown[]) =>
      ({ ...third.keyring, succession }) as unknown as Parameters<typeof leadsToOwnerKey>[2];
    expect(leadsToOwnerKey(id, one, along(from, forged))).toBe(false);
    expect(leadsToOwnerKey(id, one, along({ key: one, signature: by?.signature }, by))).toBe(false);
    expect(leadsToOwnerKey(id, one, along(by, from))).toBe(false);
    expect(leadsToOwnerKey(id, one, along(from))).toBe(false);
    // What lies before her pinned key is none of a user's business.
    expect(leadsToOwnerKey(id, two, along({ key: one, signature: '' }, by))).toBe(true);
  });
});

describe('a key for checkpoints', () => {
  it('is a random seed in base64 and its public key; no other copy stays', async () => {
    const { result, wiped } = await wipedBy(() => createCheckpointKey(foretoldTools().random));
    expect(result).toEqual({ checkpointKey: publicKeyOf(bytes(1)), checkpointSecret: base64Of(bytes(1)) });
    expect(wiped.at(-1)).toBe(hexOf(bytes(1)));
  });
});

describe('signing', () => {
  const pkcs8 = `302e020100300506032b657004220420${hexOf(bytes(4))}`;

  it('leaves no copy of the seed', async () => {
    expect((await wipedBy(() => publicKeyOf(bytes(4)))).wiped).toEqual([pkcs8]);
    expect((await wipedBy(() => signText(bytes(4), 'text'))).wiped).toEqual([pkcs8]);
  });

  it('holds for its own text and key only, and never for what is no key', () => {
    const [key, signature] = [publicKeyOf(bytes(4)), signText(bytes(4), 'text')];
    expect(verifyText(key, 'text', signature)).toBe(true);
    expect(verifyText(key, 'text ', signature)).toBe(false);
    expect(verifyText(publicKeyOf(bytes(5)), 'text', signature)).toBe(false);
    for (const length of [0, 31, 33]) expect(verifyText(base64Of(bytes(4, length)), 'text', signature)).toBe(false);
  });
});
