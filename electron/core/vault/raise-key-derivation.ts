// A faster computer gets a dearer key derivation: at a sign-in, while the password is at hand. Costs never go down.
import { costOf, type Credentials } from './keys/user-slot.ts';
import { wrapAnew } from './own-key.ts';
import type { VaultServices } from './services.ts';
import type { OfficeSession } from './session.ts';

/** A derivation this much faster than half a second leaves room for the next step up without passing a second. */
export const RAISE_BELOW_MS = 250;

/** Wraps the own slot anew where this computer can bear more than it was made with. `elapsedMs` is what the sign-in took at most. */
export async function raiseKeyDerivation(
  services: VaultServices,
  session: OfficeSession,
  { credentials, elapsedMs }: { readonly credentials: Credentials; readonly elapsedMs: number },
): Promise<boolean> {
  if (elapsedMs >= RAISE_BELOW_MS) return false;
  const { slot } = session.ownSlot();
  const possible = await services.kdf.calibrate();
  if (costOf(possible) <= costOf(slot.kdf)) return false;
  const write = await wrapAnew(services, session, { credentials, device: slot.device, code: slot.policy.code });
  write();
  return true;
}
