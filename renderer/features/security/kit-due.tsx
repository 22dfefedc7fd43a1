// After an owner left, or keys may have leaked: why a new recovery kit is next, and the way to it.
import { Button, Group, Modal } from '@mantine/core';
import { navigate } from '../../app/hash-location.ts';
import { kitDue as words } from '../../text/security.ts';

/** Where the protection view opens with the question for a new kit. */
export const NEW_KIT = '/security?kit=new';

export interface KitDueProps {
  readonly title: string;
  readonly onClose: () => void;
}

export function KitDue({ title, onClose }: KitDueProps) {
  return (
    <Modal opened onClose={onClose} title={title}>
      <p role="status">{words.why}</p>
      <Group mt="md" justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {words.later}
        </Button>
        <Button data-autofocus onClick={() => navigate(NEW_KIT)}>
          {words.renew}
        </Button>
      </Group>
    </Modal>
  );
}
