// Format, period, folder and name of an export; what stands in its way, with the next step as a button.
import { Button, Group, Radio, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { AccountSummary } from '../../../shared/ipc/contract/accounts.ts';
import { EXPORT_FORMATS, ExportFormat } from '../../../shared/ipc/contract/statements.ts';
import { CalendarDate } from '../../../shared/model/calendar-date.ts';
import type { useAction } from '../../api/query.ts';
import { ui } from '../../text/common.ts';
import { exportText as text } from '../../text/statements.ts';
import { ExportFailure } from './export-failure.tsx';
import { EXTENSIONS, nextName, pathOf, suggestedName } from './export-file.ts';
import type { DateRange } from './statement-address.ts';

interface ExportFormProps {
  readonly account: AccountSummary;
  readonly client: string;
  readonly range: DateRange;
  /** The suggested folder. */
  readonly folder: string;
  readonly write: ReturnType<typeof useAction<'statements', 'export'>>;
  readonly onClose: () => void;
}

interface Choice {
  readonly format: ExportFormat;
  readonly from: string;
  readonly to: string;
  readonly folder: string;
  /** Null: as suggested. */
  readonly name: string | null;
}

function rangeOf({ from, to }: Pick<Choice, 'from' | 'to'>): DateRange | null {
  const first = CalendarDate.safeParse(from);
  const last = CalendarDate.safeParse(to);
  return first.success && last.success && first.data <= last.data ? { from: first.data, to: last.data } : null;
}

function useChoice({ account, client, range: start, folder, write }: ExportFormProps) {
  const [choice, setChoice] = useState<Choice>({ format: 'camt053', ...start, folder, name: null });
  const range = rangeOf(choice);
  const name = choice.name ?? suggestedName(client, account.name, range ?? start);
  const complete = range !== null && choice.folder.trim() !== '' && name.trim() !== '';
  const path = pathOf(choice.folder, name, choice.format);
  function change(part: Partial<Choice>): void {
    setChoice({ ...choice, ...part });
    write.reset();
  }
  function submit(): void {
    if (range === null) return;
    write.mutate({ clientId: account.clientId, accountId: account.id, ...range, format: choice.format, path });
  }
  return { choice, name, complete, reversed: choice.from > choice.to, change, submit };
}

type Chosen = ReturnType<typeof useChoice>;

function FormatChoice({ choice, change }: Chosen) {
  return (
    <Radio.Group
      label={text.format}
      value={choice.format}
      onChange={(value) => change({ format: ExportFormat.parse(value) })}
    >
      <Stack gap={3} mt={4}>
        {EXPORT_FORMATS.map((format) => (
          <Radio
            key={format}
            value={format}
            data-autofocus={format === choice.format || undefined}
            label={text.formats[format]}
            description={text.formatHints[format]}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}

function Place({ choice, name, reversed, change }: Chosen) {
  return (
    <>
      <Group gap="sm" align="flex-start">
        <TextInput
          type="date"
          label={text.from}
          value={choice.from}
          error={reversed && text.reversed}
          onChange={(event) => change({ from: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={text.to}
          value={choice.to}
          onChange={(event) => change({ to: event.currentTarget.value })}
        />
      </Group>
      <TextInput
        label={text.folder}
        description={text.folderHint}
        classNames={{ input: 'sr-mono' }}
        value={choice.folder}
        maxLength={3000}
        onChange={(event) => change({ folder: event.currentTarget.value })}
      />
      <TextInput
        label={text.name}
        classNames={{ input: 'sr-mono' }}
        rightSection={<span className="sr-quiet sr-mono">{EXTENSIONS[choice.format]}</span>}
        rightSectionWidth="4rem"
        value={name}
        maxLength={200}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
    </>
  );
}

export function ExportForm(props: ExportFormProps) {
  const { write, folder, onClose } = props;
  const chosen = useChoice(props);
  function submit(event: FormEvent): void {
    event.preventDefault();
    chosen.submit();
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <p className="sr-quiet">{text.lead}</p>
        <FormatChoice {...chosen} />
        <Place {...chosen} />
        {write.isError && (
          <ExportFailure
            error={write.error}
            onOtherName={() => chosen.change({ name: nextName(chosen.name) })}
            onCsv={() => chosen.change({ format: 'csv' })}
            onFolder={folder === chosen.choice.folder ? null : () => chosen.change({ folder })}
          />
        )}
      </Stack>
      <Group mt="md" justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {ui.cancel}
        </Button>
        <Button type="submit" disabled={!chosen.complete} loading={write.isPending}>
          {text.submit}
        </Button>
      </Group>
    </form>
  );
}
