// The recovery kit: made once, shown once, proven by typing two of its groups back. Only a hash of those two groups stays behind.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Buffer } from 'node:buffer';
import type { RecoveryKit } from '../../../shared/ipc/contract/office.ts';
import { formatRecoveryKey, normaliseRecoveryText, RECOVERY_KEY_LENGTH } from '../../../shared/model/recovery-key.ts';
import type { Random } from '../ports/clock.ts';
import type { OfficeProfile, RecoveryProof } from '../ports/office-repositories.ts';
import { deny, type CallContext } from './call-context.ts';
import { recoveryProofKey } from './office-keys.ts';

interface Group {
  readonly position: number;
  readonly text: string;
}

/** Two of the eight groups give away 40 of 160 bits to who already holds the office key; after the proof even their hash is gone. */
function digestOf(officeKey: Uint8Array, groups: readonly Group[]): string {
  const lines = groups
    .toSorted((left, right) => left.position - right.position)
    .map(({ position, text }) => `${position}:${normaliseRecoveryText(text)}`);
  return createHmac('sha256', recoveryProofKey(officeKey)).update(lines.join('\n')).digest('hex');
}

/** Two different positions, each pair nearly as likely as any other. */
function choosePositions(random: Random): [number, number] {
  const [first = 0, step = 0] = random(2);
  const one = first % 8;
  return [one, (one + 1 + (step % 7)) % 8].sort((left, right) => left - right) as [number, number];
}

export interface NewRecovery {
  readonly key: Uint8Array;
  readonly kit: RecoveryKit;
  readonly proof: RecoveryProof;
}

/** A new recovery key as its bytes, its paper and the proof asked for. */
export function createRecovery(
  office: Pick<OfficeProfile, 'id' | 'name' | 'createdAt'>,
  officeKey: Uint8Array,
  random: Random,
): NewRecovery {
  const key = random(RECOVERY_KEY_LENGTH);
  const groups = formatRecoveryKey(key);
  const positions = choosePositions(random);
  const asked = positions.map((position) => ({ position, text: groups[position] ?? '' }));
  const { id: officeId, name: officeName, createdAt } = office;
  return {
    key,
    kit: { officeId, officeName, createdAt, groups, prove: positions },
    proof: { positions, digest: digestOf(officeKey, asked) },
  };
}

/** @throws {AppError} SESSION_RECOVERY_NOT_PROVEN when what was typed is not what the kit says */
export function proveRecoveryKit(context: CallContext, groups: readonly Group[]): void {
  const { profile } = context.office;
  const { id, recoveryProof } = profile.get();
  if (!recoveryProof) return context.act(context.office, { subject: id }, () => undefined);
  const given = Buffer.from(digestOf(context.session.officeKey, groups));
  const right = timingSafeEqual(given, Buffer.from(recoveryProof.digest));
  if (!right) deny(context, 'SESSION_RECOVERY_NOT_PROVEN', { subject: id });
  return context.act(context.office, { subject: id }, () => profile.setRecoveryProven(context.now()));
}
