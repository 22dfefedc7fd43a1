// Everything a profile says beyond what was asked: layout, dates, amounts, columns. A field that is asked above does not appear twice.
import { Checkbox, MultiSelect, NumberInput, Select, Textarea } from '@mantine/core';
import {
  DateOrder,
  DecimalMark,
  PROFILE_CHARSETS,
  StatementProfile,
  type ColumnReference,
} from '../../../shared/model/statement-profile.ts';
import { profilesText as text } from '../../text/profiles.ts';
import { AmountFields } from './amount-fields.tsx';
import { ColumnField } from './column-field.tsx';
import { columnAt, type CsvDraft } from './profile-draft.ts';
import type { Topic } from './profile-questions.ts';
import type { ProfileEditor } from './use-profile-editor.ts';

const CSV = StatementProfile.options[0].shape;
const FREE_COLUMNS = [
  'valueDate',
  'transactionDate',
  'counterparty',
  'counterpartyAccount',
  'endToEndId',
  'sourceId',
  'balanceAfter',
  'account',
] as const;

interface SettingsProps {
  readonly editor: ProfileEditor;
}

interface CsvProps extends SettingsProps {
  readonly draft: CsvDraft;
}

function isAsked({ questions }: ProfileEditor, topic: Topic): boolean {
  return questions.some((question) => question.topic === topic);
}

function words<T extends string>(options: readonly T[], texts: Readonly<Record<string, string>>) {
  return options.map((value) => ({ value, label: texts[value] ?? value }));
}

/** What both formats have. */
function ReadingFields({ editor }: SettingsProps) {
  const { draft, change } = editor;
  return (
    <>
      {!isAsked(editor, 'charset') && (
        <Select
          label={text.charset}
          data={[...PROFILE_CHARSETS]}
          value={draft.charset}
          onChange={(value) => change({ ...draft, charset: CSV.charset.parse(value) })}
        />
      )}
      {!isAsked(editor, 'dateOrder') && (
        <Select
          label={text.dateOrder}
          data={words(DateOrder.options, text.orders)}
          value={draft.dateOrder}
          onChange={(value) => change({ ...draft, dateOrder: DateOrder.parse(value) })}
        />
      )}
      {!isAsked(editor, 'decimalMark') && (
        <Select
          label={text.decimalMark}
          data={words(DecimalMark.options, text.marks)}
          value={draft.decimalMark}
          onChange={(value) => change({ ...draft, decimalMark: DecimalMark.parse(value) })}
        />
      )}
    </>
  );
}

function LayoutFields({ editor, draft }: CsvProps) {
  const { change } = editor;
  return (
    <>
      {!isAsked(editor, 'delimiter') && (
        <Select
          label={text.delimiter}
          data={words(CSV.delimiter.options, text.delimiters)}
          value={draft.delimiter}
          onChange={(value) => change({ ...draft, delimiter: CSV.delimiter.parse(value) })}
        />
      )}
      <NumberInput
        label={text.skipLines}
        min={0}
        max={200}
        allowDecimal={false}
        value={draft.skipLines}
        onChange={(value) => change({ ...draft, skipLines: Number(value) || 0 })}
      />
      <Checkbox
        className="sr-field-wide"
        label={text.hasHeader}
        checked={draft.hasHeader}
        onChange={(event) => change({ ...draft, hasHeader: event.currentTarget.checked })}
      />
    </>
  );
}

function DescriptionField({ editor, draft }: CsvProps) {
  const { columns } = editor.proposal;
  const place = ({ header, index }: ColumnReference): number => (header === null ? index : columns.indexOf(header));
  return (
    <MultiSelect
      className="sr-field-wide"
      size="xs"
      label={text.description}
      data={columns.map((name, index) => ({ value: String(index), label: name }))}
      value={draft.description.map((column) => String(place(column)))}
      onChange={(places) =>
        editor.change({
          ...draft,
          description: places.map((value) => columnAt(Number(value), columns, draft.hasHeader)),
        })
      }
    />
  );
}

function ColumnFields({ editor, draft }: CsvProps) {
  const { change } = editor;
  return (
    <>
      {!isAsked(editor, 'bookingDate') && (
        <ColumnField
          editor={editor}
          label={text.bookingDate}
          value={draft.bookingDate}
          required
          onChange={(bookingDate) => change({ ...draft, bookingDate })}
        />
      )}
      {FREE_COLUMNS.map((name) => (
        <ColumnField
          key={name}
          editor={editor}
          label={text.columns[name]}
          value={draft[name]}
          onChange={(column) => change({ ...draft, [name]: column })}
        />
      ))}
      <DescriptionField editor={editor} draft={draft} />
      <Textarea
        className="sr-field-wide"
        label={text.ignoredRows}
        description={text.ignoredRowsHint}
        autosize
        minRows={1}
        value={draft.ignoredRows.join('\n')}
        onChange={(event) => change({ ...draft, ignoredRows: event.currentTarget.value.split('\n') })}
      />
    </>
  );
}

export function ProfileSettings({ editor }: SettingsProps) {
  const { draft } = editor;
  return (
    <div className="sr-fields">
      <ReadingFields editor={editor} />
      {draft.format === 'csv' && <LayoutFields editor={editor} draft={draft} />}
      <AmountFields editor={editor} asked={(topic) => isAsked(editor, topic)} />
      {draft.format === 'csv' && <ColumnFields editor={editor} draft={draft} />}
    </div>
  );
}
