// All answers of the connector process, over the ports it is given. It holds no key of the vault and no database.
import type { Handlers } from '../../../shared/ipc/call.ts';
import type { ConnectorContract } from '../../../shared/ipc/processes/connector-contract.ts';
import type { Random } from '../ports/clock.ts';
import type { Timer } from '../ports/timer.ts';
import { createBankHandlers, type BankJobsOptions } from './bank-jobs.ts';
import { createFileHandlers, type StatementStreamPort } from './file-jobs.ts';
import { Jobs } from './jobs.ts';

export interface ConnectorOptions extends Omit<BankJobsOptions, 'jobs'> {
  readonly openStatementStream: () => StatementStreamPort;
  readonly random: Random;
  readonly timer: Timer;
}

export function createConnectorHandlers(options: ConnectorOptions): Handlers<ConnectorContract, unknown> {
  const jobs = new Jobs(options.random, options.timer);
  return {
    bank: createBankHandlers({ ...options, jobs }),
    files: createFileHandlers(jobs, options.openStatementStream),
    connectorJobs: {
      async cancel({ jobId }) {
        await jobs.end(jobId);
        return {};
      },
    },
  };
}
