// A window in the double of Electron. It shows nothing.
import { EventEmitter } from 'node:events';
import type { ContentsDouble } from './contents.ts';

export class WindowDouble extends EventEmitter {
  readonly options: Record<string, unknown>;
  readonly webContents: ContentsDouble;
  url: string | null = null;
  shown = false;

  constructor(options: Record<string, unknown>, webContents: ContentsDouble) {
    super();
    this.options = options;
    this.webContents = webContents;
  }
  loadURL(url: string): Promise<void> {
    this.url = url;
    this.emit('ready-to-show');
    return Promise.resolve();
  }
  show(): void {
    this.shown = true;
  }
  isMinimized(): boolean {
    return false;
  }
  focus(): void {
    this.emit('focused');
  }
}
