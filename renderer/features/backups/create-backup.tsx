// Writes a backup to a path the program suggests, optionally also openable with a passphrase.
import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { client } from '../../api/client.ts';
import { useCall } from '../../api/query.ts';
import { useSecretAction } from '../../api/secrets.ts';
import { backups as words } from '../../text/backups.ts';
import { ui } from '../../text/common.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { SecretField, useSecret } from '../../ui/secret-field.tsx';

export interface CreateBackupProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function CreateBackup({ opened, onClose }: CreateBackupProps) {
  return (
    <Modal opened={opened} onClose={onClose} size="lg" title={words.createDialog.title}>
      <BackupForm onClose={onClose} />
    </Modal>
  );
}

const MINIMUM_PASSPHRASE = 15;

function BackupForm({ onClose }: Pick<CreateBackupProps, 'onClose'>) {
  const suggestion = useCall('backups', 'suggest', {});
  const [typed, setPath] = useState<string | null>(null);
  const [withPassphrase, setWithPassphrase] = useState(false);
  const [long, setLong] = useState(false);
  const passphrase = useSecret();
  const path = typed ?? suggestion.data?.path ?? '';
  const create = useSecretAction(
    async (seal) =>
      client.backups.create({ path, passphrase: withPassphrase ? await seal('passphrase', passphrase.read()) : null }),
    onClose,
  );
  const complete = path.trim() !== '' && (!withPassphrase || long);
  function submit(event: FormEvent): void {
    event.preventDefault();
    create.mutate();
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          data-autofocus
          label={words.createDialog.path}
          description={words.createDialog.pathHint}
          classNames={{ input: 'sr-mono' }}
          value={path}
          maxLength={4000}
          onChange={(event) => setPath(event.currentTarget.value)}
        />
        <Checkbox
          label={words.createDialog.withPassphrase}
          checked={withPassphrase}
          onChange={(event) => setWithPassphrase(event.currentTarget.checked)}
        />
        {withPassphrase && (
          <SecretField
            secret={passphrase}
            label={words.createDialog.passphrase}
            description={words.createDialog.passphraseHint}
            autoComplete="new-password"
            onInput={() => setLong(passphrase.read().length >= MINIMUM_PASSPHRASE)}
          />
        )}
        <p className="sr-quiet">{words.createDialog.notIncluded}</p>
        {create.isError && <ErrorPanel error={create.error} size="compact" />}
      </Stack>
      <Group mt="md" justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {ui.cancel}
        </Button>
        <Button type="submit" disabled={!complete} loading={create.isPending}>
          {words.createDialog.submit}
        </Button>
      </Group>
    </form>
  );
}
