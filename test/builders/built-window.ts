// The built window: `dist/renderer` made once for a run of tests and read by each of them. It is never built in the middle of one.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { loadRendererFiles, type RendererFiles } from '../../electron/adapters/window-files/window-files.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Builds the window where its sources are newer. Two at once would read what the other writes. */
export async function buildWindow(): Promise<void> {
  await promisify(execFile)(process.execPath, [join(ROOT, 'build/build.ts'), 'renderer', '--if-stale'], { cwd: ROOT });
}

/** The window as it was built before the tests began. @throws {AppError} HOST_NOT_AVAILABLE where it was not */
export function rendererFiles(): Promise<RendererFiles> {
  return loadRendererFiles(join(ROOT, 'dist/renderer/'));
}
