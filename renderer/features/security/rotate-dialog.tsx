// New keys: for what and why, then the work, then what was written anew.
import { Button, Group, Loader, Modal, Radio, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import type { Rotation, SecurityState } from '../../../shared/ipc/contract/security.ts';
import { useAction } from '../../api/query.ts';
import { ui } from '../../text/common.ts';
import { nextSteps } from '../../text/protection-facts.ts';
import { rotation as words } from '../../text/security.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { formatBytes } from '../../ui/format.ts';

type What = Rotation['what']['kind'];
const WHATS: readonly What[] = ['all', 'office', 'client'];
const REASONS: readonly Rotation['reason'][] = ['routine', 'compromise'];

export interface RotateDialogProps {
  readonly state: SecurityState;
  readonly opened: boolean;
  readonly onClose: () => void;
  /** The next step after a compromise. */
  readonly onNewKit: () => void;
}

export function RotateDialog({ state, opened, onClose, onNewKit }: RotateDialogProps) {
  const rotate = useAction('security', 'rotate');
  const leaked = rotate.isSuccess && rotate.variables.reason === 'compromise';
  function close(): void {
    if (!rotate.isPending) onClose();
  }
  return (
    <Modal
      opened={opened}
      onClose={close}
      onExitTransitionEnd={rotate.reset}
      size="lg"
      title={rotate.isSuccess ? words.done : words.title}
      withCloseButton={!rotate.isPending}
    >
      {rotate.isSuccess ? (
        <Stack gap="sm">
          <p role="status">{words.result(rotate.data.databases, formatBytes(rotate.data.bytes))}</p>
          {leaked && <p>{words.afterCompromise}</p>}
          <Group justify="flex-end" gap="xs">
            <Button variant={leaked ? 'default' : 'filled'} onClick={close}>
              {ui.close}
            </Button>
            {leaked && (
              <Button
                onClick={() => {
                  close();
                  onNewKit();
                }}
              >
                {nextSteps.kit}
              </Button>
            )}
          </Group>
        </Stack>
      ) : (
        <RotateForm state={state} rotate={rotate} onClose={close} />
      )}
    </Modal>
  );
}

interface RotateFormProps extends Pick<RotateDialogProps, 'state' | 'onClose'> {
  readonly rotate: ReturnType<typeof useAction<'security', 'rotate'>>;
}

function RotateForm({ state, rotate, onClose }: RotateFormProps) {
  const [what, setWhat] = useState<What>('all');
  const [clientId, setClientId] = useState(state.clientKeys[0]?.clientId ?? null);
  const [reason, setReason] = useState<Rotation['reason']>('routine');
  const incomplete = what === 'client' && clientId === null;
  function submit(): void {
    if (what !== 'client') rotate.mutate({ what: { kind: what }, reason });
    else if (clientId !== null) rotate.mutate({ what: { kind: what, clientId }, reason });
  }
  if (rotate.isPending) {
    return (
      <Group gap="sm" wrap="nowrap" role="status">
        <Loader size="sm" />
        <p>{words.working}</p>
      </Group>
    );
  }
  return (
    <Stack gap="md">
      <p>{words.lead}</p>
      <Radio.Group
        label={words.what}
        value={what}
        onChange={(value) => setWhat(WHATS.find((kind) => kind === value) ?? what)}
      >
        <Stack gap="xs" mt={4}>
          {WHATS.filter((kind) => kind !== 'client' || state.clientKeys.length > 0).map((kind) => (
            <Radio key={kind} value={kind} label={words.whats[kind]} />
          ))}
        </Stack>
      </Radio.Group>
      {what === 'client' && (
        <Select
          label={words.client}
          searchable
          data={state.clientKeys.map((key) => ({ value: key.clientId, label: key.name }))}
          value={clientId}
          onChange={(value) => setClientId(state.clientKeys.find((key) => key.clientId === value)?.clientId ?? null)}
        />
      )}
      <Radio.Group
        label={words.why}
        value={reason}
        onChange={(value) => setReason(REASONS.find((known) => known === value) ?? reason)}
      >
        <Stack gap="xs" mt={4}>
          {REASONS.map((known) => (
            <Radio
              key={known}
              value={known}
              label={words.reasons[known].label}
              description={words.reasons[known].text}
            />
          ))}
        </Stack>
      </Radio.Group>
      {rotate.isError && <ErrorPanel error={rotate.error} size="compact" />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" data-autofocus onClick={onClose}>
          {ui.cancel}
        </Button>
        <Button disabled={incomplete} onClick={submit}>
          {words.submit}
        </Button>
      </Group>
    </Stack>
  );
}
