// A list of any length: only the rows in sight exist. Keyboard: arrows or j/k move, Enter or e opens, Space selects. It loads nothing itself.
import './data-table.css';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useId, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { Column, TableSort } from './data-table-columns.ts';
import { DataTableHeader } from './data-table-header.tsx';

export type { Column, TableSort } from './data-table-columns.ts';

export interface DataTableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly count: number;
  /** Undefined while the row's page is on its way. */
  readonly rowAt: (index: number) => Row | undefined;
  readonly rowKey: (row: Row) => string;
  /** Key of the row whose details are open. */
  readonly openKey?: string | null;
  readonly onOpen?: (row: Row, index: number) => void;
  /** Hears that a key moved to another row. */
  readonly onActive?: (index: number) => void;
  readonly selected?: ReadonlySet<string>;
  readonly onToggle?: (row: Row) => void;
  readonly sort?: TableSort;
  readonly onSort?: (sort: TableSort) => void;
  /** Hears which rows are in sight, to load their pages. */
  readonly onRange?: (first: number, last: number) => void;
  /** Default 30 at normal zoom. */
  readonly rowHeightPx?: number;
}

const KEY_STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  j: 1,
  ArrowUp: -1,
  k: -1,
  PageDown: 20,
  PageUp: -20,
  Home: -Infinity,
  End: Infinity,
};

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, count, rowAt, onRange } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const id = useId();
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => props.rowHeightPx ?? 30,
    overscan: 12,
    // The sticky heading covers that much of what the scroller shows.
    scrollPaddingEnd: 32,
  });
  const items = rows.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onRange?.(first, last), [first, last, onRange]);
  useEffect(() => setActive((index) => Math.min(index, Math.max(0, count - 1))), [count]);

  function press(event: KeyboardEvent): void {
    const row = rowAt(active);
    if (event.target !== scroller.current || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = KEY_STEPS[event.key];
    if (step !== undefined) {
      const next = Math.max(0, Math.min(count - 1, active + step));
      setActive(next);
      props.onActive?.(next);
      rows.scrollToIndex(next);
    } else if ((event.key === 'Enter' || event.key === 'e') && row !== undefined) props.onOpen?.(row, active);
    else if (event.key === ' ' && row !== undefined) (props.onToggle ?? props.onOpen)?.(row, active);
    else return;
    event.preventDefault();
  }

  function click(event: MouseEvent<HTMLElement>): void {
    const clicked = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    if (clicked === null) return;
    const index = Number(clicked.dataset['index']);
    const row = rowAt(index);
    setActive(index);
    if (row !== undefined) props.onOpen?.(row, index);
  }

  const template = columns.map((column) => column.width).join(' ');
  return (
    <div
      ref={scroller}
      className="sr-grid"
      role="grid"
      aria-label={props.label}
      aria-rowcount={count + 1}
      aria-colcount={columns.length}
      aria-activedescendant={count > 0 ? `${id}-${active}` : undefined}
      tabIndex={0}
      onKeyDown={press}
      onClick={click}
    >
      <DataTableHeader columns={columns} template={template} sort={props.sort} onSort={props.onSort} />
      <div className="sr-grid-body" role="rowgroup" style={{ blockSize: rows.getTotalSize() }}>
        {items.map((item) => (
          <MemoisedRow
            key={item.key}
            table={props}
            id={`${id}-${item.index}`}
            index={item.index}
            active={item.index === active}
            template={template}
            start={item.start}
            size={item.size}
          />
        ))}
      </div>
    </div>
  );
}

interface DataTableRowProps<Row> {
  readonly table: DataTableProps<Row>;
  readonly id: string;
  readonly index: number;
  readonly active: boolean;
  readonly template: string;
  readonly start: number;
  readonly size: number;
}

function DataTableRow<Row>({ table, id, index, active, template, start, size }: DataTableRowProps<Row>) {
  const row = table.rowAt(index);
  const key = row === undefined ? undefined : table.rowKey(row);
  return (
    <div
      id={id}
      role="row"
      className="sr-grid-row"
      aria-rowindex={index + 2}
      data-index={index}
      aria-selected={key === undefined ? undefined : key === table.openKey || table.selected?.has(key) === true}
      data-active={active || undefined}
      data-openable={table.onOpen !== undefined || undefined}
      data-loading={row === undefined || undefined}
      style={{ gridTemplateColumns: template, blockSize: size, insetBlockStart: start }}
    >
      {table.columns.map((column) => (
        <div key={column.key} role="gridcell" className="sr-grid-cell" data-align={column.align}>
          {row === undefined ? <span className="sr-grid-waiting" /> : column.cell(row)}
        </div>
      ))}
    </div>
  );
}

// While one scrolls, the rows that stay in sight keep what they show.
const MemoisedRow = memo(DataTableRow) as typeof DataTableRow;
