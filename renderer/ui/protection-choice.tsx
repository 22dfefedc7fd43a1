// How the office's key is protected: by password and this computer's keychain, or by a longer password alone.
import { Radio, Stack } from '@mantine/core';
import type { OfficeStatus } from '../../shared/ipc/contract/office.ts';
import { protectionChoice as words } from '../text/passwords.ts';

export type Protection = NonNullable<OfficeStatus['protection']>;

export interface ProtectionChoiceProps {
  readonly status: OfficeStatus;
  readonly value: Protection;
  readonly onChange: (value: Protection) => void;
}

export function ProtectionChoice({ status, value, onChange }: ProtectionChoiceProps) {
  const { available, name } = status.keychain;
  if (!available) return <p className="sr-quiet">{words.noKeychain(name)}</p>;
  return (
    <Radio.Group
      label={words.protection}
      value={value}
      onChange={(next) => onChange(next === 'keychain' ? 'keychain' : 'password-only')}
    >
      <Stack gap="xs" mt={4}>
        <Radio value="keychain" label={words.protections.keychain} description={words.keychainText(name)} />
        <Radio value="password-only" label={words.protections['password-only']} description={words.passwordOnlyText} />
      </Stack>
    </Radio.Group>
  );
}
