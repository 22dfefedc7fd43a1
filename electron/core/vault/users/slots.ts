// Which slots of the header belong to the office's people. A slot that belongs to nobody is one that a crash left behind.
import { AppError } from '../../../../shared/errors/app-error.ts';
import { MAX_SLOTS, type UserSlot } from '../../ports/vault-header.ts';
import type { CallContext } from '../call-context.ts';
import { toBase64 } from '../keys/key-tools.ts';
import { officeReaders, type People } from '../keys/roster.ts';
import type { VaultServices } from '../services.ts';

/** Passwords first: the first slot says how the office is protected. */
const byKind = (left: UserSlot, right: UserSlot): number =>
  Number(left.kind === 'invitation') - Number(right.kind === 'invitation');

/** Slots of the listed people with the public keys the list has. @throws {AppError} USER_LIMIT when there are too many */
export function slotsOf(people: People, slots: readonly UserSlot[]): UserSlot[] {
  const recipients = new Map(people.list().map(({ id, recipient }) => [id, recipient]));
  const kept = slots.filter(({ userId, recipient }) => recipients.get(userId) === recipient).toSorted(byKind);
  if (kept.length > MAX_SLOTS) throw new AppError('USER_LIMIT', { limit: String(MAX_SLOTS) });
  return kept;
}

/** At an owner's sign-in: slots left by a crash between header and database go, and the office key is sealed to the listed people alone. */
export async function dropStraySlots(services: Pick<VaultServices, 'sealer'>, context: CallContext): Promise<void> {
  const { office, session, principal } = context;
  if (principal.role !== 'owner') return;
  const present = session.header().slots;
  const slots = slotsOf(office.users, present);
  if (slots.length === present.length) return;
  const readers = [...officeReaders(office.users), office.keyring.get().recoveryRecipient];
  const officeKey = toBase64(await services.sealer.seal(session.officeKey, readers));
  const dropped = present.filter((slot) => !slots.includes(slot)).map(({ userId }) => userId);
  context.act(office, { subject: session.header().office.id, payload: { droppedSlots: dropped } }, () =>
    session.updateHeader({ slots, officeKey }),
  );
}
