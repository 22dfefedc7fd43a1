// Signs a person in for the length of one command: who she is, her password, her code, and what she is told on the way in.
import { AppError, fromWireError } from '../../shared/errors/app-error.ts';
import type { DoorUser, OfficeStatus, Protection } from '../../shared/ipc/contract/office.ts';
import type { SealedText } from '../../shared/model/sealed-text.ts';
import type { Arguments } from './arguments.ts';
import type { AppClient } from './command.ts';
import { sameName } from './lookup.ts';
import { noticesOf } from './notices.ts';
import { askCode, type Ask } from './secrets-input.ts';
import type { SealedSecrets } from './sealed-secrets.ts';

const CODE_QUESTION = 'Code of the authenticator app, or a recovery code';

/** What signing in and proving afresh work with. */
export interface Entrance {
  readonly app: AppClient;
  readonly secrets: SealedSecrets;
  readonly args: Arguments;
  readonly password: Ask;
  readonly say: (sentence: string) => void;
}

/** An office that can be signed in to. @throws {AppError} OFFICE_NOT_FOUND, OFFICE_IN_USE, VAULT_* as the folder's trouble is */
export async function requireOffice(app: AppClient): Promise<OfficeStatus> {
  const status = await app.office.status({});
  if (status.problem) throw fromWireError(status.problem);
  if (!status.office) throw new AppError('OFFICE_NOT_FOUND');
  return status;
}

const listOf = (users: readonly DoorUser[]): string => users.map(({ name }) => `‘${name}’`).join(', ');

/** @throws {AppError} USAGE_INVALID, listing who there is */
export function chooseUser(users: readonly DoorUser[], name: string | null): DoorUser {
  const active = users.filter(({ invited }) => !invited);
  const [only, ...more] = name === null ? active : users.filter((user) => sameName(user.name, name));
  if (only && more.length === 0) return only;
  const problem = name === null ? '--user NAME is missing' : `nobody is called ‘${name}’`;
  throw new AppError('USAGE_INVALID', { problem: `${problem}; people of this office: ${listOf(users)}` });
}

/** As the others sign in: one password that stands alone is no reason for the next one. */
export function protectionLike(users: readonly DoorUser[], passwordOnly: boolean): Protection {
  const bound = users.some(({ deviceSecret }) => deviceSecret);
  return bound && !passwordOnly ? 'keychain' : 'password-only';
}

function assertNotInvited({ invited, name }: DoorUser): void {
  if (!invited) return;
  const problem = `‘${name}’ takes up the invitation first: strongroom users accept DIR --user NAME`;
  throw new AppError('USAGE_INVALID', { problem });
}

async function sayTriesLeft({ app, say }: Entrance, user: DoorUser): Promise<void> {
  const found = (await app.office.status({})).users.find(({ id }) => id === user.id);
  if (!found) return;
  const { triesLeft, waitSeconds } = found;
  say(
    waitSeconds === null
      ? `${triesLeft} tries left, then signing in waits.`
      : `Signing in waits for ${Math.ceil(waitSeconds / 60)} minutes now.`,
  );
}

async function unlock(entrance: Entrance, user: DoorUser, password: SealedText): Promise<OfficeStatus> {
  const { app, args } = entrance;
  const code = user.factors.code ? (args.value('code') ?? (await askCode(CODE_QUESTION))) : null;
  const acceptOlderState = args.flag('accept-older-state');
  try {
    return await app.office.unlock({ userId: user.id, password, code, acceptOlderState });
  } catch (error) {
    if (error instanceof AppError && error.code === 'SESSION_WRONG_CREDENTIALS') await sayTriesLeft(entrance, user);
    throw error;
  }
}

/** Returns the password as it was taken. @throws {AppError} USAGE_INVALID, SESSION_*, FACTOR_*, KEYCHAIN_*, OFFICE_*, VAULT_* */
export async function signIn(entrance: Entrance): Promise<string> {
  const { app, secrets, args, say } = entrance;
  const { users } = await requireOffice(app);
  const user = chooseUser(users, args.value('user'));
  assertNotInvited(user);
  const password = await entrance.password();
  const status = await unlock(entrance, user, await secrets.seal('password', password));
  for (const notice of noticesOf(status)) say(notice);
  return password;
}

/** A fresh proof for the command line: her device, her code, or the password of who has neither. */
export async function proveAfresh({ app, secrets, password, say }: Entrance): Promise<void> {
  const { user } = await app.office.status({});
  if (!user) throw new AppError('SESSION_LOCKED');
  const { code, device } = user.factors;
  say('This step needs a fresh confirmation that it is you.');
  await app.office.stepUp({
    code: code && !device ? await askCode(CODE_QUESTION) : null,
    password: code || device ? null : await secrets.seal('password', await password()),
  });
}
