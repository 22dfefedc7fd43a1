// The smallest window a host can show, for tests of hosts: a document, a script, a style, and nothing of the real renderer.
import type { RendererFiles } from '../../electron/adapters/window-files/window-files.ts';

const FILES: Readonly<Record<string, readonly [type: string, text: string]>> = {
  '/index.html': [
    'text/html; charset=utf-8',
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Test window</title>
    <meta name="style-nonce" content="__STYLE_NONCE__"><link rel="stylesheet" href="/style.css"></head>
    <body><p id="text">test</p><script type="module" src="/script.js"></script></body></html>`,
  ],
  '/script.js': ['text/javascript; charset=utf-8', 'document.body.dataset.loaded = String(performance.now());'],
  '/style.css': ['text/css; charset=utf-8', '#text { color: rgb(1, 2, 3); }'],
};

export const TEST_WINDOW: RendererFiles = new Map(
  Object.entries(FILES).map(([path, [type, text]]) => [path, { type, bytes: Buffer.from(text) }]),
);
