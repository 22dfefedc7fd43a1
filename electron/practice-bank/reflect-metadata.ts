// The three Reflect functions that the certificate library's dependency injection asks for, and nothing else.
// It must be imported before '@peculiar/x509'.
const stores = new WeakMap<object, Map<string, unknown>>();

function getMetadata(key: string, target: object): unknown {
  return stores.get(target)?.get(key);
}

function defineMetadata(key: string, value: unknown, target: object): void {
  const store = stores.get(target) ?? new Map<string, unknown>();
  stores.set(target, store.set(key, value));
}

if (!('getMetadata' in Reflect)) Object.assign(Reflect, { getMetadata, getOwnMetadata: getMetadata, defineMetadata });
