// Electron's clipboard as far as the window filled it. Of what was copied it keeps a digest only.
import { createHash } from 'node:crypto';
import type { Clipboard } from 'electron';
import type { OwnClipboard } from '../../core/ports/clipboard.ts';

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

export function createOwnClipboard(clipboard: Pick<Clipboard, 'readText' | 'clear'>): OwnClipboard {
  let kept: string | null = null;
  return {
    keep: async () => {
      kept = digestOf(await clipboard.readText());
    },
    clear: async () => {
      if (kept !== null && digestOf(await clipboard.readText()) === kept) clipboard.clear();
      kept = null;
    },
  };
}
