// Whose account a bank shows, where the office keeps it already. The vault decides; this only spares the user a refusal.
import type { AccountSummary } from '../../../../shared/ipc/contract/accounts.ts';
import type { ConnectionAccount } from '../../../../shared/ipc/contract/connections.ts';

export function keeperOf(
  { account, clientId }: ConnectionAccount,
  kept: readonly AccountSummary[],
): AccountSummary['clientId'] | null {
  if (clientId !== null || account.iban === null) return clientId;
  const known = kept.find(({ iban, currency }) => iban === account.iban && currency === account.currency);
  return known?.clientId ?? null;
}
