// A security device whose answer becomes part of the own key: added and removed with the password, while it is connected.
import { Button, Group, Modal, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { FormEvent } from 'react';
import type { FactorState } from '../../../shared/ipc/contract/factors.ts';
import { client } from '../../api/client.ts';
import { useSecretAction } from '../../api/secrets.ts';
import { ui } from '../../text/common.ts';
import { device as words } from '../../text/own-sign-in.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Facts } from '../../ui/facts.tsx';
import { formatInstantDay } from '../../ui/format.ts';
import { Section } from '../../ui/page.tsx';
import { SecretField, useSecret } from '../../ui/secret-field.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';

export interface DeviceFactorProps {
  readonly device: FactorState['device'];
  /** What this program can talk to. */
  readonly kind: string;
}

export function DeviceFactor({ device, kind }: DeviceFactorProps) {
  const [asking, dialog] = useDisclosure(false);
  const aside = <StateBadge tone={device === null ? 'quiet' : 'good'} word={device === null ? words.none : words.on} />;
  return (
    <Section title={words.title} aside={aside}>
      <div className="sr-own-form">
        <p className="sr-quiet">{words.meaning}</p>
        <Facts
          items={[
            { name: words.kind, value: kind },
            { name: words.label, value: device?.label ?? null },
            { name: words.since, value: device && formatInstantDay(device.enrolledAt) },
          ]}
        />
        <p className="sr-quiet">{words.lost}</p>
        <div>
          <Button variant="default" onClick={dialog.open}>
            {device === null ? words.add : words.remove}
          </Button>
        </div>
      </div>
      {asking && <DeviceDialog adding={device === null} onClose={dialog.close} />}
    </Section>
  );
}

interface DeviceDialogProps {
  readonly adding: boolean;
  readonly onClose: () => void;
}

function DeviceDialog({ adding, onClose }: DeviceDialogProps) {
  const password = useSecret();
  const change = useSecretAction(async (seal) => {
    const input = { password: await seal('password', password.read()) };
    return adding ? client.factors.addDevice(input) : client.factors.removeDevice(input);
  }, onClose);
  function submit(event: FormEvent): void {
    event.preventDefault();
    change.mutate(undefined, { onError: password.clear });
  }
  return (
    <Modal opened onClose={onClose} title={adding ? words.addTitle : words.removeTitle}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <p>{adding ? words.addLead : words.removeLead}</p>
          <SecretField secret={password} label={words.password} autoComplete="current-password" focusFirst />
          {change.isError && <ErrorPanel error={change.error} size="compact" />}
          <p role="status" className="sr-quiet">
            {change.isPending && words.working}
          </p>
        </Stack>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {ui.cancel}
          </Button>
          <Button type="submit" disabled={!password.filled} loading={change.isPending}>
            {adding ? words.add : words.remove}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
