// The double's people: an owner and her colleagues, their passwords and factors. Every secret here is public.
import { Secret, TOTP } from 'otpauth';
import type { DoorUser, OwnFactors } from '../../../shared/ipc/contract/office.ts';
import type { Access, OfficeUserView } from '../../../shared/ipc/contract/users.ts';
import type { Instant } from '../../../shared/model/instant.ts';
import type { Role } from '../../../shared/model/roles.ts';
import { clientId, instantAgo, userIdOf } from './ids.ts';
import type { DoubleOptions } from './options.ts';

/** What opens every double's person. */
export const DOUBLE_PASSWORD = 'correct horse battery staple';

export interface DoublePerson {
  readonly id: DoorUser['id'];
  readonly name: string;
  role: Role;
  access: Access;
  state: OfficeUserView['state'];
  password: string | null;
  /** The password alone opens it where this is false. */
  deviceSecret: boolean;
  /** The open invitation's code. */
  invitation: { readonly code: string; readonly expiresAt: Instant } | null;
  code: { readonly enrolledAt: Instant; readonly secret: string; recoveryCodes: string[]; used: string[] } | null;
  device: { readonly enrolledAt: Instant; readonly label: string } | null;
  readonly createdAt: Instant;
  lastSignInAt: Instant | null;
  /** Wrong tries since the last good one. */
  failures: number;
  firstFailureAt: Instant | null;
  lockedUntilMs: number;
}

export const TRIES = 10;
const WAIT_MS = 30 * 60_000;

export function totpOf(secret: string): TOTP {
  return new TOTP({ issuer: 'Strongroom', label: 'Thornbury & Partners', secret: Secret.fromBase32(secret) });
}

export const RECOVERY_CODES = Array.from({ length: 10 }, (_, index) => `K7QM-${String(2040 + index * 731)}`);

export function newCode(secret: string): NonNullable<DoublePerson['code']> {
  return { enrolledAt: instantAgo(0), secret, recoveryCodes: [...RECOVERY_CODES], used: [] };
}

export function aPerson(given: Pick<DoublePerson, 'id' | 'name' | 'role'> & Partial<DoublePerson>): DoublePerson {
  return {
    access: { kind: 'all' },
    state: 'active',
    password: DOUBLE_PASSWORD,
    deviceSecret: true,
    invitation: null,
    code: null,
    device: null,
    createdAt: instantAgo(200),
    lastSignInAt: instantAgo(1.2),
    failures: 0,
    firstFailureAt: null,
    lockedUntilMs: 0,
    ...given,
  };
}

const some = (...numbers: readonly number[]): Access => ({ kind: 'some', clientIds: numbers.map(clientId) });

/** The people of an office; an office that was just created has its owner only. */
export function doublePeople(options: DoubleOptions): DoublePerson[] {
  const { factors } = options;
  const secured = {
    code: factors?.code === true ? newCode('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP') : null,
    device: factors?.device === true ? { enrolledAt: instantAgo(90), label: 'Nitrokey 3' } : null,
  };
  const owner = aPerson({
    id: userIdOf(1),
    name: 'Margarethe Thornbury-Oyelaran',
    role: 'owner',
    createdAt: instantAgo(400),
    lastSignInAt: instantAgo(0.1),
    ...secured,
  });
  if (options.alone ?? options.clients === 0) return [owner];
  return [
    owner,
    aPerson({
      id: userIdOf(2),
      name: 'Jonas Petersen',
      role: 'accountant',
      access: some(1, 2, 3),
      code: newCode('KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU'),
    }),
    aPerson({ id: userIdOf(3), name: 'Ada Okafor', role: 'reviewer', access: some(2), lastSignInAt: instantAgo(12) }),
    aPerson({ id: userIdOf(4), name: 'Kobayashi Haruka', role: 'auditor', lastSignInAt: instantAgo(64) }),
    aPerson({
      id: userIdOf(5),
      name: 'Bartholomew Featherstonehaugh-Cholmondeley',
      role: 'accountant',
      access: some(4, 5),
      state: 'invited',
      password: null,
      invitation: { code: 'H2VN-8QXC-4KRT-M9WD', expiresAt: instantAgo(-4) },
      lastSignInAt: null,
    }),
  ];
}

export function factorsOf({ code, device }: DoublePerson): OwnFactors {
  return { code: code !== null, device: device !== null };
}

export function doorUser(person: DoublePerson): DoorUser {
  const wait = Math.ceil((person.lockedUntilMs - Date.now()) / 1000);
  return {
    id: person.id,
    name: person.name,
    invited: person.state !== 'active',
    deviceSecret: person.state === 'active' && person.deviceSecret,
    factors: factorsOf(person),
    triesLeft: Math.max(person.failures === 0 ? TRIES : 1, TRIES - person.failures),
    waitSeconds: wait > 0 ? wait : null,
  };
}

export function userView(person: DoublePerson): OfficeUserView {
  const { id, name, role, access, state, createdAt, lastSignInAt, invitation } = person;
  return {
    id,
    name,
    role,
    access,
    state,
    factors: factorsOf(person),
    createdAt,
    lastSignInAt,
    invitationExpiresAt: invitation?.expiresAt ?? null,
  };
}

/** One wrong try more; the tenth begins a wait. */
export function countFailure(person: DoublePerson): void {
  person.firstFailureAt ??= instantAgo(0);
  person.failures += 1;
  if (person.failures >= TRIES) person.lockedUntilMs = Date.now() + WAIT_MS;
}

/** Whether a code of the app, or one of the recovery codes, is good; each is good once. */
export function takeCode({ code }: DoublePerson, text: string | null): boolean {
  if (code === null) return true;
  if (text === null || code.used.includes(text)) return false;
  const recovery = code.recoveryCodes.includes(text);
  if (!recovery && totpOf(code.secret).validate({ token: text, window: 1 }) === null) return false;
  code.used.push(text);
  code.recoveryCodes = code.recoveryCodes.filter((each) => each !== text);
  return true;
}
