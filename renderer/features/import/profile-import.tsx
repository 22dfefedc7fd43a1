// Takes a profile from another office: from its file or its text. It is checked before it is saved.
import { Button, FileButton, Group, Modal, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useAction } from '../../api/query.ts';
import { ui } from '../../text/common.ts';
import { profilesText as text } from '../../text/profiles.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { readProfileJson } from './profile-json.ts';

const LONGEST_FILE = 1_000_000;

function ImportForm({ onClose }: { readonly onClose: () => void }) {
  const [json, setJson] = useState('');
  const save = useAction('profiles', 'save');
  const shared = readProfileJson(json);
  const take = async (file: File | null): Promise<void> => {
    if (file !== null) setJson(await file.slice(0, LONGEST_FILE).text());
  };
  const submit = (): void => {
    if (shared === null) return;
    save.mutate(shared, {
      onSuccess: ({ name }) => {
        showToast({ message: text.imported(name) });
        onClose();
      },
    });
  };
  return (
    <>
      <p className="sr-quiet">{text.importHint}</p>
      <FileButton accept="application/json,.json" onChange={(file) => void take(file)}>
        {(props) => (
          <Button mt="sm" variant="default" {...props}>
            {text.importFile}
          </Button>
        )}
      </FileButton>
      <Textarea
        mt="sm"
        aria-label={text.importText}
        classNames={{ input: 'sr-mono' }}
        rows={12}
        value={json}
        error={json.trim() !== '' && shared === null && text.importBad}
        onChange={(event) => setJson(event.currentTarget.value)}
      />
      {save.isError && <ErrorPanel error={save.error} size="compact" />}
      <Group mt="md" justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {ui.cancel}
        </Button>
        <Button disabled={shared === null} loading={save.isPending} onClick={submit}>
          {text.importSave}
        </Button>
      </Group>
    </>
  );
}

export function ProfileImport() {
  const [opened, dialog] = useDisclosure(false);
  return (
    <>
      <Button variant="default" size="compact-xs" onClick={dialog.open}>
        {text.import}
      </Button>
      <Modal opened={opened} onClose={dialog.close} title={text.import} size="lg">
        <ImportForm onClose={dialog.close} />
      </Modal>
    </>
  );
}
