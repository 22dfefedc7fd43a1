// Where a profile takes amounts, their direction and their currency from.
import { Checkbox, Select, TextInput } from '@mantine/core';
import { CurrencyCode } from '../../../shared/model/currency.ts';
import { AmountColumns } from '../../../shared/model/statement-profile.ts';
import { profilesText as text } from '../../text/profiles.ts';
import { ColumnField } from './column-field.tsx';
import { CURRENCIES } from './currencies.ts';
import type { AmountDraft, CsvDraft } from './profile-draft.ts';
import type { Topic } from './profile-questions.ts';
import type { ProfileEditor } from './use-profile-editor.ts';

const KINDS: readonly AmountColumns['kind'][] = AmountColumns.options.map(({ shape }) => shape.kind.value);

interface AmountFieldsProps {
  readonly editor: ProfileEditor;
  readonly asked: (topic: Topic) => boolean;
}

interface CsvProps extends AmountFieldsProps {
  readonly draft: CsvDraft;
}

function CurrencyField({ editor }: AmountFieldsProps) {
  const { draft, change } = editor;
  return (
    <Select
      label={text.currency}
      placeholder={text.choose}
      searchable
      data={CURRENCIES}
      value={draft.currency}
      onChange={(code) => change({ ...draft, currency: CurrencyCode.parse(code) })}
    />
  );
}

function DirectionTexts({ editor, draft }: CsvProps) {
  const set = (change: Partial<AmountDraft>): void =>
    editor.change({ ...draft, amount: { ...draft.amount, ...change } });
  return (
    <>
      <ColumnField
        editor={editor}
        label={text.indicator}
        value={draft.amount.indicator}
        required
        onChange={(indicator) => set({ indicator })}
      />
      <TextInput
        label={text.debitText}
        maxLength={40}
        value={draft.amount.debitText}
        onChange={(event) => set({ debitText: event.currentTarget.value })}
      />
      <TextInput
        label={text.creditText}
        maxLength={40}
        value={draft.amount.creditText}
        onChange={(event) => set({ creditText: event.currentTarget.value })}
      />
    </>
  );
}

function CsvAmountFields({ editor, draft, asked }: CsvProps) {
  const { change } = editor;
  const { amount } = draft;
  const column = (name: 'amount' | 'debit' | 'credit') => (
    <ColumnField
      editor={editor}
      label={text[name]}
      value={amount[name]}
      required
      onChange={(value) => change({ ...draft, amount: { ...amount, [name]: value } })}
    />
  );
  return (
    <>
      <Select
        label={text.amountKind}
        data={KINDS.map((value) => ({ value, label: text.amountKinds[value] }))}
        value={amount.kind}
        onChange={(kind) =>
          change({ ...draft, amount: { ...amount, kind: KINDS.find((each) => each === kind) ?? amount.kind } })
        }
      />
      {amount.kind === 'split' ? (
        <>
          {column('debit')}
          {column('credit')}
        </>
      ) : (
        !asked('amount') && column('amount')
      )}
      {amount.kind === 'indicated' && <DirectionTexts editor={editor} draft={draft} asked={asked} />}
      <ColumnField
        editor={editor}
        label={text.currencyColumn}
        value={draft.currencyColumn}
        onChange={(currencyColumn) => change({ ...draft, currencyColumn })}
      />
      {!asked('fee') && (
        <ColumnField
          editor={editor}
          label={text.columns.fee}
          value={draft.fee}
          onChange={(fee) => change({ ...draft, fee })}
        />
      )}
      {!asked('sign') && amount.kind !== 'indicated' && (
        <Checkbox
          className="sr-field-wide"
          label={text.signInverted}
          checked={draft.signInverted}
          onChange={(event) => change({ ...draft, signInverted: event.currentTarget.checked })}
        />
      )}
    </>
  );
}

export function AmountFields({ editor, asked }: AmountFieldsProps) {
  const { draft } = editor;
  const currencyByColumn = draft.format === 'csv' && draft.currencyColumn !== null;
  return (
    <>
      {!asked('currency') && !currencyByColumn && <CurrencyField editor={editor} asked={asked} />}
      {draft.format === 'csv' && <CsvAmountFields editor={editor} draft={draft} asked={asked} />}
    </>
  );
}
