// The Electron host's composition root as a whole, started over a double of Electron with a window's files in a temporary folder.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { RENDERER_ORIGIN } from '../../shared/ipc/bridge.ts';
import { createElectronDouble } from '../builders/electron-double/electron-double.ts';

const folder = mkdtempSync(join(tmpdir(), 'strongroom-test-'));
mkdirSync(join(folder, 'dist', 'renderer'), { recursive: true });
writeFileSync(join(folder, 'dist', 'renderer', 'index.html'), '<!doctype html><title>Test</title>');
const electron = createElectronDouble(RENDERER_ORIGIN);
Object.assign(electron.app, { getAppPath: () => folder });
vi.mock('electron', () => electron.module);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('secures, waits, opens one window, and quits after its processes', async () => {
  vi.stubEnv('XDG_STATE_HOME', join(folder, 'state'));
  vi.stubEnv('XDG_DATA_HOME', join(folder, 'data'));
  await import('../../electron/hosts/electron/main.ts');
  await vi.waitFor(() => expect(electron.windows[0]?.shown).toBe(true));
  expect(electron.app.calls).toEqual(['enableSandbox', 'requestSingleInstanceLock', 'whenReady']);
  expect(electron.windows[0]?.options['webPreferences']).toMatchObject({
    preload: join(folder, 'dist', 'preload', 'preload.cjs'),
    sandbox: true,
  });
  const preventDefault = vi.fn();
  electron.app.emit('will-quit', { preventDefault });
  expect(preventDefault).toHaveBeenCalledOnce();
  await vi.waitFor(() => expect(electron.app.calls.at(-1)).toBe('quit'));
  electron.app.emit('will-quit', { preventDefault });
  expect(preventDefault).toHaveBeenCalledOnce();
  vi.unstubAllEnvs();
});
