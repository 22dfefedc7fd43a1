// A new password, typed twice, with its strength and why. The vault rates it; the text lives in the two fields only.
import './new-password.css';
import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { PasswordStrength } from '../../shared/ipc/contract/office.ts';
import { client } from '../api/client.ts';
import { withSecrets } from '../api/secrets.ts';
import { newPassword as words, strength as strengthWords } from '../text/passwords.ts';
import { ErrorPanel } from './error-panel.tsx';
import { SecretField, useSecret, type SecretInput } from './secret-field.tsx';
import { StateBadge } from './state-badge.tsx';

export interface NewPasswordInput {
  readonly password: SecretInput;
  readonly repeated: SecretInput;
  /** True once it is acceptable and repeated. */
  readonly ready: boolean;
  readonly setReady: (ready: boolean) => void;
  readonly read: () => string;
  readonly clear: () => void;
}

export function useNewPassword(): NewPasswordInput {
  const password = useSecret();
  const repeated = useSecret();
  const [ready, setReady] = useState(false);
  return useMemo(() => {
    const clear = (): void => {
      password.clear();
      repeated.clear();
      setReady(false);
    };
    return { password, repeated, ready, setReady, read: password.read, clear };
  }, [password, repeated, ready]);
}

interface Rating {
  /** Characters of the text it judges. */
  readonly length: number;
  readonly strength: PasswordStrength | null;
  readonly error: unknown;
}

const UNRATED: Rating = { length: 0, strength: null, error: null };

type Names = Pick<NewPasswordProps, 'officeName' | 'userName'>;

/** The vault's judgement; it never rejects. */
async function judge(text: string, names: Names): Promise<Rating> {
  if (text === '') return UNRATED;
  const { length } = text;
  try {
    const strength = await withSecrets(async (seal) =>
      client.office.rate({ password: await seal('new-password', text), ...names }),
    );
    return { length, strength, error: null };
  } catch (error) {
    return { length, strength: null, error };
  }
}

export interface NewPasswordProps {
  readonly input: NewPasswordInput;
  readonly officeName: string;
  readonly userName: string;
  /** Default `Password`. */
  readonly label?: string;
}

export function NewPassword({ input, officeName, userName, label = words.password }: NewPasswordProps) {
  const { password, repeated, setReady } = input;
  const { read } = password;
  const { read: readAgain } = repeated;
  const [rating, setRating] = useState(UNRATED);
  const [differs, setDiffers] = useState(false);
  const turn = useRef(0);
  const acceptable = useRef(false);
  const strengthId = useId();
  const compare = useCallback(() => {
    const [text, again] = [read(), readAgain()];
    setDiffers(again.length >= text.length && again !== text);
    setReady(acceptable.current && text === again);
  }, [read, readAgain, setReady]);
  const rate = useCallback(() => {
    const mine = ++turn.current;
    void judge(read(), { officeName, userName }).then((next) => {
      // A late answer to older text is dropped.
      if (mine !== turn.current) return;
      acceptable.current = next.strength?.acceptable === true;
      setRating(next);
      compare();
    });
  }, [read, compare, officeName, userName]);
  // Another name changes the judgement of the same text.
  useEffect(rate, [rate]);
  function change(): void {
    acceptable.current = false;
    compare();
    rate();
  }
  return (
    <>
      <SecretField
        secret={password}
        label={label}
        description={words.hint}
        autoComplete="new-password"
        describedBy={strengthId}
        onInput={change}
      />
      <div id={strengthId} aria-live="polite">
        {rating.strength !== null && <Strength strength={rating.strength} length={rating.length} />}
        {rating.error !== null && <ErrorPanel error={rating.error} size="compact" />}
      </div>
      <SecretField
        secret={repeated}
        label={words.repeat}
        autoComplete="new-password"
        error={differs ? words.repeatDiffers : null}
        onInput={compare}
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
