// The four roles, each with what it may do.
import { Radio, Stack } from '@mantine/core';
import { Role } from '../../../shared/model/roles.ts';
import { roleWords } from '../../text/people.ts';

export interface RoleChoiceProps {
  readonly label: string;
  readonly value: Role;
  readonly onChange: (role: Role) => void;
}

export function RoleChoice({ label, value, onChange }: RoleChoiceProps) {
  return (
    <Radio.Group label={label} value={value} onChange={(next) => onChange(Role.parse(next))}>
      <Stack gap="xs" mt={4}>
        {Role.options.map((role) => (
          <Radio key={role} value={role} label={roleWords[role].name} description={roleWords[role].may} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
