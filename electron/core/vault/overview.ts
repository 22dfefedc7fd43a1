// The overview: one row a client and what waits for a person, most urgent first. Reads only.
import type { Handlers } from '../../../shared/ipc/call.ts';
import type { AppContract } from '../../../shared/ipc/contract.ts';
import type { AccountSummary } from '../../../shared/ipc/contract/accounts.ts';
import type { BatchSummary } from '../../../shared/ipc/contract/batches.ts';
import type { ClientOverview, ClientSummary, NeedsYou } from '../../../shared/ipc/contract/clients.ts';
import type { ConnectionView, HealthState } from '../../../shared/ipc/contract/connections.ts';
import type { ClientId } from '../../../shared/model/ids.ts';
import type { Instant } from '../../../shared/model/instant.ts';
import type { OfficeStore } from '../ports/vault-store.ts';
import { connectionView } from './connection-view.ts';
import type { VaultContext } from './context.ts';

interface ClientFacts {
  readonly client: ClientSummary;
  readonly accounts: readonly AccountSummary[];
  readonly pending: number;
  readonly staged: readonly BatchSummary[];
  /** Staged and committed ones with doubtful rows that nobody decided. */
  readonly undecided: readonly BatchSummary[];
  readonly overdue: readonly { readonly id: string; readonly name: string }[];
  readonly connections: readonly ConnectionView[];
}

/** Worst first: the client's row shows the worst of its connections. */
const GRAVITY: readonly HealthState[] = [
  'blocked',
  'needs-you',
  'limited',
  'stale',
  'renewal-due',
  'paused',
  'working',
  'healthy',
];

function smallest<T extends string | number>(values: readonly (T | null)[]): T | null {
  return values.reduce<T | null>(
    (least, value) => (value !== null && (least === null || value < least) ? value : least),
    null,
  );
}

function balancesOf(accounts: readonly AccountSummary[]): ClientOverview['balances'] {
  const sums = new Map<string, bigint>();
  for (const { currency, bookedMinor } of accounts)
    sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(bookedMinor));
  const sorted = [...sums].sort(([left], [right]) => (left < right ? -1 : 1));
  return sorted.map(([currency, amount]) => ({ currency, amountMinor: amount.toString() }));
}

function rowOf({ client, accounts, pending, staged, connections }: ClientFacts): ClientOverview {
  const states = connections.map(({ health }) => health.state);
  const count = (result: AccountSummary['proof']['result']): number =>
    accounts.filter((account) => account.proof.result === result).length;
  return {
    ...client,
    accounts: accounts.length,
    transactions: accounts.reduce((sum, account) => sum + account.transactions, 0),
    pending,
    balances: balancesOf(accounts),
    dataAsOf: smallest(accounts.map((account) => account.dataAsOf)),
    health: GRAVITY.find((state) => states.includes(state)) ?? null,
    consentDaysLeft: smallest(connections.map(({ health }) => health.consentDaysLeft)),
    proofs: { pass: count('pass'), fail: count('fail'), absent: count('absent') },
    stagedBatches: staged.length,
  };
}

const WAITING: readonly HealthState[] = ['blocked', 'needs-you', 'renewal-due'];

function waitingConnections(connections: readonly ConnectionView[], held: ReadonlySet<ClientId>): NeedsYou[] {
  return connections.flatMap(({ id, institution, health, accounts }): NeedsYou[] => {
    if (!WAITING.includes(health.state) || health.whoseMove === 'nobody') return [];
    const clients = [...new Set(accounts.flatMap(({ clientId }) => (clientId && held.has(clientId) ? clientId : [])))];
    const clientId = clients.length === 1 ? (clients[0] ?? null) : null;
    const reason = health.cause ?? health.state;
    const { whoseMove, consentExpiresAt: by } = health;
    return [{ kind: 'connection', clientId, subjectId: id, subject: institution, whoseMove, reason, by }];
  });
}

