// The keys of the office and its clients: how often each was replaced, and since when it has been in use.
import type { SecurityState } from '../../../shared/ipc/contract/security.ts';
import { keys as words } from '../../text/security.ts';
import { formatCount, formatInstantDay } from '../../ui/format.ts';
import { Section } from '../../ui/page.tsx';
import { Table } from '../../ui/table.tsx';

const HEAD = [
  { text: words.columns.what },
  { text: words.columns.generation, align: 'end' },
  { text: words.columns.since },
] as const;

export function KeyAges({ state: { officeKey, clientKeys } }: { readonly state: SecurityState }) {
  const rows = [
    { id: 'office', name: words.office, key: officeKey },
    ...clientKeys.map(({ clientId, name, key }) => ({ id: clientId, name, key })),
  ];
  return (
    <Section title={words.title}>
      <div className="sr-key-ages">
        <Table label={words.title} head={HEAD}>
          {rows.map(({ id, name, key }) => (
            <tr key={id}>
              <td>{name}</td>
              <td data-align="end">{formatCount(key.generation)}</td>
              <td className="sr-nowrap">{formatInstantDay(key.since)}</td>
            </tr>
          ))}
        </Table>
      </div>
    </Section>
  );
}
