// The currencies a person may choose from: those the window's own runtime knows.
import { CurrencyCode } from '../../../shared/model/currency.ts';

export const CURRENCIES: readonly CurrencyCode[] = Intl.supportedValuesOf('currency').map((code) =>
  CurrencyCode.parse(code),
);
