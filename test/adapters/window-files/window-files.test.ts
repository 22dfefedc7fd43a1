// Which requests of a window are answered, and with what.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RENDERER_ORIGIN } from '../../../shared/ipc/bridge.ts';
import { answerRequest, loadRendererFiles } from '../../../electron/adapters/window-files/window-files.ts';
import { TEST_WINDOW } from '../../builders/test-window.ts';

const answer = (path: string, method = 'GET') => answerRequest(TEST_WINDOW, method, `${RENDERER_ORIGIN}${path}`);

describe('answerRequest', () => {
  it.each(['/', '/index.html', '/transactions', '/clients/one?x=1#y'])('gives the document at %s', (path) => {
    expect(answer(path)?.headers['content-type']).toBe('text/html; charset=utf-8');
  });

  it('gives a file its own type and bytes', () => {
    expect(answer('/style.css')?.headers['content-type']).toBe('text/css; charset=utf-8');
    expect(Buffer.from(answer('/style.css')?.body ?? []).toString()).toContain('color');
  });

  it.each([
    ['/missing.js', 'GET'],
    ['/../index.html.bak', 'GET'],
    ['/%2e%2e/secret.json', 'GET'],
    ['/index.html', 'POST'],
    ['/index.html', 'HEAD'],
  ])('gives nothing at %s to %s', (path, method) => {
    expect(answer(path, method)).toBeNull();
  });

  it.each([
    'https://app.strongroom.invalid.evil.example/',
    'https://evil.example/index.html',
    'file:///index.html',
    'not a url',
    'https://a@app.strongroom.invalid/',
  ])('gives nothing at %s', (url) => {
    expect(answerRequest(TEST_WINDOW, 'GET', url)).toBeNull();
  });

  it('gives each document a style nonce of its own, named by policy and document alike', () => {
    const nonces = [answer('/'), answer('/')].map((one) => {
      const nonce = /'nonce-([A-Za-z0-9+/=]{24})'/.exec(one?.headers['content-security-policy'] ?? '')?.[1];
      expect(Buffer.from(one?.body ?? []).toString()).toContain(`content="${nonce}"`);
      return nonce;
    });
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it('has the policy of the design, without exceptions for scripts', () => {
    const policy = answer('/style.css')?.headers['content-security-policy'];
    expect(policy).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'none'; " +
        "worker-src 'none'; frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
  });
});

describe('loadRendererFiles', () => {
  it('reads a built window, and says when there is none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'strongroom-test-'));
    await expect(loadRendererFiles(folder)).rejects.toMatchObject({ code: 'HOST_NOT_AVAILABLE' });
    await expect(loadRendererFiles(join(folder, 'missing'))).rejects.toMatchObject({ code: 'HOST_NOT_AVAILABLE' });
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'index.html'), 'x');
    await writeFile(join(folder, 'assets', 'a.js'), 'y');
    await writeFile(join(folder, 'assets', 'a.js.map'), 'z');
    for (const directory of [folder, `${folder}/`])
      expect([...(await loadRendererFiles(directory)).keys()].toSorted()).toEqual(['/assets/a.js', '/index.html']);
    await rm(folder, { recursive: true });
  });
});
