// The practice bank's process. A parent steers it over its channel; alone it prints one line of JSON and runs until it is told to stop.
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { ControlCall, type ControlMessage } from './control.ts';
import { removeDetailsFile, writeDetailsFile } from './details-file.ts';
import { PracticeBankOptions } from './options.ts';
import { createPracticeBank, type PracticeBank } from './practice-bank.ts';

const Arguments = z.strictObject({ bank: PracticeBankOptions, detailsFile: z.string().nullable() });

/** `--options JSON` from a parent; `--port N`, `--misbehave NAME` (repeatable), `--details FILE` from a person. */
function readArguments(argv: readonly string[]): z.infer<typeof Arguments> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      options: { type: 'string' },
      port: { type: 'string' },
      misbehave: { type: 'string', multiple: true },
      details: { type: 'string' },
    },
  });
  const given: unknown = JSON.parse(values.options ?? '{}');
  const bank = PracticeBankOptions.parse({
    ...(given !== null && typeof given === 'object' ? given : {}),
    ...(values.port === undefined ? {} : { port: Number(values.port) }),
    ...(values.misbehave === undefined ? {} : { misbehave: values.misbehave }),
  });
  return Arguments.parse({ bank, detailsFile: values.details ?? null });
}

async function carryOut(bank: PracticeBank, call: ControlCall): Promise<unknown> {
  if (call.call === 'misbehave') {
    await bank.misbehave(call.names);
    return null;
  }
  if (call.call === 'statementFile') return bank.statementFile(call.request);
  return call.call === 'ledger' ? bank.ledger() : bank.requests();
}

function tell(message: ControlMessage): void {
  process.send?.(message);
}

function failed(id: number, error: unknown): ControlMessage {
  return { kind: 'failed', id, message: error instanceof Error ? error.message : 'unknown error' };
}

function obeyParent(bank: PracticeBank): void {
  process.on('message', (raw) => {
    const call = ControlCall.parse(raw);
    carryOut(bank, call).then(
      (value) => tell({ kind: 'value', id: call.id, value: z.json().parse(value) }),
      (error: unknown) => tell(failed(call.id, error)),
    );
  });
  // A bank without its parent would keep its ports for ever.
  process.on('disconnect', () => process.exit(0));
}

function stopOnSignal(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0));
}

async function main(): Promise<void> {
  const { bank: options, detailsFile } = readArguments(process.argv.slice(2));
  const bank = await createPracticeBank(options);
  stopOnSignal();
  if (detailsFile !== null) {
    process.on('exit', () => removeDetailsFile(detailsFile, bank.details));
    await writeDetailsFile(detailsFile, bank.details);
  }
  if (process.send === undefined) {
    process.stdout.write(`${JSON.stringify(bank.details)}\n`);
  } else {
    obeyParent(bank);
    tell({ kind: 'ready', details: bank.details });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`practice bank cannot start: ${error instanceof Error ? error.message : 'unknown error'}\n`);
  process.exitCode = 1;
});
