// What the system tells locks the real program, with the event as the reason that the next sign-in shows.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { LockReason } from '../../shared/ipc/contract/office.ts';
import { hasBusPrograms, startBus, startBusService, type Bus, type BusService, type Signal } from '../builders/dbus.ts';
import { startHost, type HostUnderSearch } from '../builders/host-process.ts';

const PASSWORD = 'kettle-harbour-vellum-orbit';
const LOGIN = 'org.freedesktop.login1';
const SESSION = `/org/freedesktop/login1/session/_37`;
const SCREEN = 'org.freedesktop.ScreenSaver';

const SIGNALS: readonly (readonly [reason: LockReason, service: string, signal: Signal])[] = [
  [
    'screen-lock',
    SCREEN,
    { path: '/ScreenSaver', interface: SCREEN, member: 'ActiveChanged', body: { signature: 'b', value: true } },
  ],
  [
    'suspend',
    LOGIN,
    {
      path: '/org/freedesktop/login1',
      interface: `${LOGIN}.Manager`,
      member: 'PrepareForSleep',
      body: { signature: 'b', value: true },
    },
  ],
  [
    'user-switch',
    LOGIN,
    {
      path: SESSION,
      interface: 'org.freedesktop.DBus.Properties',
      member: 'PropertiesChanged',
      body: { signature: 'sa{sv}as', value: [`${LOGIN}.Session`, { Active: false }] },
    },
  ],
];

describe.skipIf(process.platform !== 'linux' || !hasBusPrograms())(
  'the program on a computer with message buses',
  () => {
    let folder: string;
    let bus: Bus;
    let services: Map<string, BusService>;
    let host: HostUnderSearch;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'strongroom-test-'));
      bus = await startBus();
      services = new Map(
        await Promise.all(
          [SCREEN, LOGIN].map(async (name) => [name, await startBusService(bus.address, name)] as const),
        ),
      );
      const environment = {
        DBUS_SESSION_BUS_ADDRESS: bus.address,
        DBUS_SYSTEM_BUS_ADDRESS: bus.address,
        XDG_SESSION_ID: '7',
      };
      host = await startHost({ directory: join(folder, 'office'), environment });
      await host.calls.office.create({
        name: 'Keel & Partners',
        ownerName: 'Ada Keel',
        password: await host.secrets.seal('new-password', PASSWORD),
        protection: 'password-only',
        lockAfterMinutes: 5,
        replyKey: await host.secrets.replyKey(),
      });
      await vi.waitFor(
        async () => expect(await host.covers()).toEqual(['screen-lock', 'suspend', 'user-switch']),
        10_000,
      );
    });
    afterAll(async () => {
      await host.close();
      for (const service of services.values()) service.close();
      await bus.close();
      await rm(folder, { recursive: true });
    });

    it.each(SIGNALS)('locks on %s and says so', async (reason, service, signal) => {
      const { state, users } = await host.calls.office.status({});
      if (state === 'locked') {
        const password = await host.secrets.seal('password', PASSWORD);
        await host.calls.office.unlock({ userId: users[0]!.id, password, code: null, acceptOlderState: false });
      }
      const locked = host.next('office.statusChanged', (payload) => (payload as { state: string }).state === 'locked');
      services.get(service)?.emit(signal);
      expect(await locked).toMatchObject({ lockReason: reason });
      expect(await host.calls.office.status({})).toMatchObject({ state: 'locked', lockReason: reason });
      expect(host.complaints).toEqual([]);
    });
  },
);
