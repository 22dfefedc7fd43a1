// Entry of a vault process on a computer so slow that the least costs a vault allows are dear enough. Its offices are real ones, which
// every vault opens. For tests of anything but those costs.
import { enableCompileCache, flushCompileCache } from 'node:module';
import { COMPILE_CACHE } from './compile-cache.ts';

const MS_AT_FLOOR = 600;

// Nothing that is imported before this is cached. The process is killed when its work is done, so it keeps its code at once.
enableCompileCache(COMPILE_CACHE);
const { calibrate, createArgon2Kdf } = await import('../../electron/adapters/crypto/argon2-kdf.ts');
const { startVaultProcess } = await import('../../electron/processes/vault-process.ts');
startVaultProcess({
  INSECURE_testCosts: {
    kdf: { ...createArgon2Kdf(), calibrate: () => calibrate(() => Promise.resolve(MS_AT_FLOOR)) },
  },
});
flushCompileCache();