function waitingInLedger({ client, accounts, staged, undecided, overdue }: ClientFacts): NeedsYou[] {
  const own = { clientId: client.id, whoseMove: 'you', by: null } as const;
  const ofAccount =
    (reason: string) =>
    ({ id, name }: { readonly id: string; readonly name: string }): NeedsYou => ({
      ...own,
      kind: 'proof',
      subjectId: id,
      subject: name,
      reason,
    });
  const ofBatch =
    (reason: string) =>
    ({ id, source }: BatchSummary): NeedsYou => ({ ...own, kind: 'batch', subjectId: id, subject: source, reason });
  return [
    ...accounts.filter(({ proof }) => proof.result === 'fail').map(ofAccount('fail')),
    ...overdue.map(ofAccount('pending-overdue')),
    ...undecided.map(ofBatch('undecided')),
    ...staged.filter((batch) => batch.undecided === 0).map(ofBatch('staged')),
  ];
}

/** A backup older than this no longer holds today's work. */
const BACKUP_OUTDATED_MS = 7 * 86_400_000;

function waitingInOffice({ backups, profile }: OfficeStore, now: Instant): NeedsYou[] {
  const own = { clientId: null, subjectId: null, whoseMove: 'you', by: null } as const;
  const { name, recoveryProvenAt } = profile.get();
  const [newest] = backups.list();
  const outdated = newest && Date.parse(now) - Date.parse(newest.createdAt) > BACKUP_OUTDATED_MS;
  const reason = newest ? (outdated ? 'outdated' : newest.verifiedAt ? null : 'never-verified') : 'never-made';
  return [
    ...(recoveryProvenAt ? [] : [{ ...own, kind: 'recovery', subject: name, reason: 'not-proven' } as const]),
    ...(reason === null ? [] : [{ ...own, kind: 'backup', subject: name, reason } as const]),
  ];
}

const MOVES: readonly NeedsYou['whoseMove'][] = ['you', 'client', 'bank'];
const KINDS: readonly NeedsYou['kind'][] = ['connection', 'proof', 'batch', 'recovery', 'backup'];

/** Your own moves first, then what is due soonest; what has no date comes after what has one. */
export function byUrgency(left: NeedsYou, right: NeedsYou): number {
  const move = MOVES.indexOf(left.whoseMove) - MOVES.indexOf(right.whoseMove);
  if (move !== 0) return move;
  if (left.by !== right.by) return left.by !== null && (right.by === null || left.by < right.by) ? -1 : 1;
  return KINDS.indexOf(left.kind) - KINDS.indexOf(right.kind) || left.subject.localeCompare(right.subject, 'en');
}

function factsOf(context: VaultContext, connections: readonly ConnectionView[]): ClientFacts[] {
  const has = (view: ConnectionView, clientId: ClientId): boolean =>
    view.accounts.some((account) => account.clientId === clientId);
  return context.clients().map(({ id, name, colour, createdAt }) => {
    const client = { id, name, colour, createdAt };
    const store = context.client(id);
    return {
      client,
      accounts: store.accounts.list(),
      pending: store.accounts.pendingCount(),
      staged: store.batches.staged(),
      undecided: store.batches.undecided(),
      overdue: store.accounts.overdue(),
      connections: connections.filter((view) => has(view, client.id)),
    };
  });
}

type OverviewHandlers = Pick<Handlers<AppContract, VaultContext, 'vault'>['clients'], 'overview'>;

/** The vault's answer to `clients.overview` of THE contract. */
export function createOverviewHandler(): OverviewHandlers {
  return {
    overview: (_input, context) => {
      const views = context.office.connections.list().map((connection) => connectionView(context, connection));
      const facts = factsOf(context, views);
      const needsYou = [
        ...waitingConnections(views, new Set(facts.map(({ client }) => client.id))),
        ...facts.flatMap((client) => waitingInLedger(client)),
        ...waitingInOffice(context.office, context.now()),
      ];
      return { clients: facts.map((client) => rowOf(client)), needsYou: needsYou.sort(byUrgency) };
    },
  };
}
