// The contract of ProcessPort and its transport, run against every way to start a process.
import { expect, it, onTestFinished } from 'vitest';
import { AppError } from '../../shared/errors/app-error.ts';
import type { ProcessExit, ProcessPort, SpawnProcess } from '../../electron/core/ports/process-port.ts';
import { createProcessTransport } from '../../electron/adapters/process/process-transport.ts';

function start(spawn: SpawnProcess): ProcessPort {
  const port = spawn('vault');
  onTestFinished(() => port.kill());
  return port;
}

const exitOf = (port: ProcessPort): Promise<ProcessExit> => new Promise((resolve) => port.onExit(resolve));

const answer = (value: unknown, session: string | null = null): unknown => ({
  ok: true,
  value: { value, sender: 'parent', session },
});

/** `spawn` starts test/process/fixtures/echo-process.ts. */
export function processPortContract(spawn: SpawnProcess): void {
  it('carries JSON values both ways, in order, with the session', async () => {
    const transport = createProcessTransport(start(spawn));
    transport.setSession('token');
    const values = [null, 0, 'ä€😀\u2028', [1, { deep: ['x'] }], { amountMinor: '-12345678901234567890' }];
    const replies = await Promise.all(values.map((value) => transport.call('test.echo', value)));
    expect(replies).toEqual(values.map((value) => answer(value, 'token')));
  });

  it('carries four mebibytes', async () => {
    const transport = createProcessTransport(start(spawn));
    const text = 'x'.repeat(4 * 1024 * 1024);
    expect(await transport.call('test.echo', text)).toEqual(answer(text));
  });

  it('brings events until the listener goes', async () => {
    const transport = createProcessTransport(start(spawn));
    const heard: unknown[] = [];
    const stop = transport.subscribe('test.happened', (payload) => heard.push(payload));
    await transport.call('test.emit', { n: 1 });
    stop();
    await transport.call('test.emit', { n: 2 });
    expect(heard).toEqual([{ n: 1 }]);
  });

  it('says killed when asked to, and rejects what was waiting and what comes later', async () => {
    const port = start(spawn);
    const transport = createProcessTransport(port);
    await transport.call('test.echo', 1);
    const waiting = transport.call('test.never', null).catch((error: unknown) => error);
    const exit = exitOf(port);
    port.kill();
    expect((await exit).reason).toBe('killed');
    expect(await waiting).toMatchObject({ code: 'PROCESS_CRASHED', params: { process: 'vault' } });
    await expect(transport.call('test.echo', 1)).rejects.toBeInstanceOf(AppError);
  });

  it.each([0, 3])('says crashed when the process ends by itself with code %i', async (code) => {
    const port = start(spawn);
    const exit = exitOf(port);
    const waiting = createProcessTransport(port)
      .call('test.exit', code)
      .catch((error: unknown) => error);
    expect(await exit).toMatchObject({ reason: 'crashed', code });
    expect(await waiting).toMatchObject({ code: 'PROCESS_CRASHED' });
  });

  it.each(['test.throwLater', 'test.rejectLater'])('ends with a non-zero code on %s', async (channel) => {
    const port = start(spawn);
    const exit = exitOf(port);
    await createProcessTransport(port)
      .call(channel, null)
      .catch((error: unknown) => error);
    expect(await exit).toMatchObject({ reason: 'crashed', code: 70 });
  });

  it('kills a process that breaks the framing', async () => {
    const port = start(spawn);
    const waiting = createProcessTransport(port)
      .call('test.breakFraming', null)
      .catch((error: unknown) => error);
    expect(await waiting).toMatchObject({ code: 'PROCESS_CRASHED' });
  });

  it('tells a listener that comes after the end', async () => {
    const port = start(spawn);
    const exit = exitOf(port);
    port.kill();
    await exit;
    expect((await exitOf(port)).reason).toBe('killed');
  });
}
