// A profile as text to save or send. The window writes no file.
import { Button, Group, Modal, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ui } from '../../text/common.ts';
import { profilesText as text } from '../../text/profiles.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { profileJson, type SharedProfile } from './profile-json.ts';

export function ProfileExport({ shared }: { readonly shared: SharedProfile }) {
  const [opened, dialog] = useDisclosure(false);
  const json = profileJson(shared);
  return (
    <>
      <Button variant="default" aria-label={text.exportOf(shared.name)} onClick={dialog.open}>
        {text.export}
      </Button>
      <Modal opened={opened} onClose={dialog.close} title={text.exportTitle} size="lg">
        <p className="sr-quiet">{text.exportHint}</p>
        <Textarea
          mt="sm"
          aria-label={text.exportText}
          classNames={{ input: 'sr-mono' }}
          readOnly
          rows={16}
          value={json}
        />
        <Group mt="md" justify="flex-end" gap="xs">
          <CopyButton value={json} variant="default" label={text.copy} copied={ui.copied} />
          <Button onClick={dialog.close}>{ui.close}</Button>
        </Group>
      </Modal>
    </>
  );
}
