// The list of shortcuts behind `?`.
import { Modal } from '@mantine/core';
import { frame } from '../../text/frame.ts';
import { Keys } from '../../ui/keys.tsx';
import { PAGES } from '../pages.ts';

const words = frame.shortcuts;

const GENERAL: readonly { readonly keys: readonly string[]; readonly text: string }[] = [
  { keys: ['mod', 'K'], text: words.palette },
  { keys: ['mod', 'L'], text: words.lock },
  { keys: ['/'], text: words.search },
  { keys: ['j'], text: words.down },
  { keys: ['k'], text: words.up },
  { keys: ['Enter'], text: words.open },
  { keys: ['Space'], text: words.select },
  { keys: ['?'], text: words.help },
];

export interface ShortcutsDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function ShortcutsDialog({ opened, onClose }: ShortcutsDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={words.title}>
      <table className="sr-shortcuts">
        <tbody>
          {GENERAL.map(({ keys, text }) => (
            <tr key={text}>
              <td>
                <Keys keys={keys} />
              </td>
              <td>{text}</td>
            </tr>
          ))}
          {PAGES.map(({ name, key }) => (
            <tr key={name}>
              <td>
                <Keys keys={['g', key]} between={words.between} />
              </td>
              <td>{words.go(frame.pages[name])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  );
}
