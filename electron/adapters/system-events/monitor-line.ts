// Reads one line of `gdbus monitor`. It is pure: no process, no clock.
import type { SystemEvent } from '../../core/ports/system-events.ts';

/** What a line says: whether the watched service is there, or that something happened. */
export type MonitorNews =
  { readonly kind: 'service'; readonly present: boolean } | { readonly kind: 'event'; readonly event: SystemEvent };

const SESSION_FOLDER = '/org/freedesktop/login1/session/';
const SERVICE = /^The name \S+ (?<state>is owned by|does not have an owner)/;
const SIGNAL = /^(?<path>\/\S*): (?<member>[\w.]+) (?<body>\(.*\))$/;

/** Members that have one meaning whatever object sends them. */
const ANYWHERE: Readonly<Record<string, readonly [body: string, event: SystemEvent]>> = {
  'org.freedesktop.ScreenSaver.ActiveChanged': ['(true,)', 'screen-lock'],
  'org.gnome.ScreenSaver.ActiveChanged': ['(true,)', 'screen-lock'],
  'org.freedesktop.login1.Manager.PrepareForSleep': ['(true,)', 'suspend'],
};

/**
 * Object of a session of systemd-logind.
 * @param sessionId as in `XDG_SESSION_ID`
 * @see sd_bus_path_encode(3)
 */
export function sessionPath(sessionId: string): string {
  const escaped = (character: string): string => `_${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  return `${SESSION_FOLDER}${sessionId.replaceAll(/^\d|[^\dA-Za-z]/g, escaped)}`;
}

function sessionEvent(member: string, body: string): SystemEvent | null {
  if (member === 'org.freedesktop.login1.Session.Lock') return 'screen-lock';
  if (member !== 'org.freedesktop.DBus.Properties.PropertiesChanged') return null;
  if (!body.startsWith("('org.freedesktop.login1.Session',")) return null;
  if (body.includes("'Active': <false>")) return 'user-switch';
  return body.includes("'LockedHint': <true>") ? 'screen-lock' : null;
}

/**
 * The news of a line, null where it has none for us.
 * @param ownSession object of this session; where it is not known, null: then any session's counts, because a lock too many is harmless.
 * @see org.freedesktop.login1(5), GLib gdbus(1)
 */
export function parseMonitorLine(line: string, ownSession: string | null): MonitorNews | null {
  const state = SERVICE.exec(line)?.groups?.['state'];
  if (state !== undefined) return { kind: 'service', present: state === 'is owned by' };
  const { path = '', member = '', body = '' } = SIGNAL.exec(line)?.groups ?? {};
  const known = ANYWHERE[member];
  if (known) return known[0] === body ? { kind: 'event', event: known[1] } : null;
  if (!path.startsWith(SESSION_FOLDER) || (ownSession !== null && path !== ownSession)) return null;
  const event = sessionEvent(member, body);
  return event && { kind: 'event', event };
}
