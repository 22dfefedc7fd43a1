// Entry of a vault process with a toy key derivation, for tests that start many. A real vault refuses the offices it makes.
import { createArgon2Kdf, INSECURE_TEST_KDF } from '../../electron/adapters/crypto/argon2-kdf.ts';
import { createBackupArchive, INSECURE_TEST_SCRYPT } from '../../electron/adapters/vault-files/backup-archive.ts';
import { startVaultProcess } from '../../electron/processes/vault-process.ts';

startVaultProcess({
  INSECURE_testCosts: {
    kdf: createArgon2Kdf(INSECURE_TEST_KDF),
    archive: createBackupArchive(INSECURE_TEST_SCRYPT),
  },
});
