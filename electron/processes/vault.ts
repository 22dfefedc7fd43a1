// Entry of the vault process. It takes no arguments: nothing here can weaken it.
import { startVaultProcess } from './vault-process.ts';

startVaultProcess();
