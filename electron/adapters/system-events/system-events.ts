// What this system tells a program without Electron about the person at the computer. Where it tells nothing, idleness alone locks.
import type { Logger } from '../../core/ports/logger.ts';
import type { SystemEvents } from '../../core/ports/system-events.ts';
import { createLinuxSystemEvents } from './linux-system-events.ts';

const NONE: SystemEvents = { covers: [], watch: () => () => undefined };

/** Events of the system this program runs on; none on macOS and Windows, whose events only a native window hears. */
export function createSystemEvents(log: Logger, platform: NodeJS.Platform = process.platform): SystemEvents {
  return platform === 'linux' ? createLinuxSystemEvents({ log }) : NONE;
}
