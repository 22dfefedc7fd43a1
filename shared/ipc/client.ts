// Builds the caller's side of a contract over any transport that carries one JSON string each way.
import { fromWireError, AppError } from '../errors/app-error.ts';
import { callsOf, eventsOf, WireReply, type Client, type Contract } from './call.ts';

/** How a client reaches the other side. */
export interface ClientTransport {
  /** Carries a request to the other side and brings its reply, both JSON text. */
  call(channel: string, input: unknown): Promise<unknown>;
  /** Hears an event; returns the way to stop hearing it. */
  subscribe(channel: string, listener: (payload: unknown) => void): () => void;
}

/** The value of a WireReply. @throws {AppError} what the other side answered, IPC_INPUT_INVALID for what is no reply */
export function unwrapReply(reply: unknown): unknown {
  const parsed = WireReply.safeParse(reply);
  if (!parsed.success) throw new AppError('IPC_INPUT_INVALID', { where: 'reply' });
  if (!parsed.data.ok) throw fromWireError(parsed.data.error);
  return parsed.data.value;
}

/** @throws {AppError} whatever the other side answered, from every method. */
export function createClient<C extends Contract>(contract: C, transport: ClientTransport): Client<C> {
  const client: Record<string, Record<string, unknown>> = {};
  const place = (channel: string, member: (name: string) => [string, unknown]): void => {
    const [area, name] = channel.split('.') as [string, string];
    const [key, value] = member(name);
    (client[area] ??= {})[key] = value;
  };
  for (const channel of callsOf(contract).keys()) {
    place(channel, (name) => [name, async (input: unknown) => unwrapReply(await transport.call(channel, input))]);
  }
  for (const channel of eventsOf(contract).keys()) {
    place(channel, (name) => [
      `on${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      (listener: (payload: unknown) => void) => transport.subscribe(channel, listener),
    ]);
  }
  return client as Client<C>;
}
