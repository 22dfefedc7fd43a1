// Writes a chain as a file that others check without this office; then the key and the hash to note down.
import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Input, Output } from '../../api/client.ts';
import { useAction } from '../../api/query.ts';
import { audit } from '../../text/audit.ts';
import { ui } from '../../text/common.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Facts } from '../../ui/facts.tsx';
import { formatCount } from '../../ui/format.ts';

const words = audit.export;

export interface ExportDialogProps {
  /** Whose chain it is, in words. */
  readonly name: string;
  readonly clientId: Input<'audit', 'export'>['clientId'];
  readonly onClose: () => void;
}

export function ExportDialog({ name, clientId, onClose }: ExportDialogProps) {
  const [path, setPath] = useState('');
  const [personal, setPersonal] = useState(true);
  const write = useAction('audit', 'export');
  function submit(event: FormEvent): void {
    event.preventDefault();
    write.mutate({ clientId, path: path.trim(), personal });
  }
  if (write.isSuccess) {
    return (
      <Modal opened onClose={onClose} size="lg" title={words.done}>
        <Written result={write.data} onClose={onClose} />
      </Modal>
    );
  }
  return (
    <Modal opened onClose={onClose} size="lg" title={words.title}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <p className="sr-quiet">{words.lead}</p>
          <Facts items={[{ name: words.chain, value: name }]} />
          <TextInput
            data-autofocus
            label={words.path}
            description={words.pathHint}
            classNames={{ input: 'sr-mono' }}
            value={path}
            maxLength={4000}
            onChange={(event) => setPath(event.currentTarget.value)}
          />
          <Checkbox
            label={words.personal}
            description={words.personalHint}
            checked={personal}
            onChange={(event) => setPersonal(event.currentTarget.checked)}
          />
          {write.isError && <ErrorPanel error={write.error} size="compact" />}
        </Stack>
        <Group mt="md" justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {ui.cancel}
          </Button>
          <Button type="submit" disabled={path.trim() === ''} loading={write.isPending}>
            {words.submit}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

interface WrittenProps {
  readonly result: Output<'audit', 'export'>;
  readonly onClose: () => void;
}

function Written({ result, onClose }: WrittenProps) {
  return (
    <Stack gap="sm">
      <Facts
        items={[
          { name: words.entries, value: formatCount(result.entries) },
          { name: words.head, value: <span className="sr-mono">{result.head}</span> },
          { name: words.key, value: <span className="sr-mono">{result.checkpointKey}</span> },
        ]}
      />
      <p>{words.note}</p>
      <Group justify="flex-end" gap="xs">
        <Button onClick={onClose}>{ui.close}</Button>
      </Group>
    </Stack>
  );
}
