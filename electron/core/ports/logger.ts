// The redacted log. Callers pass codes and ids, never amounts, names, account numbers or secrets.

export interface LogEntry {
  readonly level: 'info' | 'warn' | 'error';
  /** Stable dotted name of what happened, `sync.finished`. */
  readonly event: string;
  readonly fields?: Readonly<Record<string, string | number | boolean | null>>;
  readonly error?: unknown;
}

/** Writes one entry and returns its reference, eight hex digits, to show beside an error. */
export type Logger = (entry: LogEntry) => string;
