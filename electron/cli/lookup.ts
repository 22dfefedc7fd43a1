// Finds what a person named: a client or a colleague by the name, a connection by its id or because it is the only one.
import { AppError } from '../../shared/errors/app-error.ts';
import type { AccountSummary } from '../../shared/ipc/contract/accounts.ts';
import type { ClientSummary } from '../../shared/ipc/contract/clients.ts';
import type { ConnectionView } from '../../shared/ipc/contract/connections.ts';
import type { OfficeUserView } from '../../shared/ipc/contract/users.ts';
import type { ClientId } from '../../shared/model/ids.ts';
import type { SavedProfile } from '../../shared/model/statement-profile.ts';
import type { AppClient } from './command.ts';

/** Upper or lower case makes no difference; accents do. */
export const sameName = (one: string, other: string): boolean =>
  one.localeCompare(other, 'en', { sensitivity: 'accent' }) === 0;

/** @throws {AppError} CLIENT_NOT_FOUND */
export async function findClient(app: AppClient, name: string): Promise<ClientSummary> {
  const found = (await app.clients.list({})).find((client) => client.id === name || sameName(client.name, name));
  if (!found) throw new AppError('CLIENT_NOT_FOUND', { client: name });
  return found;
}

/** All clients, or the one that was named. */
export async function findClients(app: AppClient, name: string | null): Promise<ClientSummary[]> {
  return name === null ? await app.clients.list({}) : [await findClient(app, name)];
}

/** All connections, none where there are none yet, or the one that was named. @throws {AppError} CONNECTION_NOT_FOUND */
export async function findConnections(app: AppClient, id: string | null): Promise<ConnectionView[]> {
  const all = await app.connections.list({});
  if (id === null) return all;
  const found = all.filter((connection) => connection.id === id);
  if (found.length === 0) throw new AppError('CONNECTION_NOT_FOUND', { connection: id });
  return found;
}

/** @throws {AppError} USER_NOT_FOUND, SESSION_FORBIDDEN for who may not see the list */
export async function findUser(app: AppClient, name: string): Promise<OfficeUserView> {
  const found = (await app.users.list({})).find((user) => user.id === name || sameName(user.name, name));
  if (!found) throw new AppError('USER_NOT_FOUND', { user: name });
  return found;
}

/** How an account is named in a list to choose from. */
export const wordAccount = ({ name, numberMask, currency, id }: AccountSummary): string =>
  `${name} (${numberMask}, ${currency}, ${id})`;

/** By id, IBAN, or a name that only one has. @throws {AppError} ACCOUNT_NOT_FOUND, USAGE_INVALID with the ids where several have the name */
export async function findAccount(app: AppClient, clientId: ClientId, named: string): Promise<AccountSummary> {
  const all = await app.accounts.list({ clientId });
  const exact = all.find(({ id, iban }) => id === named || iban === named.replaceAll(' ', ''));
  if (exact) return exact;
  const [found, ...more] = all.filter(({ name }) => sameName(name, named));
  if (!found) throw new AppError('ACCOUNT_NOT_FOUND', { account: named });
  if (more.length === 0) return found;
  const problem = `several accounts are called ${named}, name one by its id: ${[found, ...more].map(wordAccount).join(', ')}`;
  throw new AppError('USAGE_INVALID', { problem });
}

/** @throws {AppError} PROFILE_NOT_FOUND */
export async function findProfile(app: AppClient, name: string): Promise<SavedProfile> {
  const found = (await app.profiles.list({})).find((profile) => profile.id === name || sameName(profile.name, name));
  if (!found) throw new AppError('PROFILE_NOT_FOUND', { profile: name });
  return found;
}
