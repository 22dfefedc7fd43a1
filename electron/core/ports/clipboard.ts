// The system's clipboard, as far as this program has put something there. A host brings it; what others put there is not read out.

export interface OwnClipboard {
  /** Remembers what is in the clipboard now as ours. */
  keep(): Promise<void>;
  /** Empties the clipboard where it still holds what was kept last, and forgets that. Does nothing where nothing was kept. */
  clear(): Promise<void>;
}
