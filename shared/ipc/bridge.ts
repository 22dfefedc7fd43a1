// The one object a window gets from its host: a function a call and a function an event, by generated channel name. No generic invoke.
import type { CallChannel, EventChannel } from './channels.gen.ts';

/** `window.strongroom`. Replies are WireReply values; listeners get the event's payload. */
export interface Bridge {
  readonly calls: Readonly<Record<CallChannel, (input: unknown) => Promise<unknown>>>;
  readonly events: Readonly<Record<EventChannel, (listener: (payload: unknown) => void) => () => void>>;
}

/** The origin both hosts serve the renderer from. It is never looked up: the host answers every request from memory. */
export const RENDERER_ORIGIN = 'https://app.strongroom.invalid';
