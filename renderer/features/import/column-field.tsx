// Chooses a column of the file by its name.
import { Select } from '@mantine/core';
import type { ColumnReference } from '../../../shared/model/statement-profile.ts';
import { profilesText as text } from '../../text/profiles.ts';
import { columnAt } from './profile-draft.ts';
import type { ProfileEditor } from './use-profile-editor.ts';

const NONE = 'none';

export interface ColumnFieldProps {
  readonly editor: ProfileEditor;
  readonly label: string;
  readonly value: ColumnReference | null;
  /** A column that must be chosen offers no way to leave it out. */
  readonly required?: boolean;
  readonly onChange: (column: ColumnReference | null) => void;
}

/** Where the column is in this file; null where it is not. */
function placeOf(column: ColumnReference | null, columns: readonly string[]): string | null {
  if (column === null) return null;
  const index = column.header === null ? column.index : columns.indexOf(column.header);
  return index >= 0 && index < columns.length ? String(index) : null;
}

export function ColumnField({ editor, label, value, required = false, onChange }: ColumnFieldProps) {
  const { columns } = editor.proposal;
  const hasHeader = editor.draft.format === 'csv' && editor.draft.hasHeader;
  const options = columns.map((name, index) => ({ value: String(index), label: name }));
  return (
    <Select
      label={label}
      placeholder={text.choose}
      required={required}
      withAsterisk={false}
      data={required ? options : [{ value: NONE, label: text.none }, ...options]}
      value={placeOf(value, columns) ?? (required ? null : NONE)}
      onChange={(place) =>
        onChange(place === null || place === NONE ? null : columnAt(Number(place), columns, hasHeader))
      }
    />
  );
}
