// A page in the double of Electron: its main frame, its events, its tries to go elsewhere.
import { EventEmitter } from 'node:events';
import { crossed } from './crossed.ts';
import { FrameDouble } from './frame.ts';

let lastId = 0;

export class ContentsDouble extends EventEmitter {
  readonly id = (lastId += 1);
  mainFrame: FrameDouble;
  readonly toPage: (channel: string, ...values: unknown[]) => void;
  windowOpen: ((details: { url: string }) => { action: string }) | null = null;
  reload = (): void => void this.emit('reloaded');

  constructor(origin: string, toPage: ContentsDouble['toPage']) {
    super();
    this.mainFrame = new FrameDouble(origin);
    this.toPage = toPage;
  }
  /** As documented: the process ends, `render-process-gone` tells, and what it held is gone with it. */
  forcefullyCrashRenderer(): void {
    this.mainFrame = new FrameDouble(this.mainFrame.origin);
    this.emit('render-process-gone', {}, { reason: 'killed', exitCode: 0 });
  }
  send(channel: string, ...values: unknown[]): void {
    this.toPage(channel, ...crossed(values));
  }
  setWindowOpenHandler(handler: NonNullable<ContentsDouble['windowOpen']>): void {
    this.windowOpen = handler;
  }
  /** A page's own try to go elsewhere; false when the host prevented it. */
  navigate(url: string, event = 'will-navigate'): boolean {
    let prevented = false;
    this.emit(event, { url, preventDefault: () => (prevented = true) });
    return !prevented;
  }
}
