// A field for what must not be kept: the text lives in the input element only, is read when it is sent, and cleared afterwards.
import { PasswordInput, TextInput } from '@mantine/core';
import {
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import { secretField as words } from '../text/common.ts';

export interface SecretInput {
  readonly element: RefObject<HTMLInputElement | null>;
  readonly filled: boolean;
  readonly setFilled: (filled: boolean) => void;
  /** What is typed now. */
  readonly read: () => string;
  readonly clear: () => void;
}

/** One secret of a form. State holds only whether something is typed. */
export function useSecret(): SecretInput {
  const element = useRef<HTMLInputElement>(null);
  const [filled, setFilled] = useState(false);
  const read = useCallback(() => element.current?.value ?? '', []);
  const clear = useCallback(() => {
    if (element.current !== null) element.current.value = '';
    setFilled(false);
  }, []);
  return useMemo(() => ({ element, filled, setFilled, read, clear }), [filled, read, clear]);
}

/** On what has the focus in a dialog over another one: Escape is then answered by the upper dialog alone. */
export const OWN_ESCAPE = { 'data-mantine-stop-propagation': 'true' } as const;

export interface SecretFieldProps {
  readonly secret: SecretInput;
  readonly label: string;
  readonly description?: ReactNode;
  /** A code is short-lived and shown as it is typed. Default `password`. */
  readonly kind?: 'password' | 'code';
  readonly autoComplete?: 'current-password' | 'new-password' | 'one-time-code' | 'off';
  readonly size?: 'xs' | 'sm';
  /** Takes the focus when it appears. */
  readonly focusFirst?: boolean;
  readonly error?: string | null;
  readonly describedBy?: string;
  readonly onInput?: () => void;
  readonly ownEscape?: boolean;
}

export function SecretField(props: SecretFieldProps) {
  const { secret, label, description, kind = 'password', size = 'xs', focusFirst = false } = props;
  const [capsLock, setCapsLock] = useState(false);
  const { element } = secret;
  useEffect(() => {
    if (focusFirst) element.current?.focus();
  }, [focusFirst, element]);
  const shared = {
    ref: secret.element,
    label,
    description,
    size,
    autoComplete: props.autoComplete ?? 'off',
    spellCheck: false,
    'aria-describedby': props.describedBy,
    // A dialog looks for it when it opens; on a page the effect above does it.
    'data-autofocus': focusFirst || undefined,
    ...(props.ownEscape === true ? OWN_ESCAPE : {}),
    onChange: () => {
      secret.setFilled(secret.read() !== '');
      props.onInput?.();
    },
  };
  if (kind === 'code')
    return <TextInput {...shared} maxLength={64} classNames={{ input: 'sr-mono' }} error={props.error} />;
  const watch = (event: KeyboardEvent): void => setCapsLock(event.getModifierState('CapsLock'));
  return (
    <PasswordInput
      {...shared}
      maxLength={1024}
      error={props.error ?? (capsLock ? words.capsLock : null)}
      onKeyUp={watch}
    />
  );
}
