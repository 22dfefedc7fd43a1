// Screen lock, suspend and change of user over a real message bus, from the services' names; and nothing started where there is no bus.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createLinuxSystemEvents } from '../../../electron/adapters/system-events/linux-system-events.ts';
import { createSystemEvents } from '../../../electron/adapters/system-events/system-events.ts';
import { lockWithSystem } from '../../../electron/core/office/lock-with-system.ts';
import type { LogEntry } from '../../../electron/core/ports/logger.ts';
import type { SystemEvent, SystemEvents } from '../../../electron/core/ports/system-events.ts';
import {
  hasBusPrograms,
  startBus,
  startBusService,
  type Bus,
  type BusService,
  type Signal,
} from '../../builders/dbus.ts';

const LOGIN = 'org.freedesktop.login1';
const SCREEN_SAVERS = ['org.freedesktop.ScreenSaver', 'org.gnome.ScreenSaver'] as const;
const session = (id: string, body: Signal['body']): Signal => ({
  path: `/org/freedesktop/login1/session/${id}`,
  interface: 'org.freedesktop.DBus.Properties',
  member: 'PropertiesChanged',
  body,
});
const yes = (path: string, name: string, member: string): Signal => ({
  path,
  interface: name,
  member,
  body: { signature: 'b', value: true },
});
const inactive = { signature: 'sa{sv}as', value: ['org.freedesktop.login1.Session', { Active: false }] } as const;

/** Processes on this bus, by their environment; gone ones have none. */
function processesOn(address: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`DBUS_SYSTEM_BUS_ADDRESS=${address}`);
      } catch (error) {
        if (['ENOENT', 'ESRCH', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
        throw error;
      }
    });
}

