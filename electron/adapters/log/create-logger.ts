// The redacted log: one JSON line an entry, with a reference to quote. Whatever callers pass, account numbers and secrets do not get through.
import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import type { LogEntry, Logger } from '../../core/ports/logger.ts';
import { redactField, redactText } from './redact.ts';

/** Writes one line, without its line end. It must not throw. */
export type LogSink = (line: string) => void;

export interface LoggerOptions {
  readonly sinks: readonly LogSink[];
  /** Entries below it are given a reference and not written. Default `info`. */
  readonly lowest?: LogEntry['level'];
  /** Milliseconds since 1970. Default the computer's clock. */
  readonly now?: () => number;
}

const LEVELS: readonly LogEntry['level'][] = ['info', 'warn', 'error'];

const DEEPEST_CAUSE = 3;
const STACK_LINES = 12;

/** Only the lines that name a place: before them a stack repeats the message, cut where no rule recognises it any more. */
function placesOf(error: Error): string {
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return redactText(places.slice(0, STACK_LINES).join('\n'));
}

function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return redactText(inspect(error, { depth: 2 }));
  const code: unknown = Reflect.get(error, 'code');
  const params: unknown = Reflect.get(error, 'params');
  return {
    name: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    ...(params && typeof params === 'object' ? { params: redactFields(params) } : {}),
    message: redactText(error.message),
    stack: placesOf(error),
    ...(error.cause !== undefined && depth < DEEPEST_CAUSE ? { cause: describeError(error.cause, depth + 1) } : {}),
  };
}

function redactFields(fields: object): Record<string, unknown> {
  const entries = Object.entries(fields) as [string, string | number | boolean | null][];
  return Object.fromEntries(entries.map(([name, value]) => [name, redactField(name, value)]));
}

/** A Logger that writes each entry to every sink. References are eight random hex digits. */
export function createLogger({ sinks, lowest = 'info', now = Date.now }: LoggerOptions): Logger {
  return ({ level, event, fields, error }: LogEntry) => {
    const ref = randomBytes(4).toString('hex');
    if (LEVELS.indexOf(level) < LEVELS.indexOf(lowest)) return ref;
    const line = JSON.stringify({
      at: new Date(now()).toISOString(),
      ref,
      level,
      event: redactText(event),
      ...(fields ? { fields: redactFields(fields) } : {}),
      ...(error === undefined ? {} : { error: describeError(error) }),
    });
    for (const sink of sinks) sink(line);
    return ref;
  };
}
