// The child's side of a process: answers the parent's requests until the parent is gone. It works under child_process and utilityProcess and imports neither.
import { writeSync } from 'node:fs';
import { inspect } from 'node:util';
import type { Dispatch } from '../../../shared/ipc/dispatch.ts';
import { refuseCoreDumps } from './core-dumps.ts';
import { RequestFrame, type ChildFrame } from './frame.ts';

/** The one sender a process knows: whoever started it. */
export type Parent = 'parent';

export interface ServeProcessOptions {
  readonly dispatch: Dispatch<Parent>;
}

/** What a running process may do besides answering. */
export interface ServedProcess {
  /** Sends an event to the parent. `payload` is JSON-safe. */
  emit(event: string, payload: unknown): void;
}

/** Exit code of a process that met an error nobody expected. */
export const UNEXPECTED_ERROR_EXIT = 70;

interface ParentLink {
  send(message: string): void;
  listen(listener: (message: unknown) => void): void;
}

interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  postMessage(message: string): void;
}

function utilityLink(): ParentLink | null {
  const port = Reflect.get(process, 'parentPort') as ParentPort | null | undefined;
  if (!port) return null;
  return {
    send: (message) => port.postMessage(message),
    listen: (listener) => port.on('message', (event) => listener(event.data)),
  };
}

function childLink(): ParentLink | null {
  const send = process.send?.bind(process);
  if (!send) return null;
  return {
    send: (message) => void send(message, undefined, {}, endWithoutParent),
    listen: (listener) => {
      process.on('message', listener);
      process.on('disconnect', () => process.exit(0));
    },
  };
}

function endWithoutParent(error: Error | null): void {
  if (error) process.exit(0);
}

function endUnexpected(error: unknown): never {
  writeSync(2, `${inspect(error)}\n`);
  process.exit(UNEXPECTED_ERROR_EXIT);
}

/**
 * Serves `dispatch` to the parent over the channel this process was started with. The process ends when its parent does, and ends with
 * a non-zero code on an unhandled error: a supervisor restarts it, nothing limps on. Its memory is left out of core files.
 * @throws {TypeError} when the process was started without a channel to a parent
 */
export function serveProcess(options: ServeProcessOptions): ServedProcess {
  const link = utilityLink() ?? childLink();
  if (!link) throw new TypeError('started without a parent');
  refuseCoreDumps();
  process.on('uncaughtException', endUnexpected);
  process.on('unhandledRejection', endUnexpected);
  const post = (frame: ChildFrame): void => link.send(JSON.stringify(frame));
  link.listen((message) => {
    const { id, request } = RequestFrame.parse(JSON.parse(String(message)));
    void options.dispatch('parent', request).then((reply) => post({ id, reply }));
  });
  return { emit: (event, payload) => post({ event, payload }) };
}
