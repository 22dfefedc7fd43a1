// The one way into every process: sender → size → schema → session, permission, step-up → handler → audit → output → envelope.
import { AppError, toWireError } from '../errors/app-error.ts';
import {
  callsOf,
  WireRequest,
  type Call,
  type CallPolicy,
  type Contract,
  type Handlers,
  type RunsIn,
  type WireReply,
} from './call.ts';

/** Largest request in UTF-16 code units unless a process says otherwise: an upload slice of 1 MiB as base64 fits, little else does. */
export const MAX_REQUEST_LENGTH = 4 * 1024 * 1024;

export interface DispatchOptions<C extends Contract, Sender, Context, Where extends RunsIn> {
  readonly contract: C;
  /** Calls that run elsewhere are unknown here; a host that forwards the others leaves it out and answers all. */
  readonly runsIn?: Where;
  readonly handlers: Handlers<C, Context, Where>;
  /** Largest request in UTF-16 code units. MAX_REQUEST_LENGTH unless given. */
  readonly maxRequestLength?: number;
  /** Exact origin and main frame for a window, the parent's channel for a process. */
  readonly acceptsSender: (sender: Sender) => boolean;
  /** Checks session, permission and step-up, in that order, and returns what the handler works with. @throws {AppError} SESSION_* */
  readonly authorise: (request: AuthoriseRequest, sender: Sender) => Context | Promise<Context>;
  /** Fails a call that declares `audited` and left no entry. */
  readonly assertAudited?: (channel: string, context: Context) => void;
  /** Hears every failure and returns the reference under which the log holds it, or null. */
  readonly onFailure: (failure: DispatchFailure) => string | null;
}

export interface AuthoriseRequest {
  readonly channel: string;
  readonly policy: CallPolicy;
  readonly session: string | null;
  readonly window: string | null;
  readonly input: unknown;
}

export interface DispatchFailure {
  readonly channel: string;
  readonly error: unknown;
  /** True for an AppError; false for a bug, which the caller sees as INTERNAL_UNEXPECTED. */
  readonly expected: boolean;
}

/** Answers one request. Never throws. */
export type Dispatch<Sender> = (sender: Sender, request: string) => Promise<WireReply>;

type AnyHandler<Context> = (input: unknown, context: Context) => unknown;

function parseRequest(text: string, limit: number): WireRequest {
  if (text.length > limit) throw new AppError('IPC_TOO_LARGE', { limit: String(limit) });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new AppError('IPC_INPUT_INVALID', { where: 'request' }, { cause });
  }
  const request = WireRequest.safeParse(json);
  if (!request.success) throw new AppError('IPC_INPUT_INVALID', { where: 'request' });
  return request.data;
}

function parseInput(channel: string, definition: Call, input: unknown): unknown {
  const parsed = definition.input.safeParse(input);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.slice(0, 1).map(({ path }) => path.join('.'));
  throw new AppError('IPC_INPUT_INVALID', { where: [channel, ...where].join(' ').trim() }, { cause: parsed.error });
}

/** Builds the dispatcher of one process for one contract. */
export function createDispatch<C extends Contract, Sender, Context, Where extends RunsIn>(
  options: DispatchOptions<C, Sender, Context, Where>,
): Dispatch<Sender> {
  const calls = callsOf(options.contract, options.runsIn);
  const { maxRequestLength = MAX_REQUEST_LENGTH } = options;
  const handlers = options.handlers as unknown as Readonly<
    Record<string, Readonly<Record<string, AnyHandler<Context>>>>
  >;

  async function run(sender: Sender, text: string, note: (channel: string) => void): Promise<unknown> {
    if (!options.acceptsSender(sender)) throw new AppError('IPC_SENDER_REFUSED');
    const request = parseRequest(text, maxRequestLength);
    const definition = calls.get(request.call);
    if (!definition) throw new AppError('IPC_CALL_UNKNOWN', { call: request.call });
    note(request.call);
    const input = parseInput(request.call, definition, request.input);
    const { session, window } = request;
    const context = await options.authorise(
      { channel: request.call, policy: definition, session, window, input },
      sender,
    );
    const [area, name] = request.call.split('.') as [string, string];
    const handler = handlers[area]?.[name];
    if (!handler) throw new TypeError(`no handler for ${request.call}`);
    const output = definition.output.parse(await handler(input, context));
    if (definition.audited) options.assertAudited?.(request.call, context);
    return output;
  }

  return async (sender, text) => {
    let channel = '';
    try {
      return { ok: true, value: await run(sender, text, (name) => (channel = name)) };
    } catch (error) {
      const expected = error instanceof AppError;
      const ref = options.onFailure({ channel, error, expected });
      return { ok: false, error: toWireError(expected ? error : new AppError('INTERNAL_UNEXPECTED'), ref) };
    }
  };
}
