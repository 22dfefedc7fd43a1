// One row of the grid: a client's name, or an account with its months. A cell says its state by icon and word.
import { memo } from 'react';
import type { AccountCoverage } from '../../../shared/ipc/contract/statements.ts';
import type { ClientSummary } from '../../../shared/ipc/contract/clients.ts';
import { statementsText as text } from '../../text/statements.ts';
import { ClientDot } from '../../ui/client-dot.tsx';
import { formatCount } from '../../ui/format.ts';
import { STATES } from './coverage-states.tsx';
import type { GridRow } from './coverage-rows.ts';
import { longMonth } from './month-text.ts';

export const cellId = (grid: string, row: number, column: number): string => `${grid}-${row}-${column}`;

interface CoverageRowProps {
  readonly grid: string;
  readonly index: number;
  readonly row: GridRow;
  /** Null where the active cell is in another row. */
  readonly activeColumn: number | null;
  readonly start: number;
  readonly size: number;
}

function ClientCell({ client }: { readonly client: ClientSummary }) {
  return (
    <div role="rowheader" aria-colindex={1} aria-colspan={13} className="sr-coverage-client" title={client.name}>
      <ClientDot colour={client.colour} /> <span className="sr-truncate">{client.name}</span>
    </div>
  );
}

interface MonthCellProps {
  readonly id: string;
  readonly column: number;
  readonly month: AccountCoverage['months'][number];
  readonly active: boolean;
}

function MonthCell({ id, column, month, active }: MonthCellProps) {
  const { tone, icon: Icon } = STATES[month.state];
  const label = text.cellLabel(longMonth(month.month), text.states[month.state], {
    rows: text.rowCount(month.rows, formatCount(month.rows)),
    statements: text.statementCount(month.statements, formatCount(month.statements)),
  });
  return (
    <div
      id={id}
      role="gridcell"
      aria-colindex={column + 1}
      aria-label={label}
      className="sr-coverage-cell"
      data-column={column}
      data-state={month.state}
      data-tone={tone}
      data-active={active || undefined}
    >
      <Icon aria-hidden="true" size={15} strokeWidth={2.1} />
      <span className="sr-coverage-word" aria-hidden="true">
        {text.states[month.state]}
      </span>
    </div>
  );
}

function AccountCells({
  grid,
  index,
  coverage,
  activeColumn,
}: Omit<CoverageRowProps, 'row' | 'start' | 'size'> & { readonly coverage: AccountCoverage }) {
  return (
    <>
      <div
        id={cellId(grid, index, 0)}
        role="rowheader"
        aria-colindex={1}
        className="sr-coverage-account"
        data-column={0}
        data-active={activeColumn === 0 || undefined}
        title={`${coverage.name} · ${coverage.numberMask}`}
      >
        <span className="sr-truncate">{coverage.name}</span>
        <span className="sr-quiet sr-truncate">
          {coverage.currency} {coverage.numberMask}
        </span>
      </div>
      {coverage.months.map((month, at) => (
        <MonthCell
          key={month.month}
          id={cellId(grid, index, at + 1)}
          column={at + 1}
          month={month}
          active={activeColumn === at + 1}
        />
      ))}
    </>
  );
}

function PlainRow({ row, start, size, index, ...rest }: CoverageRowProps) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className="sr-coverage-row"
      data-kind={row.kind}
      data-row={index}
      style={{ insetBlockStart: start, blockSize: size }}
    >
      {row.kind === 'client' ? (
        <ClientCell client={row.client} />
      ) : (
        <AccountCells {...rest} index={index} coverage={row.coverage} />
      )}
    </div>
  );
}

// While one scrolls or moves, the rows that stay as they are keep what they show.
export const CoverageRow = memo(PlainRow);
