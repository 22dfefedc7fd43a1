// Unlock: who it is, why it is locked, what is wrong without telling an attacker more, and the way out of a damaged office.
import './unlock.css';
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { WireError } from '../../../shared/errors/app-error.ts';
import type { DoorUser, OfficeStatus } from '../../../shared/ipc/contract/office.ts';
import { unlock as words } from '../../text/unlock.ts';
import { wordWarning } from '../../text/notices.ts';
import { Front } from '../../ui/front.tsx';
import { LockOut } from '../../ui/lock-out.tsx';
import { ChoosePerson } from './choose-person.tsx';
import { InvitationForm } from './invitation-form.tsx';
import { OfficeProblem } from './office-problem.tsx';
import { SignInForm } from './sign-in-form.tsx';

export interface UnlockPageProps {
  readonly status: OfficeStatus;
  readonly onRecover: () => void;
}

export function UnlockPage({ status, onRecover }: UnlockPageProps) {
  const { office, problem, lockReason, users } = status;
  const [chosen, setChosen] = useState<DoorUser['id'] | null>(null);
  // What a try found about the office itself: only a key shows it.
  const [found, setFound] = useState<WireError | null>(null);
  const person = users.find(({ id }) => id === chosen) ?? users.find(({ invited }) => !invited) ?? users[0];
  const [walking, setWalking] = useState(false);
  function choose(id: DoorUser['id'], byKey: boolean): void {
    setWalking(byKey);
    setChosen(id);
    setFound(null);
  }
  return (
    <Front title={office?.name ?? words.title} width={problem === null && found === null ? 'narrow' : 'wide'}>
      {problem !== null && <OfficeProblem problem={problem} onRecover={onRecover} canLookAgain />}
      {problem === null && found !== null && <OfficeProblem problem={found} onRecover={onRecover} />}
      {problem === null && (
        <>
          {lockReason !== null && <p className="sr-quiet">{words.reasons[lockReason]}</p>}
          <DoorNotices warnings={status.warnings} keychain={status.keychain} />
          <div className="sr-unlock">
            {users.length > 1 && <ChoosePerson users={users} chosen={person?.id ?? null} onChoose={choose} />}
            {person !== undefined && (
              <Door
                key={person.id}
                status={status}
                person={person}
                found={found}
                onFound={setFound}
                focusFirst={!walking}
              />
            )}
          </div>
        </>
      )}
      <Foot status={status} onRecover={onRecover} />
    </Front>
  );
}

interface DoorProps extends Pick<UnlockPageProps, 'status'> {
  readonly person: DoorUser;
  readonly found: WireError | null;
  readonly onFound: (found: WireError | null) => void;
  /** False while the keyboard walks through the list of people. */
  readonly focusFirst: boolean;
}

function Door(props: DoorProps) {
  const { status, person } = props;
  if (person.waitSeconds !== null) {
    return <LockOut waitSeconds={person.waitSeconds} others={status.users.length > 1} />;
  }
  return person.invited ? <InvitationForm {...props} /> : <SignInForm {...props} />;
}

function DoorNotices({ warnings, keychain }: Pick<OfficeStatus, 'warnings' | 'keychain'>) {
  return warnings.map((warning) => {
    const text = wordWarning(warning, { keychain });
    return text === undefined ? null : (
      <p key={warning} className="sr-unlock-notice">
        {text}
      </p>
    );
  });
}

function Foot({ status, onRecover }: UnlockPageProps) {
  return (
    <footer className="sr-unlock-foot">
      <p>
        {words.folder}: <span className="sr-mono">{status.directory}</span>
      </p>
      <details>
        <summary>{words.lost}</summary>
        <p>{words.lostOwner}</p>
        <Button variant="default" onClick={onRecover}>
          {words.withKit}
        </Button>
        <p>{words.lostOthers}</p>
        <p>{words.lostAll}</p>
      </details>
    </footer>
  );
}
