// A shortcut as keys; `mod` is Ctrl, or ⌘ on a Mac.
import './keys.css';
import { Fragment } from 'react';

const MAC = /mac/i.test(navigator.userAgent);

/** The key as it is printed on this system's keyboard. */
function face(key: string): string {
  if (key !== 'mod') return key;
  return MAC ? '⌘' : 'Ctrl';
}

export interface KeysProps {
  readonly keys: readonly string[];
  /** Word between keys pressed one after the other. */
  readonly between?: string;
}

export function Keys({ keys, between }: KeysProps) {
  return (
    <span className="sr-keys">
      {keys.map((key, index) => (
        <Fragment key={key}>
          {index > 0 && <span className="sr-quiet"> {between ?? ''} </span>}
          <kbd className="sr-kbd">{face(key)}</kbd>
        </Fragment>
      ))}
    </span>
  );
}
