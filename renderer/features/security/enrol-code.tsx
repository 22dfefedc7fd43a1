// Sets up an authenticator app: scan or type its key, and prove it by the code that the app shows.
import { Button, Group, Modal, Stack } from '@mantine/core';
import type { FormEvent } from 'react';
import type { CodeEnrolment } from '../../../shared/ipc/contract/factors.ts';
import { client } from '../../api/client.ts';
import { openJson, replyKey, useSecretAction } from '../../api/secrets.ts';
import { ui } from '../../text/common.ts';
import { codes as words } from '../../text/own-sign-in.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { SecretField, useSecret } from '../../ui/secret-field.tsx';
import { RecoveryCodeList } from './recovery-code-list.ts';

export interface EnrolCodeProps {
  readonly enrolment: CodeEnrolment;
  readonly onClose: () => void;
  readonly onCodes: (codes: readonly string[]) => void;
}

/** In groups of four, as one types it. */
function grouped(secret: string): string {
  return secret.replaceAll(/(.{4})(?=.)/g, '$1 ');
}

export function EnrolCode({ enrolment, onClose, onCodes }: EnrolCodeProps) {
  const code = useSecret();
  const confirm = useSecretAction(async () => {
    const { recoveryCodes } = await client.factors.confirmCode({
      code: code.read().trim(),
      replyKey: await replyKey(),
    });
    return openJson(RecoveryCodeList, 'recovery-codes', recoveryCodes);
  }, onCodes);
  function submit(event: FormEvent): void {
    event.preventDefault();
    confirm.mutate(undefined, { onError: code.clear });
  }
  return (
    <Modal opened onClose={onClose} size="lg" title={words.dialog} closeOnClickOutside={false}>
      <form onSubmit={submit}>
        <div className="sr-enrol">
          <QrCode text={enrolment.uri} label={words.qr} />
          <Stack gap="sm">
            <p>{words.scan}</p>
            <div>
              <p>{words.type}</p>
              <p className="sr-shown-once" data-size="small">
                {grouped(enrolment.secret)}
              </p>
              <p className="sr-quiet">{words.typeHint}</p>
            </div>
            <SecretField secret={code} kind="code" label={words.code} autoComplete="one-time-code" focusFirst />
          </Stack>
        </div>
        {confirm.isError && <ErrorPanel error={confirm.error} size="compact" />}
        <Group mt="md" justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {ui.cancel}
          </Button>
          <Button type="submit" disabled={!code.filled} loading={confirm.isPending}>
            {words.confirm}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
