// Filters of the audit log: who, what, outcome, days. All that is given must hold.
import { Button, Select, TextInput } from '@mantine/core';
import type { AuditFilter } from '../../../shared/ipc/contract/audit.ts';
import { instantOf } from '../../../shared/model/instant.ts';
import { actionWords, areaWords, audit } from '../../text/audit.ts';
import { Toolbar } from '../../ui/toolbar.tsx';

const words = audit.filters;
const ALL = '';

export const NO_FILTER: AuditFilter = { userId: null, action: null, outcome: null, from: null, until: null };

export function isFiltered(filter: AuditFilter): boolean {
  return Object.values(filter).some((value) => value !== null);
}

export interface AuditFiltersProps {
  readonly value: AuditFilter;
  readonly users: readonly { readonly id: string; readonly name: string }[];
  readonly actions: readonly string[];
  readonly onChange: (filter: AuditFilter) => void;
}

function areaOf(action: string): string {
  return action.split('.', 1)[0] ?? action;
}

/** A group an area: the area as a whole, then each of its actions. */
function actionGroups(actions: readonly string[]) {
  const areas = [...new Set(actions.map(areaOf))].toSorted();
  const groups = areas.map((area) => ({
    group: areaWords[area] ?? area,
    items: [
      { value: area, label: words.area(areaWords[area] ?? area) },
      ...actions
        .filter((action) => areaOf(action) === area)
        .map((action) => ({ value: action, label: actionWords[action] ?? action })),
    ],
  }));
  return [{ value: ALL, label: words.everything }, ...groups];
}

/** Local midnight at the beginning of a day, `days` later. */
function midnight(day: string, days = 0): AuditFilter['from'] {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return day === '' ? null : instantOf(new Date(year, month - 1, date + days).getTime());
}

/** The local day that begins at an instant, or `days` later, as a date field holds it. */
function dayOf(instant: string | null, days = 0): string {
  if (instant === null) return '';
  const at = new Date(instant);
  const day = new Date(at.getFullYear(), at.getMonth(), at.getDate() + days);
  const parts = [day.getFullYear(), day.getMonth() + 1, day.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}

export function AuditFilters({ value, users, actions, onChange }: AuditFiltersProps) {
  const set = (part: Partial<AuditFilter>): void => onChange({ ...value, ...part });
  const outcomes = [
    { value: ALL, label: words.any },
    { value: 'done', label: audit.outcomes.done },
    { value: 'denied', label: audit.outcomes.denied },
  ];
  return (
    <div className="sr-audit-filters">
      <Toolbar label={words.label}>
        <Select
          label={words.user}
          w="10.5rem"
          searchable
          data={[{ value: ALL, label: words.everybody }, ...users.map(({ id, name }) => ({ value: id, label: name }))]}
          value={value.userId ?? ALL}
          onChange={(userId) => set({ userId: userId === ALL ? null : userId })}
        />
        <Select
          label={words.action}
          w="12rem"
          searchable
          data={actionGroups(actions)}
          value={value.action ?? ALL}
          onChange={(action) => set({ action: action === ALL ? null : action })}
        />
        <Select
          label={words.outcome}
          w="8rem"
          data={outcomes}
          value={value.outcome ?? ALL}
          onChange={(outcome) => set({ outcome: outcome === 'done' || outcome === 'denied' ? outcome : null })}
        />
        <TextInput
          type="date"
          label={words.from}
          value={dayOf(value.from)}
          onChange={(event) => set({ from: midnight(event.currentTarget.value) })}
        />
        <TextInput
          type="date"
          label={words.until}
          value={dayOf(value.until, -1)}
          onChange={(event) => set({ until: midnight(event.currentTarget.value, 1) })}
        />
        {isFiltered(value) && (
          <Button variant="subtle" onClick={() => onChange(NO_FILTER)}>
            {words.clear}
          </Button>
        )}
      </Toolbar>
    </div>
  );
}
