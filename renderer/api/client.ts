// The window's way to the program: the contract's client over the bridge that the host put on the window. It holds no data.
import { AppError, toWireError, type WireError } from '../../shared/errors/app-error.ts';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import { WireReply, type Call, type Client, type InputOf, type OutputOf } from '../../shared/ipc/call.ts';
import { createClient } from '../../shared/ipc/client.ts';
import { contract, type AppContract } from '../../shared/ipc/contract.ts';
import { askForProof } from './step-up.ts';

declare global {
  interface Window {
    readonly strongroom: Bridge;
  }
}

export type Area = keyof AppContract;
export type CallName<A extends Area> = {
  [Name in keyof AppContract[A]]: AppContract[A][Name] extends Call ? Name : never;
}[keyof AppContract[A]] &
  string;
export type Input<A extends Area, N extends CallName<A>> = InputOf<AppContract[A][N]>;
export type Output<A extends Area, N extends CallName<A>> = OutputOf<AppContract[A][N]>;

function member<T>(members: Readonly<Record<string, T>>, channel: string): T {
  const found = members[channel];
  if (found === undefined) throw new AppError('IPC_CALL_UNKNOWN', { call: channel });
  return found;
}

function asksForProof(reply: unknown): boolean {
  const parsed = WireReply.safeParse(reply);
  return parsed.success && !parsed.data.ok && parsed.data.error.code === 'SESSION_STEP_UP_REQUIRED';
}

/** One call to the program. Where it asks for a fresh proof and gets one, the same call is made once more. */
async function ask(channel: string, input: unknown): Promise<unknown> {
  const call = member(window.strongroom.calls, channel);
  const reply = await call(input);
  return asksForProof(reply) && (await askForProof()) ? call(input) : reply;
}

/** Every call and event of the contract. Calls reject with AppError. */
export const client: Client<AppContract> = createClient(contract, {
  call: ask,
  subscribe: (channel, listener) => member(window.strongroom.events, channel)(listener),
});

/** One call by area and name, for hooks that are generic over the contract. */
export function invoke<A extends Area, N extends CallName<A>>(
  area: A,
  name: N,
  input: Input<A, N>,
): Promise<Output<A, N>> {
  const call = client[area][name as unknown as keyof Client<AppContract>[A]] as unknown as (
    input: Input<A, N>,
  ) => Promise<Output<A, N>>;
  return call(input);
}

/** Any failure as the form that error texts are written for. What is not an AppError is a bug of the window. */
export function asWireError(error: unknown): WireError {
  if (error instanceof AppError) return toWireError(error, error.ref);
  return toWireError(new AppError('INTERNAL_UNEXPECTED'));
}
