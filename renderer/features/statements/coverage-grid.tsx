// Accounts × months: only the rows in sight exist. Arrows move, Enter opens the month's proof. It loads nothing itself.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useEffectEvent, useId, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { statementsText as text } from '../../text/statements.ts';
import { CoverageDetail } from './coverage-detail.tsx';
import { CoverageRow, cellId } from './coverage-row.tsx';
import { accountAt, moved, positionOf, type GridRow, type Position } from './coverage-rows.ts';
import { longMonth, shortMonth } from './month-text.ts';
import type { CellAddress } from './statement-address.ts';

const CLIENT_PX = 32;
const ACCOUNT_PX = 40;

interface CoverageGridProps {
  readonly rows: readonly GridRow[];
  readonly months: readonly string[];
  /** The cell one comes back to: it gets the keyboard. */
  readonly start: CellAddress | null;
  readonly onOpen: (cell: CellAddress) => void;
}

function positionUnder(event: MouseEvent): Position | null {
  const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-column]') : null;
  const row = cell?.closest<HTMLElement>('[data-row]');
  return cell && row ? { row: Number(row.dataset['row']), column: Number(cell.dataset['column']) } : null;
}

function Heading({ months }: Pick<CoverageGridProps, 'months'>) {
  return (
    <div role="rowgroup" className="sr-coverage-head">
      <div role="row" aria-rowindex={1} className="sr-coverage-head-row">
        <div role="columnheader" aria-colindex={1}>
          {text.account}
        </div>
        {months.map((month, at) => (
          <div key={month} role="columnheader" aria-colindex={at + 2} aria-label={longMonth(month)}>
            {shortMonth(month)}
          </div>
        ))}
      </div>
    </div>
  );
}

/** Rows of the grid that are in sight. */
function useRows(rows: readonly GridRow[]) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'client' ? CLIENT_PX : ACCOUNT_PX),
    overscan: 8,
    scrollPaddingEnd: 32,
  });
  // A filter changes which rows are clients, and with it every height.
  useEffect(() => virtual.measure(), [rows, virtual]);
  return { scroller, virtual };
}

export function CoverageGrid({ rows, months, start, onOpen }: CoverageGridProps) {
  const id = useId();
  const { scroller, virtual } = useRows(rows);
  const [at, setAt] = useState(() => positionOf(rows, start?.accountId ?? null, start?.month ?? null));
  const [hovered, setHovered] = useState<Position | null>(null);
  const active = accountAt(rows, at.row) === null ? positionOf(rows, null, null) : at;
  const shown = hovered ?? active;
  const items = virtual.getVirtualItems();
  const isDrawn = items.some(({ index }) => index === active.row);
  const arrive = useEffectEvent(() => {
    if (start === null) return;
    virtual.scrollToIndex(at.row);
    scroller.current?.focus({ preventScroll: true });
  });
  useEffect(() => arrive(), []);

  function open({ row, column }: Position): void {
    const account = accountAt(rows, row);
    if (account !== null) onOpen({ accountId: account.accountId, month: months[column - 1] ?? null });
  }
  function press(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey) return;
    const next = moved(rows, active, { key: event.key, ctrl: event.ctrlKey });
    if (next !== null) {
      setAt(next);
      setHovered(null);
      virtual.scrollToIndex(next.row);
    } else if (['Enter', ' ', 'e'].includes(event.key)) open(active);
    else return;
    event.preventDefault();
  }
  function click(event: MouseEvent): void {
    const position = positionUnder(event);
    if (position === null) return;
    setAt(position);
    open(position);
  }
  return (
    <>
      <div
        ref={scroller}
        className="sr-coverage"
        role="grid"
        aria-label={text.gridLabel}
        aria-rowcount={rows.length + 1}
        aria-colcount={months.length + 1}
        aria-activedescendant={isDrawn ? cellId(id, active.row, active.column) : undefined}
        tabIndex={0}
        onKeyDown={press}
        onClick={click}
        onPointerOver={(event) => setHovered(positionUnder(event))}
        onPointerLeave={() => setHovered(null)}
      >
        <Heading months={months} />
        <div role="rowgroup" className="sr-coverage-body" style={{ blockSize: virtual.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index];
            return (
              row && (
                <CoverageRow
                  key={item.key}
                  grid={id}
                  index={item.index}
                  row={row}
                  activeColumn={item.index === active.row ? active.column : null}
                  start={item.start}
                  size={item.size}
                />
              )
            );
          })}
        </div>
      </div>
      <CoverageDetail coverage={accountAt(rows, shown.row)} column={shown.column} />
    </>
  );
}
