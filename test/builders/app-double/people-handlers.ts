// The double's answers for people and their second factors.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { SealedText, SealingKey } from '../../../shared/model/sealed-text.ts';
import { instantAgo, userIdOf } from './ids.ts';
import { aPerson, newCode, RECOVERY_CODES, totpOf, userView, type DoublePerson } from './people.ts';
import { change, makeKitDue, signedIn, statusOf } from './session.ts';
import { find, type AppHandlers, type World } from './world.ts';

const CODES = ['T4WX-9PKD-27HM-QZ6R', 'B8NE-5VJY-0CGA-X3SF'];

const one = (world: World, id: string): DoublePerson => find(world.people, id, 'USER_NOT_FOUND');

async function tell(world: World): Promise<void> {
  world.emit('users.changed', {});
  world.emit('office.statusChanged', await statusOf(world));
}

function otherOne(world: World, id: string): DoublePerson {
  const person = one(world, id);
  if (person.id === world.signedIn) throw new AppError('USER_SELF');
  return person;
}

function keepAnOwner(world: World, leaving: DoublePerson): void {
  const owners = world.people.filter(({ role, state }) => role === 'owner' && state === 'active');
  if (owners.length === 1 && owners[0] === leaving) throw new AppError('USER_LAST_OWNER');
}

async function invitation(world: World, person: DoublePerson, to: SealingKey) {
  const code = CODES[world.invitations++ % CODES.length] ?? '';
  person.invitation = { code, expiresAt: instantAgo(-7) };
  await tell(world);
  return { user: userView(person), code: await world.sealed.seal(to, 'invitation-code', code) };
}

/** Whoever loses access holds keys that must open nothing: new ones. */
function rotate(world: World, clientIds: readonly string[]): void {
  for (const id of clientIds) world.generations.set(id, (world.generations.get(id) ?? 1) + 1);
}

const idsOf = (world: World, { access }: Pick<DoublePerson, 'access'>): readonly string[] =>
  access.kind === 'all' ? world.clients.map(({ id }) => id) : access.clientIds;

export const users: AppHandlers['users'] = {
  list: (_, world) => world.people.map(userView),
  invite: async ({ name, role, access, replyKey }, world) => {
    if (world.people.some((person) => person.name.toLowerCase() === name.toLowerCase()))
      throw new AppError('USER_NAME_TAKEN');
    const id = userIdOf(100 + world.people.length);
    const person = aPerson({ id, name, role, access, state: 'invited', password: null, lastSignInAt: null });
    world.people = [...world.people, person];
    return await invitation(world, person, replyKey);
  },
  setRole: async ({ userId, role }, world) => {
    const person = one(world, userId);
    if (role !== 'owner') keepAnOwner(world, person);
    if (person.role === 'owner' && role !== 'owner') makeKitDue(world);
    person.role = role;
    if (role === 'owner') person.access = { kind: 'all' };
    await tell(world);
    return userView(person);
  },
  setAccess: async ({ userId, access }, world) => {
    const person = one(world, userId);
    if (person.role === 'owner') throw new AppError('USER_OWNER_ACCESS');
    const kept = idsOf(world, { access });
    rotate(
      world,
      idsOf(world, person).filter((id) => !kept.includes(id)),
    );
    person.access = access;
    await tell(world);
    return userView(person);
  },
  reset: async ({ userId, reason, replyKey }, world) => {
    const person = otherOne(world, userId);
    if (reason === 'compromised') rotate(world, ['office', ...idsOf(world, person)]);
    if (reason === 'compromised' && person.role === 'owner') makeKitDue(world);
    Object.assign(person, {
      state: 'invited',
      password: null,
      code: null,
      device: null,
    } satisfies Partial<DoublePerson>);
    return await invitation(world, person, replyKey);
  },
  remove: async ({ userId }, world) => {
    const person = otherOne(world, userId);
    keepAnOwner(world, person);
    if (person.role === 'owner') makeKitDue(world);
    rotate(world, ['office', ...idsOf(world, person)]);
    world.people = world.people.filter(({ id }) => id !== userId);
    await tell(world);
    return {};
  },
};

function factorState(world: World) {
  const { code, device } = signedIn(world);
  return {
    code: code && { enrolledAt: code.enrolledAt, recoveryCodesLeft: code.recoveryCodes.length },
    device,
    deviceSupport: world.deviceSupport,
  };
}

async function sealCodes(world: World, to: SealingKey): Promise<SealedText> {
  return await world.sealed.seal(to, 'recovery-codes', JSON.stringify(RECOVERY_CODES));
}

async function provePassword(world: World, sealed: SealedText): Promise<DoublePerson> {
  const person = signedIn(world);
  if ((await world.sealed.open('password', sealed)) !== person.password)
    throw new AppError('SESSION_WRONG_CREDENTIALS');
  if (world.deviceSupport === null) throw new AppError('FACTOR_DEVICE_UNSUPPORTED');
  if (!world.deviceConnected) throw new AppError('FACTOR_DEVICE_ABSENT');
  return person;
}

export const factors: AppHandlers['factors'] = {
  state: (_, world) => factorState(world),
  beginCode: async ({ replyKey }, world) => {
    const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    world.enrolling = newCode(secret);
    const text = JSON.stringify({ uri: totpOf(secret).toString(), secret });
    return { enrolment: await world.sealed.seal(replyKey, 'one-time-codes', text) };
  },
  confirmCode: async ({ code, replyKey }, world) => {
    if (world.enrolling === null) throw new AppError('FACTOR_NOT_STARTED');
    if (totpOf(world.enrolling.secret).validate({ token: code, window: 1 }) === null)
      throw new AppError('FACTOR_CODE_WRONG');
    world.enrolling.used.push(code);
    signedIn(world).code = world.enrolling;
    world.enrolling = null;
    await change(world, {});
    return { recoveryCodes: await sealCodes(world, replyKey) };
  },
  renewRecoveryCodes: async ({ replyKey }, world) => {
    const { code } = signedIn(world);
    if (code === null) throw new AppError('FACTOR_NOT_ENROLLED');
    code.recoveryCodes = [...RECOVERY_CODES];
    return { recoveryCodes: await sealCodes(world, replyKey) };
  },
  removeCode: async (_, world) => {
    const person = signedIn(world);
    if (person.code === null) throw new AppError('FACTOR_NOT_ENROLLED');
    if ((person.password?.length ?? 0) < 15) throw new AppError('SESSION_PASSWORD_TOO_SHORT', { minimum: '15' });
    person.code = null;
    await change(world, {});
    return {};
  },
  addDevice: async ({ password }, world) => {
    const person = await provePassword(world, password);
    person.device = { enrolledAt: instantAgo(0), label: 'Nitrokey 3' };
    await change(world, {});
    return factorState(world);
  },
  removeDevice: async ({ password }, world) => {
    const person = await provePassword(world, password);
    person.device = null;
    await change(world, {});
    return factorState(world);
  },
};
