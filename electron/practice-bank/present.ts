// Writes ledger accounts, balances and rows in the words of UK Open Banking v4.0. It filters nothing and checks no permission but "detail".
import { formatDecimalAmount } from '../../shared/model/money.ts';
import { addDays, type CalendarDate } from '../../shared/model/calendar-date.ts';
import { bookedBalanceAt } from './ledger/ledger.ts';
import type { BatchDetail, LedgerAccount, LedgerRow, Party, RowKind } from './ledger/ledger-row.ts';
import { londonDateTime } from './ledger/london-time.ts';

type Json = Readonly<Record<string, unknown>>;

function unsigned(amountMinor: bigint, currency: string): Json {
  return { Amount: formatDecimalAmount(amountMinor < 0n ? -amountMinor : amountMinor, currency), Currency: currency };
}

function indicator(amountMinor: bigint): 'Credit' | 'Debit' {
  return amountMinor < 0n ? 'Debit' : 'Credit';
}

/** OBAccount6. */
export function presentAccount(account: LedgerAccount, detail: boolean): Json {
  const numbers = [
    {
      SchemeName: 'UK.OBIE.SortCodeAccountNumber',
      Identification: account.sortCodeAccountNumber,
      Name: account.company,
    },
    { SchemeName: 'UK.OBIE.IBAN', Identification: account.iban, Name: account.company },
  ];
  return {
    AccountId: account.accountId,
    Status: 'Enabled',
    Currency: account.currency,
    AccountCategory: 'Business',
    AccountTypeCode: account.type,
    Nickname: account.name,
    OpeningDate: londonDateTime(account.openedOn, 0),
    ...(detail ? { Account: numbers, Servicer: { SchemeName: 'UK.OBIE.BICFI', Identification: 'PRACGB2LXXX' } } : {}),
  };
}

function pendingMinor(account: LedgerAccount): bigint {
  return account.rows.filter((row) => row.state === 'pending').reduce((sum, row) => sum + row.amountMinor, 0n);
}

/** OBReadBalance1 rows: interim booked and available now, closing booked of yesterday, opening booked of today. */
export function presentBalances(account: LedgerAccount, today: CalendarDate): Json[] {
  const yesterday = addDays(today, -1);
  const booked = bookedBalanceAt(account, today);
  const closed = bookedBalanceAt(account, yesterday);
  const balance = (type: string, amountMinor: bigint, at: string): Json => ({
    AccountId: account.accountId,
    CreditDebitIndicator: indicator(amountMinor),
    Type: type,
    DateTime: at,
    Amount: unsigned(amountMinor, account.currency),
  });
  return [
    balance('ITBD', booked, londonDateTime(today, 86_399)),
    balance('ITAV', booked + pendingMinor(account), londonDateTime(today, 86_399)),
    balance('CLBD', closed, londonDateTime(yesterday, 86_399)),
    balance('OPBD', closed, londonDateTime(today, 0)),
  ];
}

const CODES: Readonly<Record<RowKind, readonly [string, string]>> = {
  card: ['CCRD', 'POSD'],
  'credit-transfer': ['ICDT', 'ESCT'],
  receipt: ['RCDT', 'ESCT'],
  'direct-debit': ['RDDT', 'ESDD'],
  'standing-order': ['ICDT', 'STDO'],
  payroll: ['ICDT', 'SALA'],
  'card-takings': ['MCRD', 'POSP'],
  fee: ['MDOP', 'CHRG'],
  interest: ['MCOP', 'INTR'],
  'internal-transfer': ['ICDT', 'BOOK'],
};

/** Family and sub-family of the ISO 20022 external bank transaction code set. */
export function bankTransactionCode(kind: RowKind): readonly [string, string] {
  return CODES[kind];
}

function presentParty(party: Party): Json {
  return {
    ...(party.iban === null ? {} : { SchemeName: 'UK.OBIE.IBAN', Identification: party.iban }),
    Name: party.name,
  };
}

function presentBatchDetail(detail: BatchDetail, currency: string): Json {
  return {
    Amount: unsigned(detail.amountMinor, currency),
    CreditDebitIndicator: indicator(detail.amountMinor),
    Name: detail.party.name,
    ...(detail.party.iban === null ? {} : { Identification: detail.party.iban }),
    Reference: detail.reference,
    EndToEndIdentification: detail.endToEndId,
  };
}

function presentExchange(row: LedgerRow, currency: string): Json {
  if (row.foreign === null) return {};
  const exchange = {
    SourceCurrency: row.foreign.currency,
    TargetCurrency: currency,
    UnitCurrency: row.foreign.currency,
    ExchangeRate: Number(row.foreign.rate),
    InstructedAmount: unsigned(row.foreign.amountMinor, row.foreign.currency),
  };
  return { CurrencyExchange: exchange };
}

function presentDetail(account: LedgerAccount, row: LedgerRow): Json {
  const side = row.amountMinor < 0n ? 'CreditorAccount' : 'DebtorAccount';
  const balanceAfter = row.balanceAfterMinor;
  return {
    TransactionInformation: row.description,
    ...(row.kind === 'card' ? { MerchantDetails: { MerchantName: row.description.slice(5) } } : {}),
    ...(row.party === null ? {} : { [side]: presentParty(row.party) }),
    ...(balanceAfter === null
      ? {}
      : {
          Balance: {
            Type: 'ITBD',
            CreditDebitIndicator: indicator(balanceAfter),
            Amount: unsigned(balanceAfter, account.currency),
          },
        }),
    ...(row.details.length === 0
      ? {}
      : {
          SupplementaryData: {
            BatchDetails: row.details.map((detail) => presentBatchDetail(detail, account.currency)),
          },
        }),
  };
}

/** OBTransaction6. Only booked rows are Immutable. */
export function presentTransaction(account: LedgerAccount, row: LedgerRow, detail: boolean): Json {
  const [code, subCode] = bankTransactionCode(row.kind);
  return {
    AccountId: account.accountId,
    TransactionId: row.id,
    ...(row.endToEndId === null ? {} : { TransactionReference: row.endToEndId }),
    CreditDebitIndicator: indicator(row.amountMinor),
    Status: row.state === 'booked' ? 'BOOK' : 'PDNG',
    TransactionMutability: row.state === 'booked' ? 'Immutable' : 'Mutable',
    BookingDateTime: row.bookedAt,
    ValueDateTime: londonDateTime(row.valueDate, 0),
    Amount: unsigned(row.amountMinor, account.currency),
    BankTransactionCode: { Code: code, SubCode: subCode },
    ...presentExchange(row, account.currency),
    ...(detail ? presentDetail(account, row) : {}),
  };
}
