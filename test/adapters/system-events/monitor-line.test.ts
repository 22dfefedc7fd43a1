// What lines of `gdbus monitor` mean: a table of real ones.
import { describe, expect, it } from 'vitest';
import { parseMonitorLine, sessionPath } from '../../../electron/adapters/system-events/monitor-line.ts';

const OWN = '/org/freedesktop/login1/session/_32';
const PROPERTIES = `org.freedesktop.DBus.Properties.PropertiesChanged`;

describe('sessionPath', () => {
  it.each([
    ['2', '_32'],
    ['12', '_312'],
    ['c1', 'c1'],
    ['seat-a', 'seat_2da'],
  ])('of session %s ends in %s', (id, end) => {
    expect(sessionPath(id)).toBe(`/org/freedesktop/login1/session/${end}`);
  });
});

describe('parseMonitorLine', () => {
  it.each([
    ['/org/freedesktop/ScreenSaver: org.freedesktop.ScreenSaver.ActiveChanged (true,)', 'screen-lock'],
    ['/ScreenSaver: org.freedesktop.ScreenSaver.ActiveChanged (true,)', 'screen-lock'],
    ['/org/gnome/ScreenSaver: org.gnome.ScreenSaver.ActiveChanged (true,)', 'screen-lock'],
    ['/org/freedesktop/login1: org.freedesktop.login1.Manager.PrepareForSleep (true,)', 'suspend'],
    [`${OWN}: org.freedesktop.login1.Session.Lock ()`, 'screen-lock'],
    [`${OWN}: ${PROPERTIES} ('org.freedesktop.login1.Session', {'Active': <false>}, @as [])`, 'user-switch'],
    [
      `${OWN}: ${PROPERTIES} ('org.freedesktop.login1.Session', {'State': <'online'>, 'Active': <false>}, @as [])`,
      'user-switch',
    ],
    [`${OWN}: ${PROPERTIES} ('org.freedesktop.login1.Session', {'LockedHint': <true>}, @as [])`, 'screen-lock'],
  ])('hears in %s: %s', (line, event) => {
    expect(parseMonitorLine(line, OWN)).toEqual({ kind: 'event', event });
  });

  it.each([
    'Monitoring signals from all objects owned by org.freedesktop.login1',
    '',
    '/org/gnome/ScreenSaver: org.gnome.ScreenSaver.ActiveChanged (false,)',
    '/org/gnome/ScreenSaver: org.gnome.ScreenSaver.WakeUpScreen ()',
    '/org/freedesktop/login1: org.freedesktop.login1.Manager.PrepareForSleep (false,)',
    `/org/freedesktop/login1: org.freedesktop.login1.Manager.SessionNew ('org.gnome.ScreenSaver.ActiveChanged (true,)', objectpath '/x')`,
    `${OWN}: org.freedesktop.login1.Session.Unlock ()`,
    `${OWN}: ${PROPERTIES} ('org.freedesktop.login1.Session', {'Active': <true>}, @as [])`,
    `${OWN}: ${PROPERTIES} ('org.freedesktop.login1.Session', {'LockedHint': <false>}, @as [])`,
    `${OWN}: ${PROPERTIES} ('org.example.Other', {'Active': <false>}, @as [])`,
    `/org/freedesktop/login1/user/_31000: ${PROPERTIES} ('org.freedesktop.login1.User', {'Active': <false>}, @as [])`,
    '/org/freedesktop/login1/session/_33: org.freedesktop.login1.Session.Lock ()',
  ])('hears nothing in %s', (line) => {
    expect(parseMonitorLine(line, OWN)).toBeNull();
  });

  it('takes any session for ours where ours is not known', () => {
    const line = '/org/freedesktop/login1/session/_33: org.freedesktop.login1.Session.Lock ()';
    expect(parseMonitorLine(line, null)).toEqual({ kind: 'event', event: 'screen-lock' });
  });

  it('says whether the service is there', () => {
    const present = (line: string) => parseMonitorLine(line, null);
    expect(present('The name org.gnome.ScreenSaver is owned by :1.7')).toEqual({ kind: 'service', present: true });
    expect(present('The name org.gnome.ScreenSaver does not have an owner')).toEqual({
      kind: 'service',
      present: false,
    });
  });
});
