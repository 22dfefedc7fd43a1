// The script that builds `window.strongroom` in the page before its own scripts run. It is sent as text, so it uses nothing but its argument.
import { RENDERER_ORIGIN } from '../../../shared/ipc/bridge.ts';
import { CALL_CHANNELS, EVENT_CHANNELS } from '../../../shared/ipc/channels.gen.ts';
import { SMALLEST_WINDOW } from './launch-browser.ts';

/** The function the page's side calls with one JSON text; removed from the page as soon as the script has it. */
export const BINDING = '__strongroomHost';
/** Under which the host finds the page's receiving function. */
export const RECEIVER = 'strongroom.receive';

/** Page → host. */
export interface PageMessage {
  readonly id?: number;
  /** A WireRequest as JSON text. */
  readonly request?: string;
  /** A person used the window. */
  readonly activity?: true;
  /** Something was copied or cut in the page. */
  readonly copied?: true;
  /** The window became smaller than allowed. */
  readonly tooSmall?: true;
}

/** Host → page. */
export type HostMessage =
  { readonly id: number; readonly reply: unknown } | { readonly event: string; readonly payload: unknown };

interface PageSettings {
  readonly origin: string;
  readonly binding: string;
  readonly receiver: string;
  readonly calls: readonly string[];
  readonly events: readonly string[];
  readonly smallest: { readonly width: number; readonly height: number };
  readonly activityEveryMs: number;
}

/** Just the part of a page that the script touches; the DOM's types belong to the renderer. */
interface PageWindow {
  readonly top: unknown;
  readonly location: { readonly origin: string };
  readonly outerWidth: number;
  readonly outerHeight: number;
  setTimeout(work: () => void, afterMs: number): void;
  addEventListener(
    type: string,
    listener: (event: { readonly isTrusted: boolean; preventDefault(): void }) => unknown,
    options?: { readonly capture?: boolean; readonly passive?: boolean },
  ): void;
}

function installBridge(settings: PageSettings): void {
  const page = globalThis as unknown as PageWindow & Record<string, unknown>;
  const toHost = page[settings.binding] as ((message: string) => void) | undefined;
  Reflect.deleteProperty(page, settings.binding);
  if (page.top !== page || page.location.origin !== settings.origin || !toHost) return;
  const send = (message: unknown): void => toHost(JSON.stringify(message));
  const waiting = new Map<number, (reply: unknown) => void>();
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  let lastId = 0;

  const call = (channel: string) => (input: unknown) =>
    new Promise((resolve) => {
      lastId += 1;
      waiting.set(lastId, resolve);
      send({ id: lastId, request: JSON.stringify({ call: channel, input, session: null, window: null }) });
    });
  const subscribe = (channel: string) => (listener: (payload: unknown) => void) => {
    const heard = listeners.get(channel) ?? new Set();
    listeners.set(channel, heard.add(listener));
    return () => void heard.delete(listener);
  };
  const receive = (text: string): void => {
    const message = JSON.parse(text) as { id: number; reply: unknown } | { event: string; payload: unknown };
    if ('event' in message) {
      for (const listener of listeners.get(message.event) ?? []) listener(message.payload);
      return;
    }
    waiting.get(message.id)?.(message.reply);
    waiting.delete(message.id);
  };
  const members = (channels: readonly string[], make: (channel: string) => unknown): unknown =>
    Object.freeze(Object.fromEntries(channels.map((channel) => [channel, make(channel)])));
  const bridge = Object.freeze({
    calls: members(settings.calls, call),
    events: members(settings.events, subscribe),
  });
  Object.defineProperty(page, 'strongroom', { value: bridge, enumerable: true });
  Object.defineProperty(page, Symbol.for(settings.receiver), { value: receive });

  let lastActivity = -Infinity;
  const used = (event: { readonly isTrusted: boolean }): void => {
    if (!event.isTrusted || performance.now() - lastActivity < settings.activityEveryMs) return;
    lastActivity = performance.now();
    send({ activity: true });
  };
  for (const type of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'click', 'touchstart'])
    page.addEventListener(type, used, { capture: true, passive: true });
  // What is copied is in the clipboard once the event is over.
  for (const type of ['copy', 'cut'])
    page.addEventListener(type, ({ isTrusted }) => isTrusted && page.setTimeout(() => send({ copied: true }), 0), {
      capture: true,
    });
  page.addEventListener('resize', () => {
    if (page.outerWidth < settings.smallest.width || page.outerHeight < settings.smallest.height)
      send({ tooSmall: true });
  });
  // A file dropped beside a drop zone would otherwise replace the page.
  for (const type of ['dragover', 'drop']) page.addEventListener(type, (event) => event.preventDefault());
}

/** The script's text. It runs in every frame of the page and does nothing but in the main frame of our origin. */
export function bridgeScript(): string {
  const settings: PageSettings = {
    origin: RENDERER_ORIGIN,
    binding: BINDING,
    receiver: RECEIVER,
    calls: CALL_CHANNELS,
    events: EVENT_CHANNELS,
    smallest: SMALLEST_WINDOW,
    activityEveryMs: 5_000,
  };
  return `(${installBridge.toString()})(${JSON.stringify(settings)})`;
}
