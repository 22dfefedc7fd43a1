// Where the editing starts from: what the file suggests, or a profile that the office has.
import { Select } from '@mantine/core';
import { useCall } from '../../api/query.ts';
import { profilesText as text } from '../../text/profiles.ts';
import type { ProfileEditor } from './use-profile-editor.ts';

const PROPOSAL: string = 'proposal';

export function ProfileStart({ editor }: { readonly editor: ProfileEditor }) {
  const list = useCall('profiles', 'list', {});
  const fitting = (list.data ?? []).filter(({ profile }) => profile.format === editor.draft.format);
  if (fitting.length === 0) return null;
  return (
    <Select
      aria-label={text.start}
      defaultValue={PROPOSAL}
      data={[
        { value: PROPOSAL, label: text.startHere },
        ...fitting.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChange={(value) => editor.adopt(fitting.find(({ id }) => id === value)?.profile ?? null)}
    />
  );
}
