// The parent's side of an import host: starts it, asks for one import at a time, ends it.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ImportRequest, ImportRun, VaultKind } from './import-host.ts';

const ENTRY = fileURLToPath(new URL('import-host.ts', import.meta.url));

export class ImportHost {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** An office that is open, its processes warm. */
  static async start(kind: VaultKind): Promise<ImportHost> {
    const host = new ImportHost(fork(ENTRY, [kind], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }));
    await host.#answer();
    return host;
  }

  async import(request: ImportRequest): Promise<ImportRun> {
    this.#child.send(request);
    return (await this.#answer()) as ImportRun;
  }

  async close(): Promise<void> {
    if (!this.#child.connected) return;
    this.#child.send('close');
    await once(this.#child, 'exit');
  }

  #answer(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const ended = (): void => reject(new Error('the host ended'));
      this.#child.once('exit', ended);
      this.#child.once('message', (message) => {
        this.#child.off('exit', ended);
        resolve(message);
      });
    });
  }
}
