// A button that copies a text and says so for a moment.
import { Button, type ButtonProps } from '@mantine/core';
import { useTimeout } from '@mantine/hooks';
import { useState } from 'react';
import { copyText } from './clipboard.ts';

const SAID_FOR_MS = 1_000;

export interface CopyButtonProps extends Omit<ButtonProps, 'children'> {
  readonly value: string;
  readonly label: string;
  /** Instead of the label, once it is copied. */
  readonly copied: string;
}

export function CopyButton({ value, label, copied, ...button }: CopyButtonProps) {
  const [isCopied, setCopied] = useState(false);
  const { start } = useTimeout(() => setCopied(false), SAID_FOR_MS);
  function copy(): void {
    copyText(value);
    setCopied(true);
    start();
  }
  return (
    <Button {...button} onClick={copy}>
      {isCopied ? copied : label}
    </Button>
  );
}
