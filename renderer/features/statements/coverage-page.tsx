// The coverage grid of one client or of all: a year, what is looked for, the marks' meaning. The vault judges every month.
import { Button, Checkbox, Group } from '@mantine/core';
import { FileCheck2 } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import type { AccountCoverage } from '../../../shared/ipc/contract/statements.ts';
import { usePagedCall } from '../../api/query.ts';
import { useCurrentClient } from '../../app/current-client.tsx';
import { navigate } from '../../app/hash-location.ts';
import { statementsText as text } from '../../text/statements.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { EmptyState, Page, Skeletons } from '../../ui/page.tsx';
import { SearchField, Toolbar } from '../../ui/toolbar.tsx';
import { CoverageGrid } from './coverage-grid.tsx';
import { CoverageLegend } from './coverage-legend.tsx';
import { countStates, rowsOf } from './coverage-rows.ts';
import { daysOf, gridAddress, proofAddress, readCell, readYear, type CellAddress } from './statement-address.ts';
import { today } from './today.ts';
import { YearPager } from './year-pager.tsx';

function NoStatements() {
  return (
    <EmptyState
      icon={FileCheck2}
      title={text.noneTitle}
      hint={text.noneHint}
      action={
        <Group gap="xs">
          <Button component={Link} to="/import">
            {text.importFile}
          </Button>
          <Button component={Link} to="/connections" variant="default">
            {text.connectBank}
          </Button>
        </Group>
      }
    />
  );
}

interface CoverageProps {
  readonly coverage: readonly AccountCoverage[];
  readonly year: number;
  readonly start: CellAddress | null;
}

function Coverage({ coverage, year, start }: CoverageProps) {
  const { client, clients } = useCurrentClient();
  const [search, setSearch] = useState('');
  const [onlyOpen, setOnlyOpen] = useState(false);
  const rows = rowsOf(coverage, client ? [client] : clients, { search, onlyOpen });
  const months = coverage[0]?.months.map(({ month }) => month) ?? [];
  const counts = countStates(coverage);
  function open(cell: CellAddress): void {
    // Coming back finds the cell again.
    navigate(gridAddress(year, cell), { replace: true });
    navigate(proofAddress(cell.accountId, daysOf(cell.month ?? String(year))));
  }
  return (
    <>
      <Toolbar label={text.tools}>
        <SearchField label={text.search} value={search} onChange={setSearch} width="14rem" />
        <Checkbox
          label={text.onlyOpen}
          checked={onlyOpen}
          onChange={(event) => setOnlyOpen(event.currentTarget.checked)}
        />
      </Toolbar>
      <CoverageLegend counts={counts} />
      {rows.length === 0 ? (
        <p className="sr-quiet" role="status">
          {search === '' ? text.nothingOpen(year) : text.noMatch}
        </p>
      ) : (
        <CoverageGrid rows={rows} months={months} start={start} onOpen={open} />
      )}
    </>
  );
}

interface CoveragePageProps {
  readonly parameters: URLSearchParams;
}

function ClientCoverage({ parameters }: CoveragePageProps) {
  const { client } = useCurrentClient();
  const year = readYear(parameters, today());
  const input = { clientId: client?.id ?? null, from: `${year}-01`, to: `${year}-12` };
  const query = usePagedCall('statements', 'coverage', input);
  const lastYear = Number(today().slice(0, 4));
  return (
    <Page
      title={text.title}
      lead={text.intro}
      layout="fill"
      actions={<YearPager year={year} lastYear={lastYear} onChange={(next) => navigate(gridAddress(next))} />}
    >
      {query.isPending && <Skeletons rows={12} />}
      {query.isError && <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.length === 0 && <NoStatements />}
      {query.data !== undefined && query.data.length > 0 && (
        <Coverage coverage={query.data} year={year} start={readCell(parameters)} />
      )}
    </Page>
  );
}

export function CoveragePage({ parameters }: CoveragePageProps) {
  const { client } = useCurrentClient();
  return <ClientCoverage key={client?.id ?? 'all'} parameters={parameters} />;
}
