// What Electron's power monitor tells about the person at the computer. It locks nothing itself.
import type { PowerMonitor } from 'electron';
import type { SystemEvent, SystemEvents } from '../../core/ports/system-events.ts';

/** A change of user locks the screen on Windows, which is told as such. @see Electron powerMonitor */
const COVERED: Readonly<Partial<Record<NodeJS.Platform, readonly SystemEvent[]>>> = {
  darwin: ['screen-lock', 'suspend', 'user-switch'],
  win32: ['screen-lock', 'suspend', 'user-switch'],
};

/** The events of macOS and Windows; use it after Electron's `ready`. On Linux the buses tell more. */
export function createPowerEvents(
  powerMonitor: Pick<PowerMonitor, 'on' | 'off'>,
  platform: NodeJS.Platform = process.platform,
): SystemEvents {
  return {
    covers: COVERED[platform] ?? ['suspend'],
    watch: (listener) => {
      const suspended = (): void => listener('suspend');
      const locked = (): void => listener('screen-lock');
      const switched = (): void => listener('user-switch');
      powerMonitor.on('suspend', suspended);
      powerMonitor.on('lock-screen', locked);
      powerMonitor.on('user-did-resign-active', switched);
      return () => {
        powerMonitor.off('suspend', suspended);
        powerMonitor.off('lock-screen', locked);
        powerMonitor.off('user-did-resign-active', switched);
      };
    },
  };
}
