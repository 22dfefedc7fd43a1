// The eight groups of the kit: typed one by one, each handing on to the next, or pasted all at once. Their text stays in the fields.
import { TextInput } from '@mantine/core';
import { useEffect, useRef, type ClipboardEvent, type RefObject } from 'react';
import { normaliseRecoveryText } from '../../../shared/model/recovery-key.ts';
import { recover as words } from '../../text/unlock.ts';

const GROUPS = Array.from({ length: 8 }, (_, position) => position);
const GROUP_LENGTH = 4;

export interface KitGroupsInput {
  readonly box: RefObject<HTMLDivElement | null>;
  /** The whole key as it is typed now. */
  readonly read: () => string;
}

function fieldsOf(box: HTMLElement | null): HTMLInputElement[] {
  return [...(box?.querySelectorAll('input') ?? [])];
}

export function useKitGroups(): KitGroupsInput {
  const box = useRef<HTMLDivElement>(null);
  return {
    box,
    read: () =>
      fieldsOf(box.current)
        .map(({ value }) => normaliseRecoveryText(value))
        .join(''),
  };
}

export interface KitGroupsProps {
  readonly input: KitGroupsInput;
  /** Whether all eight groups are there. */
  readonly onComplete: (complete: boolean) => void;
}

export function KitGroups({ input, onComplete }: KitGroupsProps) {
  const { box } = input;
  useEffect(() => box.current?.querySelector('input')?.focus(), [box]);
  function tell(): void {
    onComplete(fieldsOf(box.current).every(({ value }) => normaliseRecoveryText(value).length === GROUP_LENGTH));
  }
  function handOn(position: number): void {
    const fields = fieldsOf(box.current);
    const field = fields[position];
    if (field && normaliseRecoveryText(field.value).length === GROUP_LENGTH) fields[position + 1]?.focus();
    tell();
  }
  function paste(event: ClipboardEvent, position: number): void {
    const text = normaliseRecoveryText(event.clipboardData.getData('text'));
    if (text.length <= GROUP_LENGTH) return;
    event.preventDefault();
    const fields = fieldsOf(box.current);
    const first = text.length >= GROUP_LENGTH * GROUPS.length ? 0 : position;
    for (const [index, field] of fields.slice(first).entries()) {
      const group = text.slice(index * GROUP_LENGTH, (index + 1) * GROUP_LENGTH);
      if (group !== '') field.value = group;
    }
    tell();
  }
  return (
    <fieldset className="sr-kit-fields">
      <legend>{words.groups}</legend>
      <p className="sr-quiet" id="kit-groups-hint">
        {words.groupsHint}
      </p>
      <div ref={box} className="sr-kit-field-grid">
        {GROUPS.map((position) => (
          <TextInput
            key={position}
            label={words.group(position)}
            classNames={{ input: 'sr-mono' }}
            autoComplete="off"
            spellCheck={false}
            maxLength={16}
            aria-describedby="kit-groups-hint"
            onChange={() => handOn(position)}
            onPaste={(event) => paste(event, position)}
          />
        ))}
      </div>
    </fieldset>
  );
}
