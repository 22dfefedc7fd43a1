// Where files and folders are dropped or chosen. It reads none of them.
import { Button, FileButton, Group } from '@mantine/core';
import { FileInput } from 'lucide-react';
import { useState, type DragEvent } from 'react';
import { importText as text } from '../../text/import.ts';
import { showFailure, showToast } from '../../ui/toasts.tsx';
import { droppedFiles, folderFiles } from './dropped-files.ts';

/** What makes an input choose a folder; React’s types do not know it. */
const FOLDER = { name: 'folder', webkitdirectory: '' };

interface DropZoneProps {
  readonly clientName: string;
  readonly onFiles: (files: readonly File[]) => void;
}

export function DropZone({ clientName, onFiles }: DropZoneProps) {
  const [over, setOver] = useState(false);
  const drag = (event: DragEvent, inside: boolean): void => {
    event.preventDefault();
    setOver(inside);
  };
  const take = (files: readonly File[]): void => {
    if (files.length === 0) showToast({ message: text.noFiles });
    else onFiles(files);
  };
  const drop = (event: DragEvent): void => {
    drag(event, false);
    void droppedFiles(event.dataTransfer).then(take, showFailure);
  };
  return (
    <div
      className="sr-drop"
      data-over={over || undefined}
      onDragOver={(event) => drag(event, true)}
      onDragLeave={(event) => drag(event, false)}
      onDrop={drop}
    >
      <FileInput size={24} strokeWidth={1.6} aria-hidden />
      <div className="sr-drop-words">
        <p className="sr-drop-title">{over ? text.dropNow : text.dropTitle(clientName)}</p>
        <p className="sr-quiet">{text.dropHint}</p>
      </div>
      <Group gap="xs">
        <FileButton multiple name="files" onChange={take}>
          {(props) => <Button {...props}>{text.choose}</Button>}
        </FileButton>
        <FileButton multiple onChange={(files) => take(folderFiles(files))} inputProps={FOLDER}>
          {(props) => (
            <Button variant="default" {...props}>
              {text.chooseFolder}
            </Button>
          )}
        </FileButton>
      </Group>
    </div>
  );
}
