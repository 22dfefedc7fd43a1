// The contract every host fulfils: the same window object, the same refusals, whatever carries the calls.
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { RENDERER_ORIGIN } from '../../shared/ipc/bridge.ts';
import { CALL_CHANNELS, EVENT_CHANNELS } from '../../shared/ipc/channels.gen.ts';
import type { WireReply } from '../../shared/ipc/call.ts';
import { MAX_REQUEST_LENGTH } from '../../shared/ipc/dispatch.ts';
import { acceptsSender, type App, type AppSender } from '../../electron/core/app/app.ts';
import type { RendererFiles } from '../../electron/adapters/window-files/window-files.ts';
import { TEST_WINDOW } from '../builders/test-window.ts';

/** One open window as a test drives it. */
export interface HostUnderTest {
  /** Runs an expression in the window's main frame and brings its JSON-safe value. */
  evaluate(expression: string): Promise<unknown>;
  /** Runs an expression in a frame of another origin inside the window; null where the host cannot even make one. */
  evaluateInForeignFrame: ((expression: string) => Promise<unknown>) | null;
  /** What a request of the window for this address gets. */
  request(url: string): Promise<{ readonly refused: boolean; readonly headers: Readonly<Record<string, string>> }>;
  close(): Promise<void>;
}

export interface HostFactory {
  readonly name: string;
  open(app: App, files: RendererFiles): Promise<HostUnderTest>;
}

/** An app that answers with what it was asked, and remembers who asked. */
export function anEchoApp() {
  const listeners = new Set<(channel: string, payload: unknown) => void>();
  const heard: { sender: AppSender; request: string }[] = [];
  const app: App = {
    dispatch: (sender, request) => {
      heard.push({ sender, request });
      if (!acceptsSender(sender)) return Promise.resolve(refusal('IPC_SENDER_REFUSED'));
      if (request.length > MAX_REQUEST_LENGTH) return Promise.resolve(refusal('IPC_TOO_LARGE'));
      return Promise.resolve({ ok: true, value: JSON.parse(request) as unknown });
    },
    onEvent: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    activity: vi.fn(),
    lock: vi.fn(() => Promise.resolve()),
    close: vi.fn(() => Promise.resolve()),
  };
  return {
    app,
    heard,
    emit: (channel: string, payload: unknown) => {
      for (const listener of listeners) listener(channel, payload);
    },
  };
}

const refusal = (code: 'IPC_SENDER_REFUSED' | 'IPC_TOO_LARGE'): WireReply => ({
  ok: false,
  error: { code, params: {}, retryable: false, ref: null },
});

const asked = (call: string, input: unknown): WireReply => ({
  ok: true,
  value: { call, input, session: null, window: null },
});

