// A new password, typed twice, with its strength and why. The program rates it; the text lives in this form only and is never cached.
import { PasswordInput } from '@mantine/core';
import { useEffect, useId, useState } from 'react';
import type { PasswordStrength } from '../../../shared/ipc/contract/office.ts';
import { client } from '../../api/client.ts';
import { createOffice as words, strength as strengthWords } from '../../text/first-run.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';

export interface NewPasswordProps {
  readonly officeName: string;
  /** The password once it is acceptable and repeated; null before. */
  readonly onChange: (password: string | null) => void;
}

interface Rating {
  /** The text it judges: a judgement of older text is not shown. */
  readonly of: string;
  readonly strength: PasswordStrength | null;
  readonly error: unknown;
}

const UNRATED: Rating = { of: '', strength: null, error: null };

/** The program's judgement of what is typed; a late answer to older text is dropped. */
function useRating(password: string, officeName: string): Rating {
  const [rating, setRating] = useState<Rating>(UNRATED);
  useEffect(() => {
    let current = true;
    if (password === '') return undefined;
    client.office.rate({ password, officeName }).then(
      (strength) => current && setRating({ of: password, strength, error: null }),
      (error: unknown) => current && setRating({ of: password, strength: null, error }),
    );
    return () => {
      current = false;
    };
  }, [password, officeName]);
  return rating.of === password ? rating : UNRATED;
}

export function NewPassword({ officeName, onChange }: NewPasswordProps) {
  const [password, setPassword] = useState('');
  const [repeated, setRepeated] = useState('');
  const { strength, error } = useRating(password, officeName);
  const strengthId = useId();
  const ready = strength?.acceptable === true && password === repeated;
  useEffect(() => onChange(ready ? password : null), [ready, password, onChange]);
  return (
    <>
      <PasswordInput
        label={words.password}
        description={words.passwordHint}
        autoComplete="new-password"
        aria-describedby={strengthId}
        value={password}
        maxLength={1024}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <div id={strengthId} aria-live="polite">
        {strength !== null && <Strength strength={strength} length={password.length} />}
        {error !== null && <ErrorPanel error={error} size="compact" />}
      </div>
      <PasswordInput
        label={words.repeat}
        autoComplete="new-password"
        value={repeated}
        maxLength={1024}
        error={repeated.length >= password.length && repeated !== password ? words.repeatDiffers : null}
        onChange={(event) => setRepeated(event.currentTarget.value)}
      />
    </>
  );
}

interface StrengthProps {
  readonly strength: PasswordStrength;
  readonly length: number;
}

function Strength({ strength, length }: StrengthProps) {
  const word = strengthWords.scores[strength.score] ?? strengthWords.weak;
  return (
    <div className="sr-strength">
      <div className="sr-strength-bar" aria-hidden="true">
        {[1, 2, 3, 4].map((step) => (
          <span key={step} data-filled={strength.score >= step} />
        ))}
      </div>
      {strength.acceptable ? (
        <StateBadge tone="good" word={word} />
      ) : (
        <StateBadge tone="attention" word={strengthWords.weak} />
      )}
      <span className="sr-quiet">{strengthWords.length(strength.minimumLength, length)}</span>
      <ul>
        {strength.reasons.map((reason) => (
          <li key={reason}>{strengthWords.reasons[reason]}</li>
        ))}
      </ul>
    </div>
  );
}
