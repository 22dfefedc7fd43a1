// A plain table for a few dozen rows, printed as it is. Longer lists use DataTable.
import './table.css';
import type { ReactNode } from 'react';

export interface TableProps {
  readonly label: string;
  readonly head: readonly { readonly text: string; readonly align?: 'end' }[];
  /** `<tr>` elements. */
  readonly children: ReactNode;
}

export function Table({ label, head, children }: TableProps) {
  return (
    <div className="sr-table-scroll">
      <table className="sr-table" aria-label={label}>
        <thead>
          <tr>
            {head.map((column) => (
              <th key={column.text} scope="col" data-align={column.align}>
                {column.text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
