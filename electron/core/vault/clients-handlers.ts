// Clients of the office: each gets a key, a database and a colour of its own.
import type { Handlers } from '../../../shared/ipc/call.ts';
import type { AppContract } from '../../../shared/ipc/contract.ts';
import { ClientColour, type ClientSummary } from '../../../shared/ipc/contract/clients.ts';
import { ClientId, newId } from '../../../shared/model/ids.ts';
import type { ClientRow } from '../ports/office-repositories.ts';
import { createAuditStart } from './audit/audit-start.ts';
import { deny, draftOf, type CallContext } from './call-context.ts';
import { clientReaders, ownerReaders, plannedPeople } from './keys/roster.ts';
import { inTurn } from './permitted-turns.ts';
import type { VaultServices } from './services.ts';
import { createTurns, type Turns } from './turns.ts';

type ClientHandlers = Pick<Handlers<AppContract, CallContext, 'vault'>['clients'], 'list' | 'add'>;

const summaryOf = ({ id, name, colour, createdAt }: ClientRow): ClientSummary => ({ id, name, colour, createdAt });

/** The colour fewest clients have, in the order of the list. */
function nextColour(clients: readonly ClientRow[]): ClientRow['colour'] {
  const uses = (colour: string): number => clients.filter((client) => client.colour === colour).length;
  return ClientColour.options.reduce((best, colour) => (uses(colour) < uses(best) ? colour : best));
}

/** Whose list of clients is fixed can't lengthen it herself: an owner would have to sign. */
function assertHoldsEveryKey(context: CallContext): void {
  const user = context.office.users.find(context.principal.userId);
  if (!user?.allClients) deny(context, 'SESSION_FORBIDDEN', { subject: null, payload: { needs: 'every client' } });
}

/**
 * The database comes first, the office's row decides: after a crash between the two a file without a row is left, which nothing opens.
 * @throws {AppError} CLIENT_NAME_TAKEN, VAULT_*
 */
async function addClient(services: VaultServices, context: CallContext, name: string): Promise<ClientSummary> {
  const { session } = context;
  assertHoldsEveryKey(context);
  const key = services.random(32);
  const id = newId(ClientId, 'client', services.random(10));
  const { recoveryRecipient } = context.office.keyring.get();
  const people = plannedPeople(context.office.users, {});
  const sealedKey = await services.sealer.seal(key, [...clientReaders(people, id), recoveryRecipient]);
  const start = await createAuditStart(services, [...ownerReaders(people), recoveryRecipient]);
  const { office } = context;
  const createdAt = context.now();
  const record = (): ClientSummary => {
    const colour = nextColour(office.clients.list());
    const keys = { sealedKey, pendingSealedKey: null, keyGeneration: 1, keySince: createdAt };
    const client: ClientRow = { id, name, colour, createdAt, ...keys };
    office.clients.insert(client);
    const { store } = session.createClient(id, key);
    store.transaction(() => {
      store.audit.begin(start);
      store.audit.append(draftOf(context, { subject: id }));
    });
    return summaryOf(client);
  };
  try {
    return context.act(office, { subject: id }, record);
  } catch (error) {
    const made = session.clientIds().includes(id) && !context.office.clients.find(id);
    if (made) session.replaceClientKey(id, null);
    throw error;
  } finally {
    start.firstKey.fill(0);
  }
}

export function createClientHandlers(services: VaultServices, turns: Turns = createTurns()): ClientHandlers {
  return {
    list: (_input, context) => context.clients().map((client) => summaryOf(client)),
    add: inTurn(turns, 'clients.manage', ({ name }: { name: string }, context) => addClient(services, context, name)),
  };
}
