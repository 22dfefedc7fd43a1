// The booked balance by day as a picture, with its last figure in words for those who cannot see it.
import '@mantine/charts/styles.css';
import { AreaChart } from '@mantine/charts';
import type { AccountDetail } from '../../../shared/ipc/contract/accounts.ts';
import { currencyExponent } from '../../../shared/model/currency.ts';
import { accountsText as text } from '../../text/accounts.ts';
import { Amount } from '../../ui/amount.tsx';
import { CalendarDateText } from '../../ui/date-text.tsx';
import { formatAmount, formatCalendarDate } from '../../ui/format.ts';
import { formatCompact, formatMonth } from './axis-format.ts';
import { balancePoints, monthTicks, type BalancePoint } from './balance-points.ts';

const SERIES = [{ name: 'height', label: text.balance, color: 'var(--sr-info)' }];

interface TooltipProps {
  readonly payload?: readonly { readonly payload?: unknown }[];
}

function PointTooltip({ payload }: TooltipProps) {
  const point = payload?.[0]?.payload as BalancePoint | undefined;
  if (!point) return null;
  return (
    <div className="sr-chart-tooltip">
      <CalendarDateText date={point.date} /> <Amount amountMinor={point.balanceMinor} currency={point.currency} />
    </div>
  );
}

export function BalanceChart({ account }: { readonly account: AccountDetail }) {
  const { currency, daily } = account;
  const [first, last] = [daily[0], daily.at(-1)];
  if (!first || !last || daily.length < 2) return <p className="sr-section-note">{text.chartEmpty}</p>;
  const exponent = currencyExponent(currency);
  const points = balancePoints(account, exponent);
  const label = text.chartLabel(
    formatCalendarDate(first.date),
    formatCalendarDate(last.date),
    `${formatAmount(last.balanceMinor, exponent)} ${currency}`,
  );
  return (
    <figure className="sr-chart">
      <figcaption className="sr-visually-hidden">{label}</figcaption>
      <AreaChart
        h={200}
        data={points}
        dataKey="day"
        series={SERIES}
        curveType="stepAfter"
        withDots={false}
        strokeWidth={1.5}
        fillOpacity={0.12}
        tickLine="none"
        gridAxis="x"
        strokeDasharray="0"
        areaChartProps={{ accessibilityLayer: false }}
        areaProps={{ isAnimationActive: false }}
        xAxisProps={{
          type: 'number',
          scale: 'time',
          domain: ['dataMin', 'dataMax'],
          ticks: monthTicks(points),
          tickFormatter: formatMonth,
        }}
        yAxisProps={{ width: 64, tickFormatter: formatCompact }}
        tooltipProps={{ content: PointTooltip }}
      />
    </figure>
  );
}
