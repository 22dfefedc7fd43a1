// Hands a bank's sign-in page to the user's own browser. It opens https and, for the practice bank, this computer's own address; nothing else.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { AppError } from '../../../shared/errors/app-error.ts';

/** By address, since a name could lead elsewhere. */
const LOOPBACK = new Set(['127.0.0.1', '[::1]']);
/** An opener that has not failed by then has handed the page over. */
const FAILURE_SHOWS_WITHIN_MS = 3_000;

interface Opener {
  readonly program: string;
  readonly words: readonly string[];
}

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, Opener>>> = {
  linux: { program: 'xdg-open', words: [] },
  darwin: { program: 'open', words: [] },
  win32: { program: 'rundll32', words: ['url.dll,FileProtocolHandler'] },
};

/** The address in its parsed form. @throws {AppError} HOST_BROWSER_FAILED for anything but https or a loopback address, or with a user name in it */
export function checkSignInUrl(url: string): string {
  const parsed = URL.parse(url);
  const allowed =
    parsed && (parsed.protocol === 'https:' || (parsed.protocol === 'http:' && LOOPBACK.has(parsed.hostname)));
  if (!allowed || parsed.username !== '' || parsed.password !== '') throw new AppError('HOST_BROWSER_FAILED');
  return parsed.href;
}

/** Opens the page with the system's own opener; never through a shell. @throws {AppError} HOST_BROWSER_FAILED */
export async function openSignIn(url: string): Promise<void> {
  const address = checkSignInUrl(url);
  const opener = OPENERS[process.platform];
  if (!opener) throw new AppError('HOST_BROWSER_FAILED');
  const child = spawn(opener.program, [...opener.words, address], { stdio: 'ignore', detached: true });
  const patience = AbortSignal.timeout(FAILURE_SHOWS_WITHIN_MS);
  try {
    await once(child, 'spawn');
    const [code] = (await once(child, 'exit', { signal: patience })) as [number | null];
    if (code !== 0) throw new AppError('HOST_BROWSER_FAILED');
  } catch (cause) {
    if (!patience.aborted) throw new AppError('HOST_BROWSER_FAILED', {}, { cause });
  } finally {
    child.unref();
  }
}