export function hostContract(factory: HostFactory): void {
  describe(factory.name, () => {
    const echo = anEchoApp();
    let host: HostUnderTest;
    beforeAll(async () => {
      host = await factory.open(echo.app, TEST_WINDOW);
    });
    afterAll(() => host.close());
    beforeEach(() => {
      echo.heard.length = 0;
    });
    const call = (channel: string, input: unknown): Promise<unknown> =>
      host.evaluate(`window.strongroom.calls[${JSON.stringify(channel)}](${JSON.stringify(input)})`);

    it('has every generated channel and no other', async () => {
      expect(await host.evaluate('Object.keys(window.strongroom).sort()')).toEqual(['calls', 'events']);
      expect(await host.evaluate('Object.keys(window.strongroom.calls).sort()')).toEqual([...CALL_CHANNELS].toSorted());
      expect(await host.evaluate('Object.keys(window.strongroom.events).sort()')).toEqual(
        [...EVENT_CHANNELS].toSorted(),
      );
      expect(await host.evaluate('typeof window.strongroom.calls["vaultOffice.close"]')).toBe('undefined');
    });

    it('cannot be changed by the page', async () => {
      const attempt = `(() => {
        const tries = [
          () => { window.strongroom = null; },
          () => { window.strongroom.calls = {}; },
          () => { window.strongroom.calls['office.status'] = () => 'mine'; },
          () => { delete window.strongroom; },
        ];
        for (const attempt of tries) { try { attempt(); } catch (error) { if (!(error instanceof TypeError)) throw error; } }
        return typeof window.strongroom.calls['office.status'];
      })()`;
      expect(await host.evaluate(attempt)).toBe('function');
      expect(await call('office.status', {})).toEqual(asked('office.status', {}));
    });

    it('carries every kind of JSON value unchanged, as the main frame of our origin', async () => {
      const input = {
        text: 'ä€😀\u2028\u0000"\\</script>',
        list: [1, -0.5, true, null],
        deep: { minor: '-90071992547409931' },
      };
      expect(await call('clients.add', input)).toEqual(asked('clients.add', input));
      const sender = { kind: 'window', id: expect.stringMatching(/^.{1,100}$/) as string, origin: RENDERER_ORIGIN };
      expect(echo.heard[0]?.sender).toEqual({ ...sender, mainFrame: true });
    });

    it('names the window the same in every call', async () => {
      for (let n = 0; n < 2; n += 1) await call('office.status', {});
      const ids = echo.heard.map(({ sender }) => sender.kind === 'window' && sender.id);
      expect(new Set(ids).size).toBe(1);
    });

    it('pairs replies with calls that run at once', async () => {
      const numbers = Array.from({ length: 50 }, (_, number) => number);
      const expression = `Promise.all(${JSON.stringify(numbers)}.map((n) => window.strongroom.calls['clients.list']({ n })))`;
      expect(await host.evaluate(expression)).toEqual(numbers.map((n) => asked('clients.list', { n })));
    });

    it('brings a failure as a value, never as a thrown error', async () => {
      const expression = `window.strongroom.calls['clients.add']({ name: 'x'.repeat(${MAX_REQUEST_LENGTH + 1}) })`;
      expect(await host.evaluate(expression)).toMatchObject({ ok: false, error: { code: 'IPC_TOO_LARGE' } });
    });

    it('refuses a request far beyond the limit', async () => {
      const expression = `window.strongroom.calls['clients.add']({ name: 'x'.repeat(${3 * MAX_REQUEST_LENGTH}) })`;
      expect(await host.evaluate(expression)).toMatchObject({ ok: false, error: { code: 'IPC_TOO_LARGE' } });
    });

    it('carries the largest request there is', async () => {
      const length = MAX_REQUEST_LENGTH - 100;
      const expression = `window.strongroom.calls['imports.slice']({ text: 'x'.repeat(${length}) }).then((reply) => reply.value.input.text.length)`;
      expect(await host.evaluate(expression)).toBe(length);
    });

    it('brings events to listeners until they go', async () => {
      await host.evaluate(`(() => {
        window.heard = [];
        window.nextEvent = new Promise((resolve) => {
          window.stop = window.strongroom.events['clients.changed']((payload) => { window.heard.push(payload); resolve(); });
        });
        window.marker = new Promise((resolve) => window.strongroom.events['jobs.progress'](resolve));
      })()`);
      echo.emit('clients.changed', { clientId: 'one' });
      await host.evaluate('window.nextEvent');
      await host.evaluate('window.stop()');
      echo.emit('clients.changed', { clientId: 'two' });
      echo.emit('jobs.progress', { done: 1 });
      expect(await host.evaluate('window.marker')).toEqual({ done: 1 });
      expect(await host.evaluate('window.heard')).toEqual([{ clientId: 'one' }]);
    });

    it('gives a foreign frame no way in', async () => {
      if (!host.evaluateInForeignFrame) return;
      expect(await host.evaluateInForeignFrame('typeof window.strongroom')).toBe('undefined');
      expect(echo.heard.filter(({ sender }) => acceptsSender(sender))).toEqual([]);
    });

    it('serves its own files with the content security policy', async () => {
      const { refused, headers } = await host.request(`${RENDERER_ORIGIN}/index.html`);
      expect(refused).toBe(false);
      const policy = headers['content-security-policy'] ?? '';
      for (const directive of [
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'none'",
        "frame-ancestors 'none'",
      ])
        expect(policy.split('; ')).toContain(directive);
      expect(policy).not.toContain('unsafe');
      expect(headers['x-content-type-options']).toBe('nosniff');
    });

    it.each([
      ['a file that does not exist', `${RENDERER_ORIGIN}/missing.js`],
      ['another origin', 'https://example.com/'],
      ['a port of ours', `${RENDERER_ORIGIN}:8443/index.html`],
      ['plain http', RENDERER_ORIGIN.replace('https', 'http')],
      ['a user name in front of ours', RENDERER_ORIGIN.replace('https://', 'https://user@')],
      ['a loopback address', 'http://127.0.0.1:1/'],
    ])('refuses %s', async (_, url) => {
      expect((await host.request(url)).refused).toBe(true);
    });

    it('stays where it is when the page tries to leave', async () => {
      const before = await host.evaluate('document.body.dataset.loaded');
      await host.evaluate(`void (location.href = 'https://example.com/')`);
      expect(await host.evaluate('location.origin')).toBe(RENDERER_ORIGIN);
      await host.request('https://example.com/after');
      expect(await host.evaluate('document.body.dataset.loaded')).toBe(before);
    });
  });
}
