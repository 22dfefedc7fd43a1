// The window's files in memory and the answer to a request for one. Whatever is not in the map does not exist; nothing is read from disk later.
import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import { RENDERER_ORIGIN } from '../../../shared/ipc/bridge.ts';

export interface RendererFile {
  readonly bytes: Uint8Array;
  /** Media type as sent. */
  readonly type: string;
}

/** Path under the origin, beginning with `/`, to file. `/index.html` is the document. */
export type RendererFiles = ReadonlyMap<string, RendererFile>;

/** Answer to a request of the window; header names in lower case. */
export interface FileAnswer {
  readonly status: 200;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Stands in `index.html` where the document wants to know its style nonce; replaced on every answer. */
export const STYLE_NONCE_PLACEHOLDER = '__STYLE_NONCE__';
export const DOCUMENT_PATH = '/index.html';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

const DENIED_FEATURES = (
  'accelerometer camera clipboard-read clipboard-write display-capture geolocation gyroscope hid idle-detection local-fonts ' +
  'magnetometer microphone midi payment publickey-credentials-get screen-wake-lock serial storage-access usb ' +
  'window-management xr-spatial-tracking'
).split(' ');

/** The policy of security.md §4, and nothing of the kinds that it leaves to fall back. */
export function contentSecurityPolicy(styleNonce: string | null): string {
  const style = styleNonce === null ? "'self'" : `'self' 'nonce-${styleNonce}'`;
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${style}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'none'",
    "worker-src 'none'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function headersFor(type: string, styleNonce: string | null): Record<string, string> {
  return {
    'content-type': type,
    'content-security-policy': contentSecurityPolicy(styleNonce),
    'cache-control': 'no-store',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': DENIED_FEATURES.map((feature) => `${feature}=()`).join(', '),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-dns-prefetch-control': 'off',
  };
}

function answerDocument({ bytes, type }: RendererFile): FileAnswer {
  const text = Buffer.from(bytes).toString('utf8');
  if (!text.includes(STYLE_NONCE_PLACEHOLDER)) return { status: 200, headers: headersFor(type, null), body: bytes };
  const nonce = randomBytes(16).toString('base64');
  const body = Buffer.from(text.replaceAll(STYLE_NONCE_PLACEHOLDER, nonce));
  return { status: 200, headers: headersFor(type, nonce), body };
}

/**
 * Answers a GET for a file of our origin; null refuses. A path without an extension is a place inside the window and gets the document.
 * Query and fragment play no part.
 */
export function answerRequest(files: RendererFiles, method: string, url: string): FileAnswer | null {
  const parsed = URL.parse(url);
  if (method !== 'GET' || parsed?.origin !== RENDERER_ORIGIN || parsed.username !== '') return null;
  const path = extname(parsed.pathname) === '' ? DOCUMENT_PATH : parsed.pathname;
  const file = files.get(path);
  if (!file) return null;
  if (path === DOCUMENT_PATH) return answerDocument(file);
  return { status: 200, headers: headersFor(file.type, null), body: file.bytes };
}

/**
 * Reads the built window into memory; `directory` is dist/renderer.
 * @throws {AppError} HOST_NOT_AVAILABLE when the window has not been built
 */
export async function loadRendererFiles(directory: string): Promise<RendererFiles> {
  const files = new Map<string, RendererFile>();
  const names = await readdir(directory, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw new AppError('HOST_NOT_AVAILABLE', { missing: 'dist/renderer' }, { cause });
  });
  for (const entry of names) {
    const type = TYPES[extname(entry.name).toLowerCase()];
    if (!entry.isFile() || type === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(path.slice(directory.length).split(sep).join('/').replace(/^\/*/, '/'), {
      bytes: await readFile(path),
      type,
    });
  }
  if (!files.has(DOCUMENT_PATH)) throw new AppError('HOST_NOT_AVAILABLE', { missing: 'dist/renderer/index.html' });
  return files;
}
