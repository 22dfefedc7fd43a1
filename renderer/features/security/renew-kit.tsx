// Makes a new recovery kit after saying what the old one is worth then.
import type { RecoveryKit } from '../../../shared/ipc/contract/office.ts';
import { client } from '../../api/client.ts';
import { openKit } from '../../api/kit.ts';
import { replyKey, useSecretAction } from '../../api/secrets.ts';
import { security } from '../../text/security.ts';
import { ConfirmDestroy } from '../../ui/confirm-destroy.tsx';

const words = security.recovery;

export interface RenewKitProps {
  readonly opened: boolean;
  /** Keys are renewed with it. */
  readonly due: boolean;
  readonly onClose: () => void;
  readonly onKit: (kit: RecoveryKit) => void;
}

export function RenewKit({ opened, due, onClose, onKit }: RenewKitProps) {
  const renew = useSecretAction(async () => {
    const { kit } = await client.office.renewRecoveryKit({ replyKey: await replyKey() });
    return openKit(kit);
  }, onKit);
  return (
    <ConfirmDestroy
      opened={opened}
      onClose={onClose}
      title={words.renewTitle}
      lost={
        <>
          <p>{words.renewLost}</p>
          <p>{due ? words.renewDue : words.renewOnly}</p>
        </>
      }
      confirm={words.renew}
      onConfirm={() => renew.mutate()}
      running={renew.isPending}
      error={renew.error}
    />
  );
}
