// Invites a person: name, role, clients; then the code, shown once.
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Access } from '../../../shared/ipc/contract/users.ts';
import type { Role } from '../../../shared/model/roles.ts';
import { client } from '../../api/client.ts';
import { openText, replyKey, useSecretAction } from '../../api/secrets.ts';
import { ui } from '../../text/common.ts';
import { access as accessWords, invite as words } from '../../text/people.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { AccessChoice } from './access-choice.tsx';
import { InvitationCode, type Invited } from './invitation-code.tsx';
import { RoleChoice } from './role-choice.tsx';

export interface InviteDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

const NOBODY: Access = { kind: 'some', clientIds: [] };

export function InviteDialog({ opened, onClose }: InviteDialogProps) {
  const [invited, setInvited] = useState<Invited | null>(null);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={() => setInvited(null)}
      size="lg"
      title={invited === null ? words.title : words.codeTitle(invited.user.name)}
      closeOnClickOutside={invited === null}
    >
      {invited === null ? (
        <InviteForm onInvited={setInvited} onCancel={onClose} />
      ) : (
        <InvitationCode {...invited} onClose={onClose} />
      )}
    </Modal>
  );
}

interface InviteFormProps {
  readonly onInvited: (invited: Invited) => void;
  readonly onCancel: () => void;
}

function InviteForm({ onInvited, onCancel }: InviteFormProps) {
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('accountant');
  const [access, setAccess] = useState(NOBODY);
  const invite = useSecretAction(async (): Promise<Invited> => {
    const held: Access = role === 'owner' ? { kind: 'all' } : access;
    const { user, code } = await client.users.invite({ name, role, access: held, replyKey: await replyKey() });
    return { user, code: await openText('invitation-code', code) };
  }, onInvited);
  function submit(event: FormEvent): void {
    event.preventDefault();
    invite.mutate();
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          data-autofocus
          label={words.name}
          description={words.nameHint}
          value={name}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <RoleChoice label={words.role} value={role} onChange={setRole} />
        {role === 'owner' ? (
          <p className="sr-quiet">{accessWords.owner}</p>
        ) : (
          <AccessChoice label={words.access} value={access} onChange={setAccess} />
        )}
        {invite.isError && <ErrorPanel error={invite.error} size="compact" />}
      </Stack>
      <Group mt="md" justify="flex-end" gap="xs">
        <span role="status" className="sr-quiet">
          {invite.isPending && words.working}
        </span>
        <Button variant="default" onClick={onCancel}>
          {ui.cancel}
        </Button>
        <Button type="submit" disabled={name.trim() === ''} loading={invite.isPending}>
          {words.submit}
        </Button>
      </Group>
    </form>
  );
}
