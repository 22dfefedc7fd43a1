// The child_process implementation of ProcessPort: its contract, its clean start, and its end when the parent is killed.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createChildProcessSpawn } from '../../electron/adapters/process/child-process-port.ts';
import { createProcessTransport } from '../../electron/adapters/process/process-transport.ts';
import { processPortContract } from '../contracts/process-port.ts';

const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/${name}.ts`, import.meta.url));
const echo = fixture('echo-process');
const entries = { vault: echo, connector: echo };
const lines: string[] = [];
const spawn = createChildProcessSpawn({ entries, onStandardError: (_name, line) => lines.push(line) });

afterEach(() => vi.unstubAllEnvs());

describe('child_process', () => processPortContract(spawn));

describe('a child process', () => {
  it('starts without the variables and switches of the shell', async () => {
    for (const name of [
      'NODE_OPTIONS',
      'NODE_EXTRA_CA_CERTS',
      'SSLKEYLOGFILE',
      'HTTPS_PROXY',
      'https_proxy',
      'AWS_SECRET',
    ])
      vi.stubEnv(name, name === 'NODE_OPTIONS' ? '--no-warnings' : '/nowhere');
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    vi.stubEnv('LC_ALL', 'C.UTF-8');
    const port = spawn('connector');
    const reply = (await createProcessTransport(port).call('test.facts', null)) as {
      value: { value: { environment: string[]; execArgv: string[]; proto: boolean } };
    };
    port.kill();
    const facts = reply.value.value;
    expect(facts.environment).toContain('LC_ALL');
    expect(facts.environment.filter((name) => /^(NODE_(?!CHANNEL)|SSL|AWS|.*PROXY)/i.test(name))).toEqual([]);
    expect(facts.execArgv).toContain('--disable-proto=delete');
    expect(facts.execArgv).toContain('--max-old-space-size=512');
    expect(facts.proto).toBe(false);
  });

  it('hands its last words to the parent', async () => {
    lines.length = 0;
    const port = spawn('vault');
    const ended = new Promise((resolve) => port.onExit(resolve));
    await createProcessTransport(port)
      .call('test.throwLater', null)
      .catch((error: unknown) => error);
    await ended;
    await vi.waitFor(() => expect(lines.join('\n')).toContain('the secret is'));
  });

  it('says crashed where the entry does not exist', async () => {
    const missing = createChildProcessSpawn({
      entries: { vault: fixture('missing'), connector: echo },
      onStandardError: () => undefined,
    });
    const exit = await new Promise((resolve) => missing('vault').onExit(resolve));
    expect(exit).toMatchObject({ reason: 'crashed', code: 1 });
  });

  it('ends when its parent is killed', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const connected = once(server, 'connection') as Promise<[Socket]>;
    const parent = fork(fixture('parent-process'), [echo, String((server.address() as AddressInfo).port)], {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    const [socket] = await connected;
    const closed = once(socket.resume(), 'close');
    parent.kill('SIGKILL');
    await closed;
    server.close();
  });
});
