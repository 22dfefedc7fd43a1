// The component library's theme: sizes, variants and defaults. Colours come from tokens.css through mantine.css.
import {
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';
import { ui } from '../text/common.ts';

// Only the shape matters to the library; what is painted are the variables --mantine-color-ink-*.
const INK: MantineColorsTuple = [
  '#f4f5f4',
  '#e4e6e4',
  '#ced2d0',
  '#aab3b5',
  '#8f999c',
  '#656c71',
  '#50575c',
  '#38494a',
  '#22302f',
  '#1b2024',
];

const resolveVariant: VariantColorsResolver = (input) => {
  const colours = defaultVariantColorsResolver(input);
  if (input.variant !== 'filled') return colours;
  if (input.color === 'red') {
    return { ...colours, background: 'var(--sr-bad)', hover: 'var(--sr-bad)', color: 'var(--sr-paper)' };
  }
  return { ...colours, color: 'var(--sr-on-action)' };
};

// Locking the page's scroll would inject a style element; the page itself never scrolls, so there is nothing to lock.
const overlay = {
  lockScroll: false,
  overlayProps: { backgroundOpacity: 0.35, blur: 0 },
  transitionProps: { duration: 90 },
};

// The library's dialog heading is a `header`, which screen readers would take for a second banner of the page.
const dialog = {
  ...overlay,
  closeButtonProps: { 'aria-label': ui.close },
  attributes: { header: { role: 'presentation' } },
};

export const theme = createTheme({
  primaryColor: 'ink',
  colors: { ink: INK },
  fontFamily: 'var(--sr-font)',
  defaultRadius: 'sm',
  cursorType: 'pointer',
  variantColorResolver: resolveVariant,
  components: {
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { variant: 'subtle', size: 'md' } },
    TextInput: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs', allowDeselect: false } },
    Checkbox: { defaultProps: { size: 'xs', iconColor: 'var(--sr-on-action)' } },
    Radio: { defaultProps: { size: 'xs', iconColor: 'var(--sr-on-action)' } },
    Switch: { defaultProps: { size: 'sm' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: false } },
    Modal: { defaultProps: { ...dialog, centered: true } },
    Drawer: { defaultProps: { ...dialog, position: 'right' } },
    Spotlight: { defaultProps: { ...overlay } },
  },
});
