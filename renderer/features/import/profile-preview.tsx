// The first rows of a file as a profile reads them, and the first one it cannot read. The program read them; nothing is computed here.
import type { ProfilePreview as Preview } from '../../../shared/model/statement-survey.ts';
import { profilesText as text } from '../../text/profiles.ts';
import { Amount } from '../../ui/amount.tsx';
import { CalendarDateText } from '../../ui/date-text.tsx';
import { ErrorPanel, WireErrorPanel } from '../../ui/error-panel.tsx';
import { formatCount } from '../../ui/format.ts';
import { Skeletons } from '../../ui/page.tsx';
import { Table } from '../../ui/table.tsx';
import type { useProfilePreview } from './use-profile-editor.ts';

const SHOWN_ROWS = 12;

const HEAD = [
  { text: text.previewColumns.date },
  { text: text.previewColumns.counterparty },
  { text: text.previewColumns.description },
  { text: text.previewColumns.amount, align: 'end' },
] as const;

function Totals({ preview: { count, sumMinor, rows } }: { readonly preview: Preview }) {
  const currency = rows[0]?.currency;
  const shown = formatCount(count);
  if (currency === undefined) return null;
  if (sumMinor === null) return <p>{text.previewSeveral(shown)}</p>;
  return (
    <p>
      {text.previewRows(shown)} <Amount amountMinor={sumMinor} currency={currency} />
    </p>
  );
}

function Rows({ rows }: Pick<Preview, 'rows'>) {
  if (rows.length === 0) return null;
  return (
    <Table label={text.previewLabel} head={HEAD}>
      {rows.slice(0, SHOWN_ROWS).map((row, index) => (
        <tr key={index}>
          <td>
            <CalendarDateText date={row.bookingDate} />
          </td>
          <td>{row.counterparty}</td>
          <td>{row.description}</td>
          <td data-align="end">
            <Amount
              amountMinor={row.amountMinor}
              currency={row.currency}
              exponent={row.exponent}
              pending={row.state === 'pending'}
            />
          </td>
        </tr>
      ))}
    </Table>
  );
}

function Remarks({ warnings }: Pick<Preview, 'warnings'>) {
  if (warnings.length === 0) return null;
  return (
    <details className="sr-remarks">
      <summary>{text.warnings(warnings.length)}</summary>
      <ul>
        {warnings.map((warning, index) => (
          <li key={index}>{warning.text}</li>
        ))}
      </ul>
    </details>
  );
}

interface ProfilePreviewProps {
  readonly complete: boolean;
  readonly query: ReturnType<typeof useProfilePreview>;
}

export function ProfilePreview({ complete, query }: ProfilePreviewProps) {
  if (!complete) return <p className="sr-quiet">{text.previewNeeds}</p>;
  if (query.isError) return <ErrorPanel error={query.error} size="compact" onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeletons rows={6} />;
  const preview = query.data;
  return (
    <div className="sr-findings" aria-busy={query.isPlaceholderData}>
      {preview.error !== null && <WireErrorPanel error={preview.error} size="compact" />}
      <Totals preview={preview} />
      <Rows rows={preview.rows} />
      <Remarks warnings={preview.warnings} />
    </div>
  );
}
