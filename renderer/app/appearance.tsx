// Light, dark, high contrast, or as the system says. Remembered in the window's storage where there is one; it is no secret and no policy.
import { MantineProvider } from '@mantine/core';
import { useColorScheme, useMediaQuery } from '@mantine/hooks';
import { createContext, useContext, useLayoutEffect, useMemo, useState, type ReactNode } from 'react';
import { theme } from '../ui/theme.ts';

export const APPEARANCES = ['system', 'light', 'dark', 'high-contrast'] as const;
export type Appearance = (typeof APPEARANCES)[number];

interface AppearanceChoice {
  readonly appearance: Appearance;
  readonly setAppearance: (appearance: Appearance) => void;
}

const KEY = 'strongroom.appearance';
const Context = createContext<AppearanceChoice>({ appearance: 'system', setAppearance: () => undefined });

/** The window's storage, or null where the host gives none (a fresh profile may refuse it). */
function storage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

function stored(): Appearance {
  const text = storage()?.getItem(KEY);
  return APPEARANCES.find((appearance) => appearance === text) ?? 'system';
}

export function AppearanceProvider({ children }: { readonly children: ReactNode }) {
  const [appearance, choose] = useState(stored);
  const system = useColorScheme('light', { getInitialValueInEffect: false });
  const moreContrast = useMediaQuery('(prefers-contrast: more)', false, { getInitialValueInEffect: false });
  const scheme = appearance === 'light' || appearance === 'dark' ? appearance : system;
  const contrast = appearance === 'high-contrast' || (appearance === 'system' && moreContrast) ? 'high' : 'normal';
  useLayoutEffect(() => document.documentElement.setAttribute('data-contrast', contrast), [contrast]);
  const value = useMemo(() => {
    const setAppearance = (next: Appearance): void => {
      storage()?.setItem(KEY, next);
      choose(next);
    };
    return { appearance, setAppearance };
  }, [appearance]);
  // No style elements: the library's variables are in ui/mantine.css, because the content security policy allows files only.
  return (
    <MantineProvider theme={theme} forceColorScheme={scheme} withCssVariables={false} withGlobalClasses={false}>
      <Context value={value}>{children}</Context>
    </MantineProvider>
  );
}

export function useAppearance(): AppearanceChoice {
  return useContext(Context);
}
