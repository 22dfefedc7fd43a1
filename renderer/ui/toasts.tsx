// Short news at the window's edge: what was done, with its undo, or what failed. It never carries what is shown nowhere else.
import './toasts.css';
import { ActionIcon, Button } from '@mantine/core';
import { X } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { toastText as text } from '../text/toasts.ts';
import { ErrorPanel } from './error-panel.tsx';

const SHOWN_MS = 10_000;

interface Toast {
  readonly message: string | null;
  readonly error: unknown;
  readonly action: { readonly label: string; run(): void } | null;
}

let toasts: readonly (Toast & { readonly key: number })[] = [];
let nextKey = 1;
const listeners = new Set<() => void>();

function publish(next: typeof toasts): void {
  toasts = next;
  for (const listener of listeners) listener();
}

function dismiss(key: number): void {
  publish(toasts.filter((toast) => toast.key !== key));
}

function add(toast: Toast): number {
  const key = nextKey++;
  publish([...toasts, { ...toast, key }]);
  return key;
}

/** Says what was done. It goes by itself; its action can also be found where the thing itself is shown. */
export function showToast({ message, action = null }: { message: string; action?: Toast['action'] }): void {
  const key = add({ message, error: null, action });
  setTimeout(() => dismiss(key), SHOWN_MS);
}

/** Shows what a call rejected with. It stays until it is closed. */
export function showFailure(error: unknown): void {
  add({ message: null, error, action: null });
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function ToastItem({ toast }: { readonly toast: (typeof toasts)[number] }) {
  const { message, action, error } = toast;
  const act = (): void => {
    action?.run();
    dismiss(toast.key);
  };
  return (
    <li className="sr-toast" data-failure={message === null || undefined}>
      {message === null ? <ErrorPanel error={error} size="compact" /> : <span>{message}</span>}
      {action && (
        <Button variant="default" size="compact-xs" onClick={act}>
          {action.label}
        </Button>
      )}
      <ActionIcon size="sm" aria-label={text.dismiss} onClick={() => dismiss(toast.key)}>
        <X size={14} aria-hidden />
      </ActionIcon>
    </li>
  );
}

export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <ul className="sr-toasts sr-no-print" aria-label={text.label} aria-live="polite">
      {shown.map((toast) => (
        <ToastItem key={toast.key} toast={toast} />
      ))}
    </ul>
  );
}
