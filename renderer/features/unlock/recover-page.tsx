// The owner's way back with the paper key: eight groups, a new password, then the new kit.
import './unlock.css';
import { Button, Group } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { OfficeStatus, RecoveryKit } from '../../../shared/ipc/contract/office.ts';
import { client } from '../../api/client.ts';
import { openKit } from '../../api/kit.ts';
import { replyKey, useSecretAction } from '../../api/secrets.ts';
import { recover as words } from '../../text/unlock.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Front } from '../../ui/front.tsx';
import { KitFlow } from '../../ui/kit-flow.tsx';
import { NewPassword, useNewPassword } from '../../ui/new-password.tsx';
import { ProtectionChoice, type Protection } from '../../ui/protection-choice.tsx';
import { KitGroups, useKitGroups } from './kit-groups.tsx';

export interface RecoverPageProps {
  readonly status: OfficeStatus;
  readonly onDone: () => void;
}

export function RecoverPage({ status, onDone }: RecoverPageProps) {
  const [kit, setKit] = useState<RecoveryKit | null>(null);
  if (kit !== null) return <KitFlow kit={kit} shell={Front} open={status.state === 'unlocked'} onDone={onDone} />;
  return <RecoverForm status={status} onBack={onDone} onKit={setKit} />;
}

interface RecoverFormProps {
  readonly status: OfficeStatus;
  readonly onBack: () => void;
  readonly onKit: (kit: RecoveryKit) => void;
}

function RecoverForm({ status, onBack, onKit }: RecoverFormProps) {
  const groups = useKitGroups();
  const password = useNewPassword();
  const [complete, setComplete] = useState(false);
  const [protection, setProtection] = useState<Protection>(status.keychain.available ? 'keychain' : 'password-only');
  const recover = useSecretAction(async (seal) => {
    const { kit } = await client.office.recover({
      recoveryKey: await seal('recovery-key', groups.read()),
      password: await seal('new-password', password.read()),
      protection,
      replyKey: await replyKey(),
    });
    return openKit(kit);
  }, onKit);
  function submit(event: FormEvent): void {
    event.preventDefault();
    recover.mutate();
  }
  return (
    <Front title={words.title} lead={words.lead}>
      <form className="sr-front-beside" onSubmit={submit}>
        <div className="sr-front-fields">
          <KitGroups input={groups} onComplete={setComplete} />
          <NewPassword input={password} officeName={status.office?.name ?? ''} userName="" label={words.password} />
          <ProtectionChoice status={status} value={protection} onChange={setProtection} />
          {recover.isError && <ErrorPanel error={recover.error} />}
          <Group gap="xs">
            <Button type="submit" size="sm" disabled={!complete || !password.ready} loading={recover.isPending}>
              {words.submit}
            </Button>
            <Button variant="subtle" size="sm" disabled={recover.isPending} onClick={onBack}>
              {words.back}
            </Button>
            <span role="status">{recover.isPending && words.working}</span>
          </Group>
        </div>
        <aside className="sr-front-aside">
          <h2>{words.whatHappens}</h2>
          <ul>
            {words.effects.map((effect) => (
              <li key={effect}>{effect}</li>
            ))}
          </ul>
        </aside>
      </form>
    </Front>
  );
}
