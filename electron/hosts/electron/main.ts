// Composition root of the Electron host: the same app as every host, over utility processes. It only wires parts together.
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, clipboard, ipcMain, Menu, powerMonitor, session, shell, utilityProcess } from 'electron';
import { AppError } from '../../../shared/errors/app-error.ts';
import { createKeychain } from '../../adapters/keychain/keychain.ts';
import { createLogger } from '../../adapters/log/create-logger.ts';
import { createFileSink } from '../../adapters/log/file-sink.ts';
import { createSpawnedPracticeBank } from '../../adapters/practice-bank/spawned-practice-bank.ts';
import { refuseCoreDumps } from '../../adapters/process/core-dumps.ts';
import { createProcessTransport } from '../../adapters/process/process-transport.ts';
import { systemFolders } from '../../adapters/system/folders.ts';
import { checkSignInUrl } from '../../adapters/system/open-sign-in.ts';
import { createSystemEvents } from '../../adapters/system-events/system-events.ts';
import { systemClock, systemRandom, systemTimer, systemUptime } from '../../adapters/system/system.ts';
import { createTriesFile } from '../../adapters/vault-files/tries-file.ts';
import { loadRendererFiles } from '../../adapters/window-files/window-files.ts';
import type { App } from '../../core/app/app.ts';
import { createApp } from '../../core/app/create-app.ts';
import type { Logger } from '../../core/ports/logger.ts';
import { createPowerEvents } from './power-events.ts';
import { secureApp } from './secure-app.ts';
import { startWindow } from './start-window.ts';
import { createUtilityProcessSpawn } from './utility-process-port.ts';

const folders = systemFolders();
/** Processes lie beside this file as the build writes them. */
const entry = (name: string): string => fileURLToPath(new URL(`../../processes/${name}.js`, import.meta.url));

function createLog(): Logger {
  const onFailure = (): void => void process.stderr.write(`The log in ${folders.logs} cannot be written.\n`);
  return createLogger({ sinks: [createFileSink({ directory: folders.logs, onFailure })] });
}

/** The only way out to the user's browser. @throws {AppError} HOST_BROWSER_FAILED */
async function openSignIn(url: string): Promise<void> {
  try {
    await shell.openExternal(checkSignInUrl(url));
  } catch (cause) {
    throw new AppError('HOST_BROWSER_FAILED', {}, { cause });
  }
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
    documentsDirectory: app.getPath('documents'),
    secrets: createKeychain(),
    spawn: createUtilityProcessSpawn({
      fork: (file, words, options) => utilityProcess.fork(file, words, options),
      entries: { vault: entry('vault'), connector: entry('connector') },
      onStandardError: (name, line) => void log({ level: 'warn', event: 'process.said', fields: { name, line } }),
    }),
    connect: createProcessTransport,
    practiceBank: createSpawnedPracticeBank(),
  });
}

/** Quits once the processes have ended, and only then. */
function closeBeforeQuit(strongroom: App): void {
  let closed = false;
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void strongroom.close().finally(() => {
      closed = true;
      app.quit();
    });
  });
}

async function run(): Promise<void> {
  refuseCoreDumps();
  const log = createLog();
  await app.whenReady();
  const directory = process.argv.slice(app.isPackaged ? 1 : 2).find((word) => !word.startsWith('-'));
  const strongroom = composeApp(resolve(directory ?? folders.office), log);
  closeBeforeQuit(strongroom);
  const built = join(app.getAppPath(), 'dist');
  const files = await loadRendererFiles(join(built, 'renderer'));
  const preload = join(built, 'preload', 'preload.cjs');
  await startWindow(
    { app, BrowserWindow, Menu, clipboard, ipcMain, session },
    { app: strongroom, files, preload, log, systemEvents: [createPowerEvents(powerMonitor), createSystemEvents(log)] },
  );
}

secureApp(app);
if (app.requestSingleInstanceLock()) {
  run().catch((error: unknown) => {
    process.stderr.write(`${error instanceof AppError ? error.code : String(error)}\n`);
    app.exit(1);
  });
} else app.quit();
