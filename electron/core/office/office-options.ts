// What every use case at the office's door works with. It does nothing.
import type { OfficeId } from '../../../shared/model/ids.ts';
import type { HostContext } from '../app/host-context.ts';
import type { AnchorKeeper } from './anchor-keeper.ts';
import type { IngredientSources } from './key-ingredients.ts';
import type { OfficeSession } from './office-session.ts';
import type { SignInThrottle } from './sign-in-throttle.ts';

export interface OfficeHandlerOptions extends IngredientSources {
  readonly context: HostContext;
  readonly session: OfficeSession;
  readonly anchors: AnchorKeeper;
  readonly throttleOf: (officeId: OfficeId) => SignInThrottle;
  /** The office's folder. */
  readonly directory: string;
}
