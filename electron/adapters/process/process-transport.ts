// The parent's side of a process: numbers requests, pairs replies, adds the session. It never looks into what it carries.
import { z } from 'zod';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { WireRequest } from '../../../shared/ipc/call.ts';
import type { ProcessPort, ProcessTransport } from '../../core/ports/process-port.ts';
import { ChildFrame, type RequestFrame } from './frame.ts';

function readFrame(message: string): ChildFrame | null {
  try {
    return ChildFrame.parse(JSON.parse(message));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}

interface Pending {
  resolve(reply: unknown): void;
  reject(error: AppError): void;
}

/**
 * A transport over one running process. A call that waits when the process ends is rejected: whether it took effect is unknown to the
 * caller, and the vault's own journal decides.
 * @throws {AppError} PROCESS_CRASHED from `call`, also for every call after the end
 */
export function createProcessTransport(port: ProcessPort): ProcessTransport {
  const pending = new Map<number, Pending>();
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  let session: string | null = null;
  let lastId = 0;
  let ended: AppError | null = null;

  const hear = (message: string): void => {
    const frame = readFrame(message);
    // A child that breaks the framing is broken or taken over: it gets no second message.
    if (!frame) {
      port.kill();
      return;
    }
    if ('event' in frame) {
      for (const listener of listeners.get(frame.event) ?? []) listener(frame.payload);
      return;
    }
    pending.get(frame.id)?.resolve(frame.reply);
    pending.delete(frame.id);
  };
  const end = (): void => {
    ended = new AppError('PROCESS_CRASHED', { process: port.name });
    for (const call of pending.values()) call.reject(ended);
    pending.clear();
  };
  port.onMessage(hear);
  port.onExit(end);

  return {
    setSession: (token) => {
      session = token;
    },
    call: (channel, input, window = null) =>
      new Promise((resolve, reject) => {
        if (ended) {
          reject(ended);
          return;
        }
        const id = (lastId += 1);
        pending.set(id, { resolve, reject });
        const request = JSON.stringify({ call: channel, input, session, window } satisfies WireRequest);
        port.post(JSON.stringify({ id, request } satisfies RequestFrame));
      }),
    subscribe: (channel, listener) => {
      const heard = listeners.get(channel) ?? new Set();
      listeners.set(channel, heard.add(listener));
      return () => void heard.delete(listener);
    },
  };
}
