// The window's shortcuts outside lists and dialogs: lock, help, search this screen, `g` and a letter. Typing in a field is left alone.
import { useEffect, useEffectEvent, useRef } from 'react';
import { PAGES } from '../pages.ts';
import { navigate } from '../hash-location.ts';

const SEQUENCE_MS = 1200;

export interface ShortcutActions {
  readonly lock: () => void;
  readonly help: () => void;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;
}

function focusScreenSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('input[data-screen-search]');
  field?.focus();
  field?.select();
  return field !== null;
}

export function useShortcuts({ lock, help }: ShortcutActions): void {
  const goPressedAt = useRef(-Infinity);
  /** True when the key did something. */
  const plain = (event: KeyboardEvent): boolean => {
    if (event.timeStamp - goPressedAt.current < SEQUENCE_MS) {
      const page = PAGES.find(({ key }) => key === event.key);
      goPressedAt.current = -Infinity;
      if (page) navigate(page.path);
      return page !== undefined;
    }
    if (event.key === 'g') goPressedAt.current = event.timeStamp;
    if (event.key === '?') help();
    if (event.key === '/') return focusScreenSearch();
    return event.key === '?';
  };
  const press = useEffectEvent((event: KeyboardEvent): void => {
    const mod = event.ctrlKey || event.metaKey;
    if (mod && event.key.toLowerCase() === 'l') lock();
    else if (mod || event.altKey || isTyping(event.target) || !plain(event)) return;
    event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => press(event);
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}
