// The one factory of window options, frozen: every flag of the design is here and nowhere else.
import type { BrowserWindowConstructorOptions } from 'electron';

/** Smallest window and the size of a new one, in CSS pixels. */
const SMALLEST = { minWidth: 1024, minHeight: 640 };
const FIRST = { width: 1360, height: 860 };
/** In memory: without `persist:` nothing of the window is written to disk. */
export const PARTITION = 'strongroom';

/** @see security.md §4 */
export function windowOptions(preload: string): Readonly<BrowserWindowConstructorOptions> {
  return Object.freeze({
    ...SMALLEST,
    ...FIRST,
    title: 'Strongroom',
    show: false,
    autoHideMenuBar: true,
    webPreferences: Object.freeze({
      preload,
      partition: PARTITION,
      sandbox: true,
      contextIsolation: true,
      webSecurity: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      devTools: false,
      spellcheck: false,
      safeDialogs: true,
      autoplayPolicy: 'document-user-activation-required',
    }),
  });
}
