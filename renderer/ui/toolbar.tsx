// Tools above a list: search, filters, counts. `/` reaches the search field from anywhere on the screen.
import './toolbar.css';
import { CloseButton, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { ui } from '../text/common.ts';

/** A line of tools; wraps in a narrow window. */
export function Toolbar({ children, label }: { readonly children: ReactNode; readonly label: string }) {
  return (
    <div className="sr-toolbar sr-no-print" role="toolbar" aria-label={label}>
      {children}
    </div>
  );
}

export interface SearchFieldProps {
  readonly value: string;
  /** Called when typing paused. */
  readonly onChange: (value: string) => void;
  readonly label: string;
  readonly placeholder?: string;
  readonly width?: string;
}

const PAUSE_MS = 120;

export function SearchField({ value, onChange, label, placeholder = label, width = '18rem' }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const [sent, setSent] = useState(value);
  const [seen, setSeen] = useState(value);
  if (value !== seen) {
    setSeen(value);
    // Our own text coming back is no news; a value from elsewhere, such as a cleared filter, replaces what is in the field.
    if (value !== sent) {
      setSent(value);
      setText(value);
    }
  }
  useEffect(() => {
    if (text === sent) return undefined;
    const timer = setTimeout(() => {
      setSent(text);
      onChange(text);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, sent, onChange]);
  return (
    <TextInput
      type="search"
      data-screen-search="true"
      aria-label={label}
      placeholder={placeholder}
      value={text}
      w={width}
      maxLength={200}
      leftSection={<Search size={14} aria-hidden="true" />}
      rightSection={text !== '' && <CloseButton size="xs" aria-label={ui.clearSearch} onClick={() => setText('')} />}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  );
}
