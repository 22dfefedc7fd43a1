// The heading row of a DataTable; a sortable column is a button that turns the direction round.
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { Column, TableSort } from './data-table-columns.ts';

export interface DataTableHeaderProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly template: string;
  readonly sort: TableSort | undefined;
  readonly onSort: ((sort: TableSort) => void) | undefined;
}

function turned(sort: TableSort | undefined, by: string): TableSort {
  const descending = sort?.by === by && sort.direction === 'ascending';
  return { by, direction: descending ? 'descending' : 'ascending' };
}

export function DataTableHeader<Row>({ columns, template, sort, onSort }: DataTableHeaderProps<Row>) {
  return (
    <div className="sr-grid-header" role="rowgroup">
      <div role="row" aria-rowindex={1} className="sr-grid-header-row" style={{ gridTemplateColumns: template }}>
        {columns.map((column) => (
          <div
            key={column.key}
            role="columnheader"
            className="sr-grid-cell"
            data-align={column.align}
            aria-sort={sort?.by === column.key ? sort.direction : undefined}
          >
            {column.sortable === true && onSort ? (
              <button type="button" className="sr-grid-sort" onClick={() => onSort(turned(sort, column.key))}>
                {column.header}
                {sort?.by === column.key && <SortMark direction={sort.direction} />}
              </button>
            ) : (
              column.header
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

function SortMark({ direction }: Pick<TableSort, 'direction'>) {
  const Icon = direction === 'ascending' ? ArrowUp : ArrowDown;
  return <Icon size={12} aria-hidden="true" />;
}
