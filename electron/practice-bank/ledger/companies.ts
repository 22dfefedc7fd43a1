// The customers of the practice bank, their accounts and who may sign in. All names are invented.

export type AccountPlan = {
  readonly key: string;
  readonly name: string;
  readonly currency: 'GBP' | 'EUR' | 'USD' | 'JPY';
  readonly type: 'CACC' | 'SVGS';
  readonly openingMinor: bigint;
  /** Average rows on a working day. */
  readonly rowsADay: number;
  /** Typical size of an ordinary payment in minor units. */
  readonly typicalMinor: number;
  readonly payroll: boolean;
  readonly cardTakings: boolean;
};

export type CompanyPlan = { readonly key: string; readonly name: string; readonly accounts: readonly AccountPlan[] };

const current = { type: 'CACC', payroll: false, cardTakings: false } as const;

export const COMPANIES: readonly CompanyPlan[] = [
  {
    key: 'joinery',
    name: 'Ashdown & Pryce Joinery Ltd',
    accounts: [
      {
        ...current,
        key: 'current',
        name: 'Business Current Account',
        currency: 'GBP',
        openingMinor: 4_812_355n,
        rowsADay: 7,
        typicalMinor: 18_000,
        payroll: true,
      },
      {
        ...current,
        key: 'reserve',
        name: 'Business Reserve',
        currency: 'GBP',
        type: 'SVGS',
        openingMinor: 2_500_000n,
        rowsADay: 0,
        typicalMinor: 0,
      },
      {
        ...current,
        key: 'euro',
        name: 'Euro Account',
        currency: 'EUR',
        openingMinor: 1_204_010n,
        rowsADay: 2,
        typicalMinor: 42_000,
      },
    ],
  },
  {
    key: 'imports',
    name: 'Łódź & Åland Design Imports Ltd',
    accounts: [
      {
        ...current,
        key: 'current',
        name: 'Business Current Account',
        currency: 'GBP',
        openingMinor: 9_340_077n,
        rowsADay: 4,
        typicalMinor: 65_000,
        payroll: true,
      },
      {
        ...current,
        key: 'euro',
        name: 'Euro Trading Account',
        currency: 'EUR',
        openingMinor: 6_118_900n,
        rowsADay: 4,
        typicalMinor: 88_000,
      },
      {
        ...current,
        key: 'dollar',
        name: 'US Dollar Account',
        currency: 'USD',
        openingMinor: 3_020_515n,
        rowsADay: 3,
        typicalMinor: 54_000,
      },
    ],
  },
  {
    key: 'teahouse',
    name: 'Kobayashi 茶房 Tea House Ltd',
    accounts: [
      {
        ...current,
        key: 'current',
        name: 'Everyday Business Account',
        currency: 'GBP',
        openingMinor: 1_874_642n,
        rowsADay: 8,
        typicalMinor: 6_500,
        payroll: true,
        cardTakings: true,
      },
      {
        ...current,
        key: 'yen',
        name: '円 Yen Account',
        currency: 'JPY',
        openingMinor: 2_350_000n,
        rowsADay: 2,
        typicalMinor: 48_000,
      },
    ],
  },
  {
    key: 'railway',
    name: 'The Worshipful Society for the Preservation of Northern Narrow-Gauge Railways and Associated Rolling Stock CIC',
    accounts: [
      {
        ...current,
        key: 'current',
        name: 'Community Account',
        currency: 'GBP',
        openingMinor: 3_307_218n,
        rowsADay: 4,
        typicalMinor: 9_800,
        payroll: true,
      },
      {
        ...current,
        key: 'restoration',
        name: 'Restoration Fund (restricted)',
        currency: 'GBP',
        type: 'SVGS',
        openingMinor: 12_000_000n,
        rowsADay: 0,
        typicalMinor: 0,
      },
    ],
  },
];

export const PASSWORD = 'practice';

/** Olivia sees two companies with one sign-in, as bookkeepers do. */
export const SIGN_INS: readonly { readonly name: string; readonly companies: readonly string[] }[] = [
  { name: 'olivia', companies: ['joinery', 'imports'] },
  { name: 'ben', companies: ['teahouse'] },
  { name: 'priya', companies: ['teahouse', 'railway'] },
];
