// Composition root of the Chromium host: `node main.ts [OFFICE-FOLDER] [--headless]`. It only wires parts together.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { AppError } from '../../../shared/errors/app-error.ts';
import { exitCodeOf } from '../../../shared/errors/codes.ts';
import { describeError } from '../../../shared/errors/describe-error.ts';
import { createKeychain } from '../../adapters/keychain/keychain.ts';
import { createLogger } from '../../adapters/log/create-logger.ts';
import { createFileSink } from '../../adapters/log/file-sink.ts';
import { createSpawnedPracticeBank } from '../../adapters/practice-bank/spawned-practice-bank.ts';
import { createChildProcessSpawn } from '../../adapters/process/child-process-port.ts';
import { refuseCoreDumps } from '../../adapters/process/core-dumps.ts';
import { createProcessTransport } from '../../adapters/process/process-transport.ts';
import { systemFolders } from '../../adapters/system/folders.ts';
import { openSignIn } from '../../adapters/system/open-sign-in.ts';
import { createSystemEvents } from '../../adapters/system-events/system-events.ts';
import { systemClock, systemRandom, systemTimer, systemUptime } from '../../adapters/system/system.ts';
import { createTriesFile } from '../../adapters/vault-files/tries-file.ts';
import { loadRendererFiles } from '../../adapters/window-files/window-files.ts';
import type { App } from '../../core/app/app.ts';
import { createApp } from '../../core/app/create-app.ts';
import { lockWithSystem } from '../../core/office/lock-with-system.ts';
import type { Logger } from '../../core/ports/logger.ts';
import { openChromiumWindow } from './open-window.ts';

const folders = systemFolders();

function createLog(): Logger {
  const onFailure = (): void => void process.stderr.write(`The log in ${folders.logs} cannot be written.\n`);
  return createLogger({ sinks: [createFileSink({ directory: folders.logs, onFailure })] });
}

function composeApp(directory: string, log: Logger): App {
  return createApp({
    clock: systemClock,
    random: systemRandom,
    timer: systemTimer,
    uptime: systemUptime,
    triesFile: createTriesFile(directory),
    secondFactorDevice: null,
    log,
    openSignIn,
    directory,
    secrets: createKeychain(),
    documentsDirectory: folders.documents,
    spawn: createChildProcessSpawn({
      onStandardError: (name, line) => void log({ level: 'warn', event: 'process.said', fields: { name, line } }),
    }),
    connect: createProcessTransport,
    practiceBank: createSpawnedPracticeBank(),
  });
}

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { headless: { type: 'boolean' } }, allowPositionals: true });
  refuseCoreDumps();
  const log = createLog();
  if (process.getuid?.() === 0)
    process.stderr.write('Warning: running as root, so the browser runs without its own sandbox.\n');
  const files = await loadRendererFiles(fileURLToPath(new URL('../../../dist/renderer', import.meta.url)));
  const app = composeApp(resolve(positionals[0] ?? folders.office), log);
  const stopEvents = lockWithSystem({ app, events: createSystemEvents(log), log });
  try {
    const window = await openChromiumWindow({ app, files, log, headless: values.headless ?? false });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void window.close());
    await window.closed;
  } finally {
    stopEvents();
    await app.close();
  }
}

try {
  await run();
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  process.stderr.write(`${describeError(error)}\n`);
  process.exitCode = exitCodeOf(error.code);
}
