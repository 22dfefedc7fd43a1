// The paper's way in: what its identity is bound to, who else opens it, and which key does not.
import { describe, expect, it } from 'vitest';
import {
  createRecoverySlot,
  openForOwners,
  openRecoverySlot,
  sealForOwners,
} from '../../../../electron/core/vault/keys/recovery-slot.ts';
import { deriveKey, unwrapSecret } from '../../../../electron/core/vault/keys/wrapped-secret.ts';
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

const officeId = `office_${'0a'.repeat(10)}` as OfficeId;
const identity = identityOf('paper');
const [recoveryKey, ownerKey] = [bytes(9, 20), base64Of(bytes(8))];
const owners = [recipientOf('ada')];
const make = async () =>
  await createRecoverySlot(foretoldTools(), { officeId, recoveryKey, ownerKey, owners }, identity);
const slotKey = hexOf(deriveKey(recoveryKey, bytes(1, 16), 'kek/recovery'));

describe('the recovery slot', () => {
  it('wraps the recovery identity under the paper’s key, bound to all it states', async () => {
    const { result: slot, wiped } = await wipedBy(make);
    const salt = base64Of(bytes(1, 16));
    const stated = { id: 'recovery', salt, recipient: recipientOf('paper'), ownerKey } as const;
    expect(slot).toMatchObject(stated);
    const { id: slotId, ...facts } = stated;
    const associated = { magic: 'strongroom-office', version: 1, officeId, slotId, ...facts };
    const key = deriveKey(recoveryKey, bytes(1, 16), 'kek/recovery');
    const opened = unwrapSecret({ key, wrapped: slot.identity, associated });
    expect(Buffer.from(opened ?? expect.fail('closed')).toString()).toBe(identity);
    expect(wiped).toContain(slotKey);
  });

  it('is sealed to the owners, who open it', async () => {
    const slot = await make();
    expect(lookInto(slot.forOwner)).toEqual({ to: owners, secret: hexOf(identity) });
    expect(await openForOwners(foretoldTools(), slot, identityOf('ada'))).toBe(identity);
    await expect(openForOwners(foretoldTools(), slot, identityOf('ben'))).rejects.toMatchObject({
      code: 'VAULT_HEADER_TAMPERED',
    });
    const others = await sealForOwners(foretoldTools(), [recipientOf('ben')], identity);
    expect(lookInto(others)).toEqual({ to: [recipientOf('ben')], secret: hexOf(identity) });
  });

  it('opens with the paper’s key, of which no copy stays', async () => {
    const slot = await make();
    const { result, wiped } = await wipedBy(() => openRecoverySlot(officeId, slot, recoveryKey));
    expect(result).toBe(identity);
    expect(wiped).toContain(slotKey);
  });

  it('does not open with another key, for another office, or changed', async () => {
    const slot = await make();
    expect(openRecoverySlot(officeId, slot, bytes(10, 20))).toBeNull();
    expect(openRecoverySlot(`office_${'0b'.repeat(10)}` as OfficeId, slot, recoveryKey)).toBeNull();
    for (const change of [
      { salt: base64Of(bytes(2, 16)) },
      { recipient: recipientOf('other') },
      { ownerKey: base64Of(bytes(7)) },
    ])
      expect(openRecoverySlot(officeId, { ...slot, ...change }, recoveryKey)).toBeNull();
  });
});
