// Who is signed in at the double, what she may, and whether she proved herself lately. The rules of the vault, in a few lines.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import type { CallPolicy } from '../../../shared/ipc/call.ts';
import type { OfficeStatus, RecoveryKit } from '../../../shared/ipc/contract/office.ts';
import { instantOf } from '../../../shared/model/instant.ts';
import { roleAllows } from '../../../shared/model/roles.ts';
import type { SealedText, SealingKey } from '../../../shared/model/sealed-text.ts';
import { countFailure, doorUser, factorsOf, TRIES, type DoublePerson } from './people.ts';
import type { World } from './world.ts';

const PROOF_MS = 5 * 60_000;

export function signedIn(world: World): DoublePerson {
  const person = world.people.find(({ id }) => id === world.signedIn);
  if (!person) throw new AppError('SESSION_LOCKED');
  return person;
}

export async function statusOf(world: World): Promise<OfficeStatus> {
  const person = world.people.find(({ id }) => id === world.signedIn);
  return {
    ...world.status,
    users: world.status.office === null ? [] : world.people.map(doorUser),
    user: person ? { id: person.id, name: person.name, role: person.role, factors: factorsOf(person) } : null,
    entryKey: await world.sealed.publicKey(),
  };
}

export async function change(world: World, status: Partial<World['status']>): Promise<OfficeStatus> {
  world.status = { ...world.status, ...status };
  const next = await statusOf(world);
  world.emit('office.statusChanged', next);
  return next;
}

export const KIT_DUE = 'recovery-kit-due';

/** Somebody who could open the recovery identity goes, or her keys may be known. */
export function makeKitDue({ status }: World): void {
  if (!status.warnings.includes(KIT_DUE)) status.warnings.push(KIT_DUE);
}

export function grantProof(world: World): void {
  world.provenUntilMs = Date.now() + PROOF_MS;
}

/** @throws {AppError} SESSION_LOCKED, SESSION_FORBIDDEN, SESSION_STEP_UP_REQUIRED */
export function authorise(world: World, { permission, stepUp }: CallPolicy): World {
  if (permission === 'public') return world;
  const person = signedIn(world);
  if (!roleAllows(person.role, permission)) throw new AppError('SESSION_FORBIDDEN');
  if (stepUp && world.provenUntilMs < Date.now()) throw new AppError('SESSION_STEP_UP_REQUIRED');
  return world;
}

/** Refuses whoever has to wait. @throws {AppError} SESSION_LOCKED_OUT */
export function refuseWaiting(person: DoublePerson): void {
  const minutes = Math.ceil((person.lockedUntilMs - Date.now()) / 60_000);
  if (minutes > 0) throw new AppError('SESSION_LOCKED_OUT', { minutes: String(minutes) });
}

/** Counts a wrong try. @throws {AppError} always */
export function refuse(person: DoublePerson, code: ErrorCode = 'SESSION_WRONG_CREDENTIALS'): never {
  countFailure(person);
  throw new AppError(code);
}

/** Lets a person in: what failed before becomes an alert. */
export async function signIn(world: World, person: DoublePerson): Promise<OfficeStatus> {
  const alerts = world.people
    .filter(({ failures }) => failures > 0)
    .map(({ id, name, failures, firstFailureAt }) => ({
      userId: id,
      userName: name,
      tries: failures,
      firstAt: firstFailureAt ?? instantOf(Date.now()),
      lastAt: instantOf(Date.now()),
      lockedOut: failures >= TRIES,
    }));
  person.failures = 0;
  person.firstFailureAt = null;
  person.lastSignInAt = instantOf(Date.now());
  world.signedIn = person.id;
  grantProof(world);
  return await change(world, { state: 'unlocked', lockReason: null, alerts: [...world.status.alerts, ...alerts] });
}

/** The kit as it travels: sealed to who asked. */
export async function sealKit(world: World, to: SealingKey, kit: RecoveryKit): Promise<SealedText> {
  world.kit = kit;
  world.kitAtHand = true;
  return await world.sealed.seal(to, 'recovery-kit', JSON.stringify(kit));
}
