// What a command of the command line is: words in, a result out.
import type { Client } from '../../shared/ipc/call.ts';
import type { AppContract } from '../../shared/ipc/contract.ts';
import type { Arguments, Usage } from './arguments.ts';
import type { Output } from './output.ts';

export interface CommandContext {
  readonly args: Arguments;
  readonly output: Output;
}

/** `usage` is as the help shows it: `sync DIR [--connection ID] [--dry-run]`. */
export interface Command extends Usage {
  readonly summary: string;
  run(context: CommandContext): Promise<void>;
}

export type AppClient = Client<AppContract>;
