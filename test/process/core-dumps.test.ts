// The vault process leaves no core file: its limit is 0, no kind of its memory would be written, and a crash writes nothing. A control dumps.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createChildProcessSpawn } from '../../electron/adapters/process/child-process-port.ts';
import { judgeCoreDumps, startWithoutCoreFiles } from '../../electron/adapters/process/core-dumps.ts';
import { createProcessTransport } from '../../electron/adapters/process/process-transport.ts';
import type { ProcessExit, ProcessName, ProcessPort } from '../../electron/core/ports/process-port.ts';

const entry = fileURLToPath(new URL('fixtures/core-dumps-process.ts', import.meta.url));
const parent = fileURLToPath(new URL('fixtures/core-dumps-parent.ts', import.meta.url));
const fixture = { vault: entry, connector: entry };
const onStandardError = (): void => undefined;
const exitOf = (port: ProcessPort): Promise<ProcessExit> => new Promise((resolve) => void port.onExit(resolve));
const limitOf = (pid: number): string | undefined =>
  /^Max core file size\s+(\S+\s+\S+)/m.exec(readFileSync(`/proc/${pid}/limits`, 'utf8'))?.[1];

/** Core files lie in the working folder here; elsewhere a collector takes them. */
const pattern = existsSync('/proc/sys/kernel/core_pattern')
  ? readFileSync('/proc/sys/kernel/core_pattern', 'utf8').trim()
  : '|';

interface Crashed {
  /** Bytes of every core file. */
  readonly cores: readonly number[];
  readonly holdsCanary: boolean;
}

/** Crashes a process that holds a canary, under a parent that may write core files without limit. */
async function crash(way: 'unprotected' | 'filtered' | 'started'): Promise<Crashed> {
  const folder = await mkdtemp(join(tmpdir(), 'strongroom-core-'));
  const canary = randomBytes(16).toString('hex');
  const words = ['-c', 'ulimit -c unlimited; exec "$@"', 'sh', process.execPath, parent, way, canary];
  await once(spawn('/bin/sh', words, { cwd: folder, stdio: 'ignore' }), 'exit');
  const cores = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name))));
  await rm(folder, { recursive: true });
  return { cores: cores.map(({ length }) => length), holdsCanary: cores.some((core) => core.includes(canary)) };
}

describe.skipIf(process.platform !== 'linux')('a process with keys', () => {
  it.each<ProcessName>(['vault', 'connector'])('the %s process may write no core file', async (name) => {
    const port = createChildProcessSpawn({ onStandardError })(name);
    const transport = createProcessTransport(port);
    // Any answer says that it serves.
    await transport.call('nobody.knows', {});
    expect(limitOf(port.pid)?.split(/\s+/)).toEqual(['0', '0']);
    expect(readFileSync(`/proc/${port.pid}/coredump_filter`, 'utf8').trim()).toBe('00000000');
    expect(readFileSync(`/proc/${port.pid}/cmdline`, 'utf8').split('\0')[0]).toBe(process.execPath);
    const ended = exitOf(port);
    port.kill();
    expect(await ended).toMatchObject({ reason: 'killed', signal: 'SIGKILL' });
  });

  it('knows it of itself, once it serves', async () => {
    const port = createChildProcessSpawn({ onStandardError, entries: fixture })('vault');
    const reply = await createProcessTransport(port).call('test.ask', {});
    port.kill();
    expect(reply).toMatchObject({ ok: true, value: { before: 'unknown', after: 'off' } });
  });

  describe.skipIf(/^[|/]/.test(pattern))('that crashes', () => {
    it('leaves a core file with its memory where nothing prevents it: the control', async () => {
      const { cores, holdsCanary } = await crash('unprotected');
      expect(cores).toHaveLength(1);
      expect(holdsCanary).toBe(true);
    });

    it('leaves none of its memory where only it could ask for that, as under Electron', async () => {
      const { cores, holdsCanary } = await crash('filtered');
      expect(cores).toHaveLength(1);
      expect(cores[0]).toBeLessThan(1_000_000);
      expect(holdsCanary).toBe(false);
    });

    it('leaves no core file as it is started', async () => {
      expect(await crash('started')).toEqual({ cores: [], holdsCanary: false });
    });
  });
});

describe('judgeCoreDumps', () => {
  const limits = (soft: string): string =>
    `Limit                     Soft Limit\nMax core file size        ${soft}        0   bytes\n`;
  it.each([
    ['0', '00000000\n', 'off'],
    ['0', '0\n', 'off'],
    ['unlimited', '00000000\n', 'unknown'],
    ['0', '00000033\n', 'unknown'],
    ['', '', 'unknown'],
  ])('with limit %j and filter %j says %s', (soft, filter, said) => {
    expect(judgeCoreDumps(limits(soft), filter)).toBe(said);
  });
});

describe('startWithoutCoreFiles', () => {
  it('goes without a shell on Windows, and hands words on as words elsewhere', () => {
    expect(startWithoutCoreFiles('node.exe', ['--a'], 'win32')).toEqual({ execPath: 'node.exe', execArgv: ['--a'] });
    for (const platform of ['linux', 'darwin'] as const) {
      const { execPath, execArgv } = startWithoutCoreFiles('/with space/$(no)/node', ['--a'], platform);
      expect(execPath).toBe('/bin/sh');
      expect(execArgv.slice(2)).toEqual(['sh', '/with space/$(no)/node', '--a']);
      expect(execArgv[1]).not.toContain('space');
    }
  });
});
