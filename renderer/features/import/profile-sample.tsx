// The first cells of a file as they stand, under the names of their columns.
import type { ProfileProposal } from '../../../shared/model/statement-survey.ts';
import { profilesText as text } from '../../text/profiles.ts';
import { Table } from '../../ui/table.tsx';

const SHOWN_ROWS = 5;

export function ProfileSample({ proposal: { columns, sample } }: { readonly proposal: ProfileProposal }) {
  return (
    <div className="sr-sample">
      <Table label={text.sampleLabel} head={columns.map((name) => ({ text: name }))}>
        {sample.slice(0, SHOWN_ROWS).map((row, index) => (
          <tr key={index}>
            {columns.map((name, column) => (
              <td key={`${name} ${column}`} title={row[column]}>
                {row[column]}
              </td>
            ))}
          </tr>
        ))}
      </Table>
    </div>
  );
}
