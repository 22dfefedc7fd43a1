// Wording of the statements screen. Text only: no state, no markup.
export const statementsText = {
  title: 'Statements',
  why: 'Statements belong to one client. Pick the client whose periods you want to see.',
  intro:
    'Every period a bank or a file has brought, with the bank’s own opening and closing balance where it states them.',
  tableLabel: (account: string) => `Statements of ${account}`,
  later: 'A month-by-month coverage grid and sign-off are not part of this version.',
  period: 'Period',
  opening: 'Opening',
  closing: 'Closing',
  rows: 'Rows',
  source: 'Source',
  proof: 'Proof',
  undated: 'No period stated',
  notStated: 'not stated',
  continuity: 'Whole account',
  noneTitle: 'No statements yet',
  noneHint: 'Each synced period and each imported file becomes a statement here, with its proof.',
  importFile: 'Import a statement file',
  connectBank: 'Connect a bank',
} as const;
