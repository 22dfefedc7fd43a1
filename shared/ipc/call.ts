// The grammar of a contract: calls and events, and the types both sides derive from it. It runs nothing.
import { z } from 'zod';
import { WireError } from '../errors/app-error.ts';
import type { Permission } from '../model/roles.ts';

/** Which process answers a call. */
export type RunsIn = 'vault' | 'host';

/** What a call declares besides its schemas. */
export interface CallPolicy<Where extends RunsIn = RunsIn> {
  /** Permission that the session's role must have. */
  readonly permission: Permission;
  /** Which process answers: `vault` holds the data, `host` orchestrates (keychain, connector, windows). */
  readonly runsIn: Where;
  /** True where the action must leave an audit entry in its own transaction; the dispatcher fails a call that did not. */
  readonly audited: boolean;
  /** True where a fresh second factor is needed (security.md row 18). */
  readonly stepUp: boolean;
}

export interface Call<
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
  Where extends RunsIn = RunsIn,
> extends CallPolicy<Where> {
  readonly kind: 'call';
  readonly input: Input;
  readonly output: Output;
}

export interface ContractEvent<Payload extends z.ZodType = z.ZodType> {
  readonly kind: 'event';
  readonly payload: Payload;
}

/** A contract: areas of calls and events. */
export type Contract = Readonly<Record<string, Readonly<Record<string, Call | ContractEvent>>>>;

type PolicyInput<Where extends RunsIn> = Partial<CallPolicy<Where>> & Pick<CallPolicy, 'permission'>;

/** Declares one call. Defaults: answered by the vault, not audited, no step-up. */
export function call<Input extends z.ZodType, Output extends z.ZodType, Where extends RunsIn = 'vault'>(
  policy: PolicyInput<Where>,
  input: Input,
  output: Output,
): Call<Input, Output, Where> {
  const runsIn = (policy.runsIn ?? 'vault') as Where;
  return { kind: 'call', audited: false, stepUp: false, ...policy, runsIn, input, output };
}

/** Declares one event. */
export function event<Payload extends z.ZodType>(payload: Payload): ContractEvent<Payload> {
  return { kind: 'event', payload };
}

type CallKeys<Area, Where extends RunsIn = RunsIn> = {
  [Name in keyof Area]: Area[Name] extends Call<z.ZodType, z.ZodType, Where> ? Name : never;
}[keyof Area];
type EventKeys<Area> = { [Name in keyof Area]: Area[Name] extends ContractEvent ? Name : never }[keyof Area];

export type InputOf<C> = C extends Call<infer Input> ? z.input<Input> : never;
export type ParsedInputOf<C> = C extends Call<infer Input> ? z.output<Input> : never;
export type OutputOf<C> = C extends Call<z.ZodType, infer Output> ? z.output<Output> : never;
export type PayloadOf<E> = E extends ContractEvent<infer Payload> ? z.output<Payload> : never;
type HandlerOutput<C> = C extends Call<z.ZodType, infer Output> ? z.input<Output> : never;

/** One function a call that runs `Where`; a missing or mistyped one does not compile. */
export type Handlers<C extends Contract, Context, Where extends RunsIn = RunsIn> = {
  readonly [Area in keyof C as CallKeys<C[Area], Where> extends never ? never : Area]: {
    readonly [Name in CallKeys<C[Area], Where>]: (
      input: ParsedInputOf<C[Area][Name]>,
      context: Context,
    ) => HandlerOutput<C[Area][Name]> | Promise<HandlerOutput<C[Area][Name]>>;
  };
};

/** What a caller sees: `client.area.name(input)`, and `client.area.onEvent(listener) → unsubscribe` for events. */
export type Client<C extends Contract, Where extends RunsIn = RunsIn> = {
  readonly [Area in keyof C]: {
    readonly [Name in CallKeys<C[Area], Where>]: (input: InputOf<C[Area][Name]>) => Promise<OutputOf<C[Area][Name]>>;
  } & {
    readonly [Name in EventKeys<C[Area]> as `on${Capitalize<string & Name>}`]: (
      listener: (payload: PayloadOf<C[Area][Name]>) => void,
    ) => () => void;
  };
};

/** `area.name` of a call as it travels. */
export type Channel = string;

/** A request as it crosses: one JSON string. `session` and `window` are added by the host, never by the renderer. */
export const WireRequest = z.strictObject({
  call: z.string().max(100),
  input: z.unknown(),
  session: z.string().max(200).nullable(),
  /** The window a person asked from, as the host saw it: fresh proofs hold for one window. Null for the host's own calls. */
  window: z.string().max(100).nullable(),
});
export type WireRequest = z.infer<typeof WireRequest>;

/** A reply as it crosses. Nothing is thrown across a boundary. */
export const WireReply = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ ok: z.literal(false), error: WireError }),
]);
export type WireReply = z.infer<typeof WireReply>;

/** All calls of a contract by channel, `area.name`; with `where`, those that run there. */
export function callsOf(contract: Contract, where?: RunsIn): Map<Channel, Call> {
  const calls = new Map<Channel, Call>();
  for (const [area, members] of Object.entries(contract)) {
    for (const [name, member] of Object.entries(members))
      if (member.kind === 'call' && (where === undefined || member.runsIn === where))
        calls.set(`${area}.${name}`, member);
  }
  return calls;
}

/** All events of a contract by channel, `area.name`. */
export function eventsOf(contract: Contract): Map<Channel, ContractEvent> {
  const events = new Map<Channel, ContractEvent>();
  for (const [area, members] of Object.entries(contract)) {
    for (const [name, member] of Object.entries(members))
      if (member.kind === 'event') events.set(`${area}.${name}`, member);
  }
  return events;
}
