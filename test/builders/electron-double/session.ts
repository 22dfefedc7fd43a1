// A session in the double of Electron: who answers a request, and which permission is given.
import { EventEmitter } from 'node:events';

type ProtocolHandler = (request: Request) => Response | Promise<Response>;
type BeforeRequest = (details: { url: string }, decide: (answer: { cancel?: boolean }) => void) => void;

export class SessionDouble extends EventEmitter {
  handlers = new Map<string, ProtocolHandler>();
  beforeRequest: BeforeRequest | null = null;
  permissionRequest: ((contents: unknown, name: string, decide: (granted: boolean) => void) => void) | null = null;
  permissionCheck: ((contents: unknown, name: string) => boolean) | null = null;
  devicePermission: (() => boolean) | null = null;
  readonly protocol = { handle: (scheme: string, handler: ProtocolHandler) => this.handlers.set(scheme, handler) };
  readonly webRequest = { onBeforeRequest: (listener: BeforeRequest) => (this.beforeRequest = listener) };
  setPermissionRequestHandler = (handler: SessionDouble['permissionRequest']) => (this.permissionRequest = handler);
  setPermissionCheckHandler = (handler: SessionDouble['permissionCheck']) => (this.permissionCheck = handler);
  setDevicePermissionHandler = (handler: SessionDouble['devicePermission']) => (this.devicePermission = handler);
  setDisplayMediaRequestHandler = (): void => undefined;
  setSpellCheckerEnabled = (): void => undefined;

  /** What a page's request gets: the listener for all requests first, then the scheme's handler; without one, the network. */
  async request(url: string): Promise<Response | 'refused' | 'network'> {
    const parsed = URL.parse(url);
    if (!parsed) return 'refused';
    const { promise, resolve } = Promise.withResolvers<{ cancel?: boolean }>();
    if (this.beforeRequest) this.beforeRequest({ url: parsed.href }, resolve);
    else resolve({});
    if ((await promise).cancel) return 'refused';
    const handler = this.handlers.get(parsed.protocol.slice(0, -1));
    if (!handler) return 'network';
    const response = await handler({ method: 'GET', url: parsed.href } as Request);
    return response.type === 'error' ? 'refused' : response;
  }
}
