// Entry of a vault process with a toy key derivation, for tests that start many. A real vault refuses the offices it makes.
import { INSECURE_TEST_KDF } from '../../electron/adapters/crypto/argon2-kdf.ts';
import { INSECURE_TEST_SCRYPT } from '../../electron/adapters/vault-files/backup-archive.ts';
import { startVaultProcess } from '../../electron/processes/vault-process.ts';

startVaultProcess({ kdf: INSECURE_TEST_KDF, passphrase: INSECURE_TEST_SCRYPT });
