// Screen lock, suspend and change of user on Linux, as the session and system bus tell them to `gdbus monitor`. It sends nothing to a bus.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Logger } from '../../core/ports/logger.ts';
import type { SystemEvent, SystemEvents } from '../../core/ports/system-events.ts';
import { parseMonitorLine, sessionPath } from './monitor-line.ts';

interface Service {
  readonly bus: 'session' | 'system';
  readonly name: string;
  readonly tells: readonly SystemEvent[];
}

const SERVICES: readonly Service[] = [
  { bus: 'session', name: 'org.freedesktop.ScreenSaver', tells: ['screen-lock'] },
  { bus: 'session', name: 'org.gnome.ScreenSaver', tells: ['screen-lock'] },
  { bus: 'system', name: 'org.freedesktop.login1', tells: ['screen-lock', 'suspend', 'user-switch'] },
];

const EVENTS: readonly SystemEvent[] = ['screen-lock', 'suspend', 'user-switch'];
const SYSTEM_BUS = '/run/dbus/system_bus_socket';
/** What the monitor needs of our environment; its words must be English. */
const PASSED_ON = ['DBUS_SESSION_BUS_ADDRESS', 'DBUS_SYSTEM_BUS_ADDRESS', 'XDG_RUNTIME_DIR', 'PATH'];
/** Ends the monitor with its standard input, which the system closes whatever way this program ends. */
const UNTIL_INPUT_ENDS = '"$@" & exec >&-; read -r _; kill "$!"';

export interface LinuxSystemEventsOptions {
  readonly log: Logger;
  /** Default the program's own. */
  readonly environment?: NodeJS.ProcessEnv;
}

function findProgram(name: string, environment: NodeJS.ProcessEnv): string | null {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

function hasBus(bus: Service['bus'], environment: NodeJS.ProcessEnv): boolean {
  if (bus === 'system') return environment['DBUS_SYSTEM_BUS_ADDRESS'] !== undefined || existsSync(SYSTEM_BUS);
  const runtime = environment['XDG_RUNTIME_DIR'];
  return environment['DBUS_SESSION_BUS_ADDRESS'] !== undefined || (!!runtime && existsSync(join(runtime, 'bus')));
}

interface MonitorOptions extends LinuxSystemEventsOptions {
  readonly gdbus: string;
  readonly service: Service;
  readonly hear: (line: string) => void;
  /** The monitor ended, because its bus did or it was told to. */
  readonly ended: () => void;
}

/** Starts a monitor of one service; the returned function ends it. */
function monitor({ gdbus, service, environment = process.env, log, hear, ended }: MonitorOptions): () => void {
  const passed = PASSED_ON.flatMap((key) => (environment[key] === undefined ? [] : [[key, environment[key]]]));
  const words = [gdbus, 'monitor', `--${service.bus}`, '--dest', service.name];
  const child = spawn('/bin/sh', ['-c', UNTIL_INPUT_ENDS, 'sh', ...words], {
    env: { ...(Object.fromEntries(passed) as NodeJS.ProcessEnv), LC_ALL: 'C' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const failed = (error: Error): void => void log({ level: 'warn', event: 'system-events.monitor-failed', error });
  child.on('error', failed);
  child.stdin.on('error', failed);
  const lines = createInterface({ input: child.stdout });
  lines.on('line', hear);
  lines.once('close', ended);
  return () => void child.stdin.end();
}

/**
 * Watches the services of the desktop and of systemd-logind. `covers` grows as services show up: it names only what a running service
 * can tell. Without `gdbus`, or without a bus, it stays empty and nothing is started.
 * @see org.freedesktop.login1(5)
 */
export function createLinuxSystemEvents(options: LinuxSystemEventsOptions): SystemEvents {
  const { environment = process.env } = options;
  const sessionId = environment['XDG_SESSION_ID'];
  const ownSession = sessionId ? sessionPath(sessionId) : null;
  const present = new Set<Service>();
  const watchService = (gdbus: string, service: Service, listener: (event: SystemEvent) => void): (() => void) => {
    const hear = (line: string): void => {
      const news = parseMonitorLine(line, ownSession);
      if (news?.kind === 'event') listener(news.event);
      else if (news?.present) present.add(service);
      else if (news) present.delete(service);
    };
    return monitor({ ...options, gdbus, service, hear, ended: () => void present.delete(service) });
  };
  return {
    get covers() {
      const told = new Set([...present].flatMap(({ tells }) => tells));
      return EVENTS.filter((event) => told.has(event));
    },
    watch: (listener) => {
      const gdbus = findProgram('gdbus', environment);
      const reachable = gdbus === null ? [] : SERVICES.filter(({ bus }) => hasBus(bus, environment));
      const stops = reachable.map((service) => watchService(String(gdbus), service, listener));
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
