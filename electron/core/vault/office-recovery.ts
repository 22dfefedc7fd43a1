// The recovery kit: made, proven by typing two of its groups back, saved while it is at hand, and replaced.
import { Buffer } from 'node:buffer';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { RecoveryKit } from '../../../shared/ipc/contract/office.ts';
import { formatRecoveryKey, normaliseRecoveryText, RECOVERY_KEY_LENGTH } from '../../../shared/model/recovery-key.ts';
import type { SealedText } from '../../../shared/model/sealed-text.ts';
import type { Random } from '../ports/clock.ts';
import type { OfficeProfile, RecoveryProof } from '../ports/office-repositories.ts';
import { deny, type CallContext } from './call-context.ts';
import { fromBase64, toBase64 } from './keys/key-tools.ts';
import { openRecoverySlot } from './keys/recovery-slot.ts';
import type { RecoverySlot } from '../ports/vault-header.ts';
import type { VaultServices } from './services.ts';

interface Group {
  readonly position: number;
  readonly text: string;
}

/** Two of the eight groups give away 40 of 160 bits to who already reads the office database; after the proof even their hash is gone. */
function digestOf(key: Uint8Array, groups: readonly Group[]): string {
  const lines = groups
    .toSorted((left, right) => left.position - right.position)
    .map(({ position, text }) => `${position}:${normaliseRecoveryText(text)}`);
  return createHmac('sha256', key).update(lines.join('\n')).digest('hex');
}

/** Two different positions, each pair nearly as likely as any other. */
function choosePositions(random: Random): [number, number] {
  const [first = 0, step = 0] = random(2);
  const one = first % 8;
  return [one, (one + 1 + (step % 7)) % 8].sort((left, right) => left - right) as [number, number];
}

export interface NewRecovery {
  /** 20 bytes; the caller zeroes them. */
  readonly key: Uint8Array;
  readonly kit: RecoveryKit;
  readonly proof: RecoveryProof;
}

/** A new recovery key as its bytes, its paper and the proof asked for. */
export function createRecovery(office: Pick<OfficeProfile, 'id' | 'name' | 'createdAt'>, random: Random): NewRecovery {
  const key = random(RECOVERY_KEY_LENGTH);
  const groups = formatRecoveryKey(key);
  const positions = choosePositions(random);
  const asked = positions.map((position) => ({ position, text: groups[position] ?? '' }));
  const proofKey = random(32);
  const { id: officeId, name: officeName, createdAt } = office;
  return {
    key,
    kit: { officeId, officeName, createdAt, groups, prove: positions },
    proof: { positions, key: toBase64(proofKey), digest: digestOf(proofKey, asked) },
  };
}

/** A kit proves itself before anybody sees it: its key opens the recovery identity as it will lie in the header. @throws {TypeError} a bug */
export function assertKitOpens({ kit, key }: NewRecovery, slot: RecoverySlot): void {
  if (openRecoverySlot(kit.officeId, slot, key) === null) throw new TypeError('a recovery kit that opens nothing');
}

/** Keeps the kit for saving it, and seals it for the window that shows it. */
export async function handOutKit(
  services: Pick<VaultServices, 'sealedTexts'>,
  context: Pick<CallContext, 'session'>,
  { kit, replyKey }: { readonly kit: RecoveryKit; readonly replyKey: string },
): Promise<SealedText> {
  context.session.waiting.kit = kit;
  return await services.sealedTexts.seal(replyKey, 'recovery-kit', JSON.stringify(kit));
}

const TypedGroups = z.tuple([z.string().max(16), z.string().max(16)]);

/** @throws {AppError} SESSION_RECOVERY_NOT_PROVEN when what was typed is not what the kit says */
export async function proveRecoveryKit(
  services: Pick<VaultServices, 'sealedTexts'>,
  context: CallContext,
  sealed: SealedText,
): Promise<void> {
  const { profile } = context.office;
  const { id, recoveryProof } = profile.get();
  const typed = TypedGroups.parse(JSON.parse(await services.sealedTexts.open('kit-groups', sealed)));
  if (!recoveryProof) return context.act(context.office, { subject: id }, () => undefined);
  const groups = recoveryProof.positions.map((position, index) => ({ position, text: typed[index] ?? '' }));
  const given = Buffer.from(digestOf(fromBase64(recoveryProof.key), groups));
  const right = timingSafeEqual(given, Buffer.from(recoveryProof.digest));
  if (!right) deny(context, 'SESSION_RECOVERY_NOT_PROVEN', { subject: id });
  return context.act(context.office, { subject: id }, () => profile.setRecoveryProven(context.now()));
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes);
}

/** Writes the kit of this session as a PDF, to a new file. @throws {AppError} SESSION_KIT_GONE, BACKUP_DESTINATION_*, BACKUP_FOLDER_NOT_FOUND, VAULT_* */
export async function saveRecoveryKit(services: VaultServices, context: CallContext, path: string): Promise<void> {
  const { session } = context;
  const { kit } = session.waiting;
  if (!kit) throw new AppError('SESSION_KIT_GONE');
  if (services.folders.contains(session.directory, path)) throw new AppError('BACKUP_DESTINATION_INSIDE_OFFICE');
  const file = await services.newFiles.write(path, once(await services.kitDocument.render(kit)));
  await file.publish();
  context.act(context.office, { subject: kit.officeId }, () => undefined);
}