describe.skipIf(process.platform !== 'linux' || !hasBusPrograms())('system events on Linux', () => {
  let bus: Bus;
  let services: Map<string, BusService>;
  let stop = (): void => undefined;
  const log: LogEntry[] = [];
  const heard: SystemEvent[] = [];
  const environment = (): NodeJS.ProcessEnv => ({
    PATH: process.env['PATH'],
    XDG_SESSION_ID: '2',
    DBUS_SESSION_BUS_ADDRESS: bus.address,
    DBUS_SYSTEM_BUS_ADDRESS: bus.address,
  });
  const create = (variables = environment()): SystemEvents =>
    createLinuxSystemEvents({ environment: variables, log: (entry) => `0000000${log.push(entry)}` });

  async function watched(): Promise<SystemEvents> {
    const events = create();
    stop = events.watch((event) => heard.push(event));
    await vi.waitFor(() => expect(events.covers).toEqual(['screen-lock', 'suspend', 'user-switch']), 10_000);
    return events;
  }

  beforeAll(async () => {
    bus = await startBus();
    const names = [...SCREEN_SAVERS, LOGIN];
    services = new Map(
      await Promise.all(names.map(async (name) => [name, await startBusService(bus.address, name)] as const)),
    );
  });
  afterEach(async () => {
    stop();
    heard.length = 0;
    await vi.waitFor(() => expect(processesOn(bus.address)).toEqual([]), 10_000);
  });
  afterAll(async () => {
    for (const service of services.values()) service.close();
    await bus.close();
  });
  const emit = (name: string, signal: Signal): void => services.get(name)?.emit(signal);

  it.each<[SystemEvent, string, Signal]>([
    ['screen-lock', SCREEN_SAVERS[0], yes('/ScreenSaver', SCREEN_SAVERS[0], 'ActiveChanged')],
    ['screen-lock', SCREEN_SAVERS[1], yes('/org/gnome/ScreenSaver', SCREEN_SAVERS[1], 'ActiveChanged')],
    ['suspend', LOGIN, yes('/org/freedesktop/login1', `${LOGIN}.Manager`, 'PrepareForSleep')],
    ['user-switch', LOGIN, session('_32', inactive)],
  ])('hears %s from %s', async (event, name, signal) => {
    await watched();
    // Two desktops can tell of the screen lock; which of them is watched already is not told, so the service says it until it is heard.
    await vi.waitFor(() => {
      if (heard.length === 0) emit(name, signal);
      expect(heard).not.toEqual([]);
    }, 10_000);
    expect(new Set(heard)).toEqual(new Set([event]));
  });

  it('hears its own session’s lock, and no other session’s', async () => {
    await watched();
    const lock = (id: string): Signal => ({
      path: `/org/freedesktop/login1/session/${id}`,
      interface: `${LOGIN}.Session`,
      member: 'Lock',
      body: { signature: '', value: null },
    });
    emit(LOGIN, session('_33', inactive));
    emit(LOGIN, lock('_33'));
    emit(LOGIN, lock('_32'));
    await vi.waitFor(() => expect(heard).toEqual(['screen-lock']), 10_000);
  });

  it('locks the office with the event as the reason', async () => {
    const lock = vi.fn(() => Promise.resolve());
    const events = create();
    stop = lockWithSystem({ app: { lock }, events, log: () => '00000000' });
    await vi.waitFor(() => expect(events.covers).toContain('suspend'), 10_000);
    emit(LOGIN, yes('/org/freedesktop/login1', `${LOGIN}.Manager`, 'PrepareForSleep'));
    await vi.waitFor(() => expect(lock).toHaveBeenCalledExactlyOnceWith('suspend'), 10_000);
  });

  it('notes a lock that fails', async () => {
    const failing = { lock: () => Promise.reject(new Error('no')) };
    let tell = (_event: SystemEvent): void => undefined;
    const events: SystemEvents = { covers: [], watch: (listener) => ((tell = listener), () => undefined) };
    const noted = vi.fn(() => '00000000');
    lockWithSystem({ app: failing, events, log: noted });
    tell('suspend');
    await vi.waitFor(() =>
      expect(noted).toHaveBeenCalledWith(expect.objectContaining({ event: 'office.lock-failed' })),
    );
  });

  it('covers nothing any more once it is stopped', async () => {
    const events = await watched();
    stop();
    await vi.waitFor(() => expect(events.covers).toEqual([]), 10_000);
    emit(SCREEN_SAVERS[0], yes('/ScreenSaver', SCREEN_SAVERS[0], 'ActiveChanged'));
    await vi.waitFor(() => expect(processesOn(bus.address)).toEqual([]), 10_000);
    expect(heard).toEqual([]);
  });

  it('leaves no monitor behind when the program is killed', async () => {
    const source = new URL('../../../electron/adapters/system-events/linux-system-events.ts', import.meta.url);
    const program = `import { createLinuxSystemEvents } from ${JSON.stringify(source.href)};
      createLinuxSystemEvents({ log: () => '' }).watch(() => {}); process.stdout.write('watching');`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], { env: environment() });
    await once(child.stdout, 'data');
    expect(processesOn(bus.address).length).toBeGreaterThan(1);
    child.kill('SIGKILL');
    await vi.waitFor(() => expect(processesOn(bus.address)).toEqual([]), 10_000);
  });

  it.each([
    ['gdbus', { PATH: '/nowhere' }],
    ['a bus', { DBUS_SESSION_BUS_ADDRESS: undefined, DBUS_SYSTEM_BUS_ADDRESS: undefined }],
  ])('starts nothing and covers nothing without %s', (_, missing) => {
    const events = create({ ...environment(), ...missing });
    stop = events.watch((event) => heard.push(event));
    expect(processesOn(bus.address)).toEqual([]);
    expect(events.covers).toEqual([]);
  });
});

describe('system events elsewhere', () => {
  it.each(['darwin', 'win32'] as const)('tell nothing on %s', (platform) => {
    const events = createSystemEvents(() => '00000000', platform);
    events.watch(() => undefined)();
    expect(events.covers).toEqual([]);
  });
});
