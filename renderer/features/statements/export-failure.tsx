// Why a file was not written, and the next step as a button where there is one.
import { Button } from '@mantine/core';
import { asWireError } from '../../api/client.ts';
import { exportText as text } from '../../text/statements.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';

interface ExportFailureProps {
  readonly error: unknown;
  readonly onOtherName: () => void;
  readonly onCsv: () => void;
  /** Null where the suggested folder is the one that failed. */
  readonly onFolder: (() => void) | null;
}

export function ExportFailure({ error, onOtherName, onCsv, onFolder }: ExportFailureProps) {
  const steps = new Map([
    ['EXPORT_DESTINATION_EXISTS', { word: text.otherName, go: onOtherName }],
    ['EXPORT_NOT_EXPRESSIBLE', { word: text.asCsv, go: onCsv }],
    ['EXPORT_FOLDER_NOT_FOUND', { word: text.suggestedFolder, go: onFolder }],
  ]);
  const step = steps.get(asWireError(error).code);
  const action = step?.go && (
    <Button variant="default" onClick={step.go}>
      {step.word}
    </Button>
  );
  return <ErrorPanel error={error} size="compact" action={action} />;
}
