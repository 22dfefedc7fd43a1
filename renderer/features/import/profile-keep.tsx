// The last step of the editor: the account, the name under which the answers are kept, and the reading.
import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { AccountId } from '../../../shared/model/ids.ts';
import { useAction, useCall } from '../../api/query.ts';
import { navigate } from '../../app/hash-location.ts';
import { profilesText as text } from '../../text/profiles.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { answerFile } from './import-queue.ts';
import { namesAccount } from './profile-draft.ts';
import { ProfileExport } from './profile-export.tsx';
import type { QueuedFile } from './queue-store.ts';
import { blockedBy, type ProfileEditor, type useProfilePreview } from './use-profile-editor.ts';

const LATER = 'later';

interface ProfileKeepProps {
  readonly file: QueuedFile;
  readonly editor: ProfileEditor;
  readonly preview: ReturnType<typeof useProfilePreview>;
}

interface TargetProps {
  readonly clientId: QueuedFile['clientId'];
  readonly value: AccountId | null;
  readonly onChange: (accountId: AccountId | null) => void;
}

function Target({ clientId, value, onChange }: TargetProps) {
  const accounts = useCall('accounts', 'list', { clientId });
  const options = (accounts.data ?? []).map(({ id, name, numberMask }) => ({
    value: id,
    label: `${name} · ${numberMask}`,
  }));
  return (
    <Select
      label={text.target}
      description={text.targetHint}
      data={[{ value: LATER, label: text.targetLater }, ...options]}
      value={value ?? LATER}
      onChange={(id) => onChange(id === LATER ? null : AccountId.parse(id))}
    />
  );
}

/** A file's name without its ending and the figures that differ from month to month. */
export function suggestedName(fileName: string): string {
  const plain = fileName.replace(/\.[^.]*$/, '').replaceAll(/[\d_.()-]+/g, ' ');
  return plain.trim() || fileName;
}

export function ProfileKeep({ file, editor, preview }: ProfileKeepProps) {
  const [name, setName] = useState(() => suggestedName(file.name));
  const [remember, setRemember] = useState(true);
  const [accountId, setAccountId] = useState<AccountId | null>(null);
  const save = useAction('profiles', 'save');
  const { profile, proposal } = editor;
  const blocked = blockedBy({ editor, preview });
  const read = (profileName: string | null): void => {
    answerFile(file.key, { profile, profileName, accountId });
    navigate('/import');
  };
  const submit = (): void => {
    if (profile === null) return;
    if (!remember) read(null);
    else save.mutate({ name, signature: proposal.signature, profile }, { onSuccess: ({ name: saved }) => read(saved) });
  };
  return (
    <div className="sr-keep">
      {!namesAccount(editor.draft) && <Target clientId={file.clientId} value={accountId} onChange={setAccountId} />}
      <Checkbox
        label={text.remember}
        checked={remember}
        onChange={(event) => setRemember(event.currentTarget.checked)}
      />
      {remember && (
        <TextInput
          label={text.name}
          description={text.nameHint}
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
      {save.isError && <ErrorPanel error={save.error} size="compact" />}
      <div className="sr-keep-actions">
        {profile !== null && <ProfileExport shared={{ name, signature: proposal.signature, profile }} />}
        <span className="sr-quiet" role="status">
          {blocked}
        </span>
        <Button
          disabled={blocked !== null || (remember && name.trim() === '')}
          loading={save.isPending}
          onClick={submit}
        >
          {text.read}
        </Button>
      </div>
    </div>
  );
}
