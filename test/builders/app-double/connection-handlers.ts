// The double's answers for connections and jobs. A sync reports progress and brings one batch a client.
import type { BatchSummary } from '../../../shared/ipc/contract/batches.ts';
import type { ConnectionView, SyncOutcome } from '../../../shared/ipc/contract/connections.ts';
import { aBatch, STAGED_COUNTS } from './batches.ts';
import { commitBatch } from './batch-handlers.ts';
import { doubleConnections, tlsIdentity } from './connections.ts';
import { connectionId, instantAgo, jobId } from './ids.ts';
import { find, putBatch, type AppHandlers, type World } from './world.ts';

let created = 20;

function put(world: World, view: ConnectionView): ConnectionView {
  const known = world.connections.some(({ id }) => id === view.id);
  world.connections = known
    ? world.connections.map((item) => (item.id === view.id ? view : item))
    : [...world.connections, view];
  world.emit('connections.changed', { connectionId: view.id });
  return view;
}

const one = (world: World, id: string): ConnectionView => find(world.connections, id, 'CONNECTION_NOT_FOUND');

function outcome(id: ConnectionView['id'], committed: boolean, brought: BatchSummary[]): SyncOutcome {
  return { connectionId: id, committed, batches: brought, failedAccounts: [] };
}

export const connections: AppHandlers['connections'] = {
  list: (_, world) => world.connections,
  identify: ({ issuer }) => ({ identity: tlsIdentity(new URL(issuer).hostname, 1), trusted: true, problem: null }),
  create: (input, world) => {
    const [sample] = doubleConnections([]);
    if (!sample) throw new TypeError('no sample connection');
    const pins = input.pins.map((spkiSha256, index) => ({
      spkiSha256,
      role: index === 0 ? ('current' as const) : ('backup' as const),
      pinnedAt: instantAgo(0),
    }));
    const id = connectionId((created += 1));
    const health = {
      ...sample.health,
      state: 'needs-you',
      whoseMove: 'you',
      lastGoodSync: null,
      lastTry: null,
    } as const;
    const { institution, practice, startDate } = input;
    return put(world, {
      ...sample,
      id,
      institution,
      practice,
      stage: 'created',
      startDateAsked: startDate,
      accounts: [],
      pins,
      health,
      history: [],
    });
  },
  authorise: ({ connectionId: id }, world) => {
    const offered = doubleConnections(world.accounts)[0]?.accounts ?? [];
    const accounts = offered.map((account) => ({ ...account, clientId: null, accountId: null }));
    return put(world, { ...one(world, id), stage: 'authorised', accounts });
  },
  assign: ({ connectionId: id, assignments }, world) => {
    const view = one(world, id);
    const accounts = view.accounts.map((account) => ({
      ...account,
      clientId: assignments.find(({ resourceId }) => resourceId === account.resourceId)?.clientId ?? null,
    }));
    return put(world, { ...view, accounts, stage: 'ready' });
  },
  sync: ({ connectionId: id, dryRun }, world) => {
    const view = one(world, id);
    const job = {
      jobId: jobId(900 + created),
      kind: 'sync',
      label: view.institution,
      total: 1594,
      unit: 'rows',
      error: null,
    } as const;
    world.emit('jobs.progress', { ...job, done: 400, state: 'running' });
    const account = world.accounts.find(({ connection }) => connection !== null) ?? world.accounts[0];
    if (!account) return outcome(view.id, !dryRun, []);
    const state = dryRun ? 'staged' : 'committed';
    const batch = aBatch(account, {
      number: 80_000 + (created += 1),
      age: 0,
      state,
      kind: 'connection',
      source: view.institution,
      counts: STAGED_COUNTS,
    });
    world.emit('jobs.progress', { ...job, done: 1594, state: 'finished' });
    return outcome(view.id, !dryRun, [putBatch(world, batch)]);
  },
  commit: ({ connectionId: id, batches }, world) => {
    const brought = batches.map(({ batchId }) => commitBatch(world, batchId));
    const view = one(world, id);
    put(world, {
      ...view,
      health: { ...view.health, state: 'healthy', cause: null, whoseMove: 'nobody', lastGoodSync: instantAgo(0) },
    });
    return outcome(view.id, true, brought);
  },
  pause: ({ connectionId: id, paused }, world) => {
    const view = one(world, id);
    return put(world, { ...view, health: { ...view.health, state: paused ? 'paused' : 'healthy' } });
  },
  disconnect: ({ connectionId: id }, world) => {
    world.connections = world.connections.filter((view) => view.id !== id);
    world.emit('connections.changed', { connectionId: id });
    return { consentRevoked: true };
  },
};

export const jobs: AppHandlers['jobs'] = { cancel: () => ({}) };
