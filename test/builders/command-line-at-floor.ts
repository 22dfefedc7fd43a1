// The command line as it is, over vault processes at the floor of what a password may cost. For tests of anything but those costs.
import { fileURLToPath } from 'node:url';
import { SOURCE_ENTRIES } from '../../electron/adapters/process/child-process-port.ts';

Object.assign(SOURCE_ENTRIES, { vault: fileURLToPath(new URL('vault-process-at-floor.ts', import.meta.url)) });
await import('../../electron/cli/main.ts');
