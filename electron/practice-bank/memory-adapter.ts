// Keeps the authorisation server's state in this process's memory, for one bank. Nothing outlives the process.
import type { Adapter, ModelPayload } from 'oidc-provider';

type Entry = { readonly payload: ModelPayload; readonly expiresAt: number };

export type MemoryAdapterOptions = {
  /** While true, every refresh token looks used already. */
  readonly refreshTokensLookUsed: () => boolean;
};

function createAdapter(store: Map<string, Entry>, model: string, options: MemoryAdapterOptions): Adapter {
  const keyOf = (id: string): string => `${model}:${id}`;
  const find = async (id: string): Promise<ModelPayload | undefined> => {
    const entry = store.get(keyOf(id));
    if (entry === undefined || entry.expiresAt <= Date.now()) return undefined;
    return model === 'RefreshToken' && options.refreshTokensLookUsed()
      ? { ...entry.payload, consumed: 1 }
      : entry.payload;
  };
  const findWhere = async (matches: (payload: ModelPayload) => boolean): Promise<ModelPayload | undefined> => {
    for (const [key, entry] of store) {
      if (key.startsWith(`${model}:`) && entry.expiresAt > Date.now() && matches(entry.payload)) return entry.payload;
    }
    return undefined;
  };
  return {
    find,
    findByUid: (uid) => findWhere((payload) => payload.uid === uid),
    findByUserCode: (userCode) => findWhere((payload) => payload['userCode'] === userCode),
    async upsert(id, payload, expiresIn) {
      store.set(keyOf(id), { payload, expiresAt: Date.now() + (expiresIn || 3600) * 1000 });
    },
    async consume(id) {
      const payload = await find(id);
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
    },
    async destroy(id) {
      store.delete(keyOf(id));
    },
    async revokeByGrantId(grantId) {
      for (const [key, entry] of store) if (entry.payload.grantId === grantId) store.delete(key);
    },
  };
}

/** The adapter factory that oidc-provider asks for; every model of one bank shares one store. */
export function createMemoryAdapter(options: MemoryAdapterOptions): (model: string) => Adapter {
  const store = new Map<string, Entry>();
  return (model) => createAdapter(store, model, options);
}
