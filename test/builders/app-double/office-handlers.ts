// The double's answers for the office and the practice bank.
import { z } from 'zod';
import { createSealedTexts } from '../../../electron/adapters/crypto/hpke-sealed-texts.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { PasswordStrength } from '../../../shared/ipc/contract/office.ts';
import { normaliseRecoveryText } from '../../../shared/model/recovery-key.ts';
import { instantAgo, officeId, userId } from './ids.ts';
import { practiceBank, recoveryKit } from './office-data.ts';
import { aPerson, takeCode } from './people.ts';
import { change, grantProof, KIT_DUE, refuse, refuseWaiting, sealKit, signedIn, signIn, statusOf } from './session.ts';
import { find, type AppHandlers, type World } from './world.ts';

const COMMON = ['passwordpassword', 'qwertyuiopasdfghjkl', 'letmeinletmein1'];

/** 15 characters, or 8 beside a second factor where the keychain holds half of the key. */
function minimumLength(world: World): number {
  const person = world.people.find(({ id }) => id === world.signedIn);
  const secured = person !== undefined && (person.code !== null || person.device !== null);
  return secured && world.status.protection === 'keychain' ? 8 : 15;
}

interface Asked {
  readonly password: string;
  readonly officeName: string;
  readonly userName: string;
  readonly minimum: number;
}

function ratePassword({ password, officeName, userName, minimum }: Asked): PasswordStrength {
  const reasons: PasswordStrength['reasons'] = [];
  const low = password.toLowerCase();
  const holds = (name: string): boolean => name.trim() !== '' && low.includes(name.trim().toLowerCase());
  if (password.length < minimum) reasons.push('too-short');
  if (COMMON.includes(low)) reasons.push('common');
  if (/^(.{1,3})\1+/.test(password)) reasons.push('guessable');
  if (holds(officeName)) reasons.push('office-name');
  if (holds(userName)) reasons.push('own-name');
  const score =
    reasons.length > 0 ? Math.min(1, Math.floor(password.length / 8)) : Math.min(4, Math.floor(password.length / 4));
  return { acceptable: reasons.length === 0, score, minimumLength: minimum, reasons };
}

/** The password a person chose. @throws {AppError} SESSION_PASSWORD_TOO_SHORT */
async function openNewPassword(world: World, sealed: Parameters<World['sealed']['open']>[1]): Promise<string> {
  const password = await world.sealed.open('new-password', sealed);
  const minimum = minimumLength(world);
  if (password.length < minimum) throw new AppError('SESSION_PASSWORD_TOO_SHORT', { minimum: String(minimum) });
  return password;
}

