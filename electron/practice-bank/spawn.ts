// Starts the practice bank in its own process and hands out the same handle as one in this process.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { AppError } from '../../shared/errors/app-error.ts';
import { ControlMessage, ControlValues, type ControlCall } from './control.ts';
import type { PracticeBankDetails } from './details.ts';
import { PracticeBankOptions, type PracticeBankOptionsInput } from './options.ts';
import type { PracticeBank } from './practice-bank.ts';

export type SpawnOptions = PracticeBankOptionsInput & {
  /** Also write the details there, readable by this user only; the bank's process removes the file when it ends. */
  readonly detailsFile?: string;
};

export type PracticeBankProcess = PracticeBank & { readonly pid: number };

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
type CallBody = DistributiveOmit<ControlCall, 'id'>;
type Waiting = { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void };

/** The entry lies beside this file, in TypeScript or built. */
function entryFile(): string {
  const extension = import.meta.url.slice(import.meta.url.lastIndexOf('.'));
  return fileURLToPath(new URL(`./main${extension}`, import.meta.url));
}

function start(options: SpawnOptions): ChildProcess {
  const { detailsFile, ...bank } = options;
  const details = detailsFile === undefined ? [] : ['--details', detailsFile];
  const args = ['--options', JSON.stringify(PracticeBankOptions.parse(bank)), ...details];
  return fork(entryFile(), args, {
    execPath: process.execPath,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

/** Pairs answers with calls; a dead process fails every call that still waits. */
function createChannel(child: ChildProcess) {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  const ready = Promise.withResolvers<PracticeBankDetails>();
  const failAll = (): void => {
    const error = new Error(`practice bank ended with exit code ${child.exitCode ?? 'none'}`);
    ready.reject(new AppError('PRACTICE_NOT_STARTED', {}, { cause: error }));
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  child.once('exit', failAll);
  child.once('error', failAll);
  child.on('message', (raw) => {
    const message = ControlMessage.parse(raw);
    if (message.kind === 'ready') return ready.resolve(message.details);
    const pending = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === 'value') pending?.resolve(message.value);
    else pending?.reject(new Error(message.message));
  });
  return {
    ready: ready.promise,
    async call<T>(body: CallBody, output: z.ZodType<T>): Promise<T> {
      if (child.exitCode !== null || !child.connected) throw new Error('practice bank is not running');
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      const id = (lastId += 1);
      waiting.set(id, { resolve, reject });
      child.send({ id, ...body });
      return output.parse(await promise);
    },
  };
}

async function close(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.disconnect();
  await exit;
}

/** Resolves when the bank answers on its ports. Its process ends with `close()` or with this process. @throws {AppError} PRACTICE_NOT_STARTED */
export async function startPracticeBankProcess(options: SpawnOptions = {}): Promise<PracticeBankProcess> {
  const child = start(options);
  const channel = createChannel(child);
  const details = await channel.ready;
  return {
    details,
    pid: child.pid ?? 0,
    misbehave: async (names) =>
      void (await channel.call({ call: 'misbehave', names: [...names] }, ControlValues.misbehave)),
    ledger: () => channel.call({ call: 'ledger' }, ControlValues.ledger),
    statementFile: (request) => channel.call({ call: 'statementFile', request }, ControlValues.statementFile),
    requests: () => channel.call({ call: 'requests' }, ControlValues.requests),
    close: () => close(child),
  };
}
