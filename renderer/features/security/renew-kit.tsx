// Makes a new recovery kit after saying what the old one is worth then.
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { RecoveryKit } from '../../../shared/ipc/contract/office.ts';
import { client } from '../../api/client.ts';
import { openKit } from '../../api/kit.ts';
import { replyKey, useSecretAction } from '../../api/secrets.ts';
import { security } from '../../text/security.ts';
import { ConfirmDestroy } from '../../ui/confirm-destroy.tsx';

const words = security.recovery;

export function RenewKit({ onKit }: { readonly onKit: (kit: RecoveryKit) => void }) {
  const [asking, dialog] = useDisclosure(false);
  const renew = useSecretAction(async () => {
    const { kit } = await client.office.renewRecoveryKit({ replyKey: await replyKey() });
    return openKit(kit);
  }, onKit);
  return (
    <>
      <Button variant="default" onClick={dialog.open}>
        {words.renew}
      </Button>
      <ConfirmDestroy
        opened={asking}
        onClose={dialog.close}
        title={words.renewTitle}
        lost={words.renewLost}
        confirm={words.renew}
        onConfirm={() => renew.mutate()}
        running={renew.isPending}
        error={renew.error}
      />
    </>
  );
}