export const office: AppHandlers['office'] = {
  status: (_, world) => statusOf(world),
  rate: async ({ password, officeName, userName }, world) =>
    ratePassword({
      password: await world.sealed.open('new-password', password),
      officeName,
      userName,
      minimum: minimumLength(world),
    }),
  create: async (input, world) => {
    const password = await openNewPassword(world, input.password);
    world.people = [aPerson({ id: userId, name: input.ownerName, role: 'owner', password })];
    world.signedIn = userId;
    grantProof(world);
    await change(world, {
      state: 'unlocked',
      office: { id: officeId, name: input.name, createdAt: instantAgo(0) },
      protection: input.protection,
      lockAfterMinutes: input.lockAfterMinutes,
      recoveryProven: false,
    });
    return { kit: await sealKit(world, input.replyKey, recoveryKit(input.name)) };
  },
  proveRecoveryKit: async ({ groups }, world) => {
    const typed = z.tuple([z.string(), z.string()]).parse(JSON.parse(await world.sealed.open('kit-groups', groups)));
    const kit = world.kit ?? recoveryKit('');
    const right = kit.prove.every(
      (position, index) => kit.groups[position] === normaliseRecoveryText(typed[index] ?? ''),
    );
    if (!right) throw new AppError('SESSION_RECOVERY_NOT_PROVEN');
    await change(world, { recoveryProven: true });
    return {};
  },
  saveRecoveryKit: ({ path }, world) => {
    if (!world.kitAtHand) throw new AppError('SESSION_KIT_GONE');
    if (world.savedKits.includes(path)) throw new AppError('BACKUP_DESTINATION_EXISTS');
    world.savedKits.push(path);
    return {};
  },
  renewRecoveryKit: async ({ replyKey }, world) => {
    const kit = { ...recoveryKit(world.status.office?.name ?? ''), createdAt: instantAgo(0) };
    const warnings = world.status.warnings.filter((key) => key !== KIT_DUE);
    await change(world, { recoveryProven: false, warnings });
    return { kit: await sealKit(world, replyKey, kit) };
  },
  unlock: async ({ userId: id, password, code, acceptOlderState }, world) => {
    const person = find(world.people, id, 'USER_NOT_FOUND');
    refuseWaiting(person);
    const typed = await world.sealed.open('password', password);
    if (typed !== person.password || !takeCode(person, code)) refuse(person);
    const { found } = world;
    if (found !== null && !(found === 'VAULT_ROLLED_BACK' && acceptOlderState)) throw new AppError(found);
    if (found === 'VAULT_ROLLED_BACK') world.status.warnings.push('older-state-accepted');
    return await signIn(world, person);
  },
  acceptInvitation: async ({ userId: id, code, password }, world) => {
    const person = find(world.people, id, 'USER_NOT_FOUND');
    refuseWaiting(person);
    const typed = normaliseRecoveryText(await world.sealed.open('password', code));
    const { invitation } = person;
    if (invitation === null || typed !== normaliseRecoveryText(invitation.code)) return refuse(person);
    if (Date.parse(invitation.expiresAt) < Date.now()) throw new AppError('SESSION_INVITATION_EXPIRED');
    person.password = await openNewPassword(world, password);
    person.state = 'active';
    person.invitation = null;
    return await signIn(world, person);
  },
  recover: async ({ recoveryKey, password, protection, replyKey }, world) => {
    const typed = normaliseRecoveryText(await world.sealed.open('recovery-key', recoveryKey));
    const kit = recoveryKit(world.status.office?.name ?? '');
    if (typed !== kit.groups.join('')) throw new AppError('SESSION_WRONG_CREDENTIALS');
    const owner = world.people.find(({ role }) => role === 'owner');
    if (!owner) throw new TypeError('an office without an owner');
    owner.password = await openNewPassword(world, password);
    owner.code = null;
    owner.device = null;
    await change(world, { protection, recoveryProven: false });
    await signIn(world, owner);
    return { kit: await sealKit(world, replyKey, { ...kit, groups: kit.groups.toReversed() }) };
  },
  changePassword: async ({ current, next }, world) => {
    const person = signedIn(world);
    refuseWaiting(person);
    if ((await world.sealed.open('password', current)) !== person.password) return refuse(person);
    person.password = await openNewPassword(world, next);
    return {};
  },
  stepUp: async ({ password, code }, world) => {
    const person = signedIn(world);
    refuseWaiting(person);
    if (password !== null) {
      if (person.code !== null || (await world.sealed.open('password', password)) !== person.password) refuse(person);
    } else if (code !== null) {
      if (!takeCode(person, code)) refuse(person, 'FACTOR_CODE_WRONG');
    } else if (person.device === null || !world.deviceConnected) throw new AppError('FACTOR_DEVICE_ABSENT');
    person.failures = 0;
    grantProof(world);
    return {};
  },
  lock: async (_, world) => {
    world.signedIn = null;
    world.kitAtHand = false;
    world.sealed = createSealedTexts();
    return await change(world, { state: 'locked', lockReason: 'user', alerts: [] });
  },
  verify: (_, world) => ({
    ok: true,
    checks: [
      { name: 'header', ok: true, detail: 'generation 14, previous generation kept' },
      { name: 'office database', ok: true, detail: '1,204 pages' },
      ...world.clients.map(({ name }, index) => ({ name, ok: true, detail: `${(index + 1) * 412} pages` })),
      { name: 'audit chain', ok: true, detail: `${world.audit.length} entries` },
    ],
  }),
  setPreferences: async ({ lockAfterMinutes }, world) => {
    await change(world, { lockAfterMinutes });
    return {};
  },
};

export const practice: AppHandlers['practice'] = {
  status: (_, world) => world.practice,
  start: (_, world) => (world.practice = practiceBank(true)),
  stop: (_, world) => (world.practice = practiceBank(false)),
  misbehave: ({ names }, world) => {
    const misbehaviours = world.practice.misbehaviours.map((item) => ({ ...item, on: names.includes(item.name) }));
    return (world.practice = { ...world.practice, misbehaviours });
  },
};
