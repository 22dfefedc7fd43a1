// `npm run dev`: the demonstration in a window against the practice bank; every change of the window's sources shows at once.
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { build, type Rolldown } from 'vite';
import { ROOT } from './run.ts';

let program: ChildProcess | null = null;

function start(watcher: Rolldown.RolldownWatcher): void {
  program = fork(join(ROOT, 'electron/cli/main.ts'), ['demo', ...process.argv.slice(2)], { execArgv: [] });
  program.once('exit', (code) => {
    process.exitCode = code ?? 1;
    void watcher.close();
  });
}

const configFile = join(ROOT, 'build/vite.renderer.config.ts');
const watcher = (await build({ configFile, logLevel: 'warn', build: { watch: {} } })) as Rolldown.RolldownWatcher;
watcher.on('event', (event) => {
  if (event.code === 'ERROR') console.error(event.error);
  if (event.code !== 'END') return;
  if (program === null) start(watcher);
  else if (program.connected) program.send('renderer-built');
});
