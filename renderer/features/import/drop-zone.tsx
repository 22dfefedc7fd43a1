// Where files are dropped or chosen. It reads none of them.
import { Button, FileButton } from '@mantine/core';
import { FileInput } from 'lucide-react';
import { useState, type DragEvent } from 'react';
import { importText as text } from '../../text/import.ts';

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
  const drop = (event: DragEvent): void => {
    drag(event, false);
    onFiles([...event.dataTransfer.files]);
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
      <FileButton multiple onChange={onFiles}>
        {(props) => <Button {...props}>{text.choose}</Button>}
      </FileButton>
    </div>
  );
}
