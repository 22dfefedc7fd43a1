// What every change of a ledger has in common: who makes it and when, and an account's figures after it. It writes no row itself.
import type { AccountId } from '../../../shared/model/ids.ts';
import type { Stamp } from '../ports/ledger-store.ts';
import type { ClientStore } from '../ports/vault-store.ts';
import { bookedBalance, proveAccount } from './account-proof.ts';
import type { VaultContext } from './context.ts';

export function stampOf(context: VaultContext): Stamp {
  const { userId, name } = context.principal;
  return { at: context.now(), userId, userName: name };
}

/** Derives an account's figures anew from its rows and stated balances. */
export function deriveAccount({ accounts }: ClientStore, accountId: AccountId): void {
  accounts.recount(accountId);
  const facts = accounts.facts(accountId);
  accounts.saveDerived(accountId, { bookedMinor: bookedBalance(facts), proof: proveAccount(facts) });
}
