// Wording of the handover screen. Text only: no state, no markup.
export const handoverText = {
  title: 'Handover',
  noneTitle: 'Nothing to hand over yet',
  noneHint:
    'A handover pack will hold a client’s period with its accounts, control totals, statements and an audit extract, signed. Writing packs is not part of this version.',
  meanwhile:
    'Until then, an account’s period is written as OFX, CAMT.053, MT940, CSV or XLSX from its proof on the Statements screen. The command line writes a whole client’s transactions as CSV or JSON:',
  command: 'strongroom transactions DIR --client NAME --from DATE --to DATE --csv',
  seeTransactions: 'See transactions',
} as const;
