// THE contract: every call and event between a window or the command line and the program behind it.
import { accounts } from './contract/accounts.ts';
import { audit } from './contract/audit.ts';
import { backups } from './contract/backups.ts';
import { batches } from './contract/batches.ts';
import { clients } from './contract/clients.ts';
import { connections, jobs } from './contract/connections.ts';
import { factors } from './contract/factors.ts';
import { imports } from './contract/imports.ts';
import { office } from './contract/office.ts';
import { practice } from './contract/practice.ts';
import { profiles } from './contract/profiles.ts';
import { security } from './contract/security.ts';
import { statements } from './contract/statements.ts';
import { transactions } from './contract/transactions.ts';
import { users } from './contract/users.ts';

export const contract = {
  office,
  users,
  factors,
  security,
  clients,
  accounts,
  transactions,
  batches,
  imports,
  profiles,
  statements,
  connections,
  jobs,
  backups,
  audit,
  practice,
};
export type AppContract = typeof contract;
