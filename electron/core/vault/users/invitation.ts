// An invitation: a new identity behind a code that is shown once and is good for seven days. It writes nothing.
import { instantOf, type Instant } from '../../../../shared/model/instant.ts';
import { normaliseRecoveryText } from '../../../../shared/model/recovery-key.ts';
import type { OfficeUser } from '../../ports/office-repositories.ts';
import type { UserSlot } from '../../ports/vault-header.ts';
import type { Random } from '../../ports/clock.ts';
import { costsToKeep, createUserSlot } from '../keys/user-slot.ts';
import type { VaultServices } from '../services.ts';
import type { OfficeSession } from '../session.ts';

const GOOD_FOR_MS = 7 * 86_400_000;
/** Crockford's base 32. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_GROUPS = [5, 5, 5, 5, 6];

/** 130 random bits in five groups. */
export function newInvitationCode(random: Random): string {
  const group = (length: number): string =>
    Array.from(random(length), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
  return CODE_GROUPS.map(group).join('-');
}

export interface NewInvitation {
  readonly code: string;
  readonly slot: UserSlot;
  /** What of the user's row goes with the slot. */
  readonly row: Pick<OfficeUser, 'recipient' | 'state' | 'passwordStandsAlone' | 'invitationExpiresAt'>;
}

/** A way in for somebody who has none yet, or none any more. Of an earlier one only what its derivation cost is part of it. */
export async function createInvitation(
  services: VaultServices,
  session: OfficeSession,
  { id: userId, name }: Pick<OfficeUser, 'id' | 'name'>,
): Promise<NewInvitation> {
  const code = newInvitationCode(services.random);
  const identity = await services.sealer.newIdentity();
  const { ownerKey, rosterVersion } = session.office.store.keyring.get();
  const expiresAt: Instant = instantOf(services.clock.now() + GOOD_FOR_MS);
  const header = session.header();
  const officeId = header.office.id;
  const secrets = { identity, ownerKey, rosterVersion };
  const { slot, key } = await createUserSlot(
    services,
    {
      officeId,
      userId,
      name,
      kind: 'invitation',
      expiresAt,
      secrets,
      code: false,
      device: null,
      ...costsToKeep(header, userId),
    },
    { password: normaliseRecoveryText(code), deviceSecret: null, deviceOutput: null },
  );
  key.fill(0);
  const row = {
    recipient: slot.recipient,
    state: 'invited',
    passwordStandsAlone: false,
    invitationExpiresAt: expiresAt,
  } as const;
  return { code, slot, row };
}
