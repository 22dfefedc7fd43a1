// Refuses, for every page Electron may ever make, what no page of ours needs: other pages, windows, webviews, client certificates.
import type { App, WebContents } from 'electron';
import { RENDERER_ORIGIN } from '../../../shared/ipc/bridge.ts';

/** Switches of the browser inside Electron: no name resolves, nothing is fetched in the background. The processes with a network have Node's. */
const SWITCHES: readonly (readonly [string, string?])[] = [
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['disable-quic'],
  ['dns-prefetch-disable'],
  ['force-webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
];

interface Navigation {
  readonly url: string;
  preventDefault(): void;
}

function stayHere(navigation: Navigation): void {
  if (URL.parse(navigation.url)?.origin !== RENDERER_ORIGIN) navigation.preventDefault();
}

function secureContents(contents: WebContents): void {
  contents.on('will-navigate', stayHere);
  contents.on('will-frame-navigate', stayHere);
  contents.on('will-redirect', stayHere);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** Call before Electron's `ready`. The crash reporter is never started: a dump of this program would hold what it protects. */
export function secureApp(app: App): void {
  app.enableSandbox();
  for (const [name, value] of SWITCHES) app.commandLine.appendSwitch(name, value);
  app.on('web-contents-created', (_event, contents) => secureContents(contents));
  app.on('select-client-certificate', (event, ...[, , , choose]) => {
    event.preventDefault();
    choose();
  });
}
