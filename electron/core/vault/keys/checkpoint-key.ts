// The office's key for signing checkpoints of its audit chains. Everyone in the office can open it: it is new when somebody leaves.
import type { Random } from '../../ports/clock.ts';
import type { OfficeKeyring } from '../../ports/office-repositories.ts';
import { toBase64 } from './key-tools.ts';
import { publicKeyOf } from './signing-key.ts';

/** Another key; checkpoints of earlier ones name the key that signed them. */
export function createCheckpointKey(random: Random): Pick<OfficeKeyring, 'checkpointKey' | 'checkpointSecret'> {
  const seed = random(32);
  try {
    return { checkpointKey: publicKeyOf(seed), checkpointSecret: toBase64(seed) };
  } finally {
    seed.fill(0);
  }
}
