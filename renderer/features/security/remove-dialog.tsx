// Removes a person after saying what it means: new keys for everything she could open.
import type { OfficeUserView } from '../../../shared/ipc/contract/users.ts';
import { useAction } from '../../api/query.ts';
import { remove as words } from '../../text/people.ts';
import { ConfirmDestroy } from '../../ui/confirm-destroy.tsx';
import { showToast } from '../../ui/toasts.tsx';

export interface RemoveDialogProps {
  readonly user: OfficeUserView;
  readonly onClose: () => void;
  /** Called once she is gone. */
  readonly onRemoved: () => void;
}

export function RemoveDialog({ user, onClose, onRemoved }: RemoveDialogProps) {
  const remove = useAction('users', 'remove', () => {
    showToast({ message: words.removed(user.name) });
    onRemoved();
  });
  return (
    <ConfirmDestroy
      opened
      onClose={onClose}
      title={words.title(user.name)}
      lost={
        <>
          <p>{words.lost}</p>
          <p role="status" className="sr-quiet">
            {remove.isPending && words.working}
          </p>
        </>
      }
      confirm={words.submit}
      onConfirm={() => remove.mutate({ userId: user.id })}
      running={remove.isPending}
      error={remove.error}
    />
  );
}
