// One amount of money: tabular figures, minus in front, currency always. It adds and converts nothing.
import './amount.css';
import { currencyExponent } from '../../shared/model/currency.ts';
import { formatAmount } from './format.ts';

export interface AmountProps {
  readonly amountMinor: string;
  readonly currency: string;
  /** Decimal places, where the source states its own. */
  readonly exponent?: number;
  /** Pending money is shown in italics and never in totals. */
  readonly pending?: boolean;
}

export function Amount({ amountMinor, currency, exponent, pending = false }: AmountProps) {
  const places = exponent ?? currencyExponent(currency);
  return (
    <span className="sr-amount" data-pending={pending || undefined} data-minor={amountMinor}>
      {formatAmount(amountMinor, places)}
      <span className="sr-amount-currency">{currency}</span>
    </span>
  );
}
