// Entry of a vault process with a toy key derivation, for tests that start many. A real vault refuses the offices it makes.
import { INSECURE_TEST_KDF } from '../../electron/adapters/crypto/argon2-kdf.ts';
import { startVaultProcess } from '../../electron/processes/vault-process.ts';

startVaultProcess(INSECURE_TEST_KDF);
