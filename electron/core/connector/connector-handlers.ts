// All answers of the connector process, over the ports it is given. It holds no key of the vault and no database.
import type { Handlers } from '../../../shared/ipc/call.ts';
import type { ConnectorContract } from '../../../shared/ipc/processes/connector-contract.ts';
import { createBankJobs, type BankJobsOptions } from './bank-jobs.ts';
import type { StatementFiles } from '../ports/statement-files.ts';
import { createFileJobs } from './file-jobs.ts';

export interface ConnectorOptions extends BankJobsOptions {
  readonly statements: StatementFiles;
}

export function createConnectorHandlers(options: ConnectorOptions): Handlers<ConnectorContract, unknown> {
  const bank = createBankJobs(options);
  const files = createFileJobs(options, options.statements);
  return {
    bank: bank.handlers,
    files: files.handlers,
    connectorJobs: {
      async cancel({ jobId }) {
        await Promise.all([bank.end(jobId), files.end(jobId)]);
        return {};
      },
    },
  };
}
