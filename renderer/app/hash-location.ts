// Where the window is: screen and its parameters behind the `#`, so that back and forward work and the host serves one page only.
import { useSyncExternalStore } from 'react';

/** The address now, with its parameters. */
export function here(): string {
  return location.hash.replace(/^#/, '') || '/overview';
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

/** Goes to a screen: `/transactions?account=…`; `?account=…` alone stays on the screen. */
export function navigate(to: string, options: { replace?: boolean } = {}): void {
  const target = to.startsWith('?') ? `${pathOf(here())}${to}` : to;
  if (options.replace === true) location.replace(`#${target}`);
  else location.hash = target;
}

function pathOf(location: string): string {
  return location.split('?', 1)[0] ?? location;
}

/** The location hook of the router. */
export function useHashLocation(): [string, typeof navigate] {
  const path = useSyncExternalStore(subscribe, here);
  return [pathOf(path), navigate];
}
useHashLocation.hrefs = (href: string): string => `#${href}`;

/** What follows the `?`: `useSearchParams` of the router builds on it. */
export function useHashSearch(): string {
  const path = useSyncExternalStore(subscribe, here);
  const at = path.indexOf('?');
  return at < 0 ? '' : path.slice(at + 1);
}
