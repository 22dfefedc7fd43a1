// The connector process put together: pinned network, bank adapters, statement readers. It has no vault key and no database.
import { createUkOpenBanking } from '../adapters/banks/uk-open-banking/adapter.ts';
import { refuseWeakenedEnvironment } from '../adapters/http/environment.ts';
import { createIdentifyServer } from '../adapters/http/identify-server.ts';
import { createOpenHttpClient } from '../adapters/http/pinned-client.ts';
import { createStandardErrorLogger } from '../adapters/log/standard-error-logger.ts';
import { serveProcess, type Parent } from '../adapters/process/serve-process.ts';
import { statementFiles } from '../adapters/statements/statement-files.ts';
import { systemClock, systemRandom, systemTimer } from '../adapters/system/system.ts';
import { createConnectorHandlers } from '../core/connector/connector-handlers.ts';
import { createDispatch, type Dispatch } from '../../shared/ipc/dispatch.ts';
import { connectorContract } from '../../shared/ipc/processes/connector-contract.ts';

function createConnectorDispatch(): Dispatch<Parent> {
  const log = createStandardErrorLogger();
  return createDispatch({
    contract: connectorContract,
    runsIn: 'vault',
    handlers: createConnectorHandlers({
      adapters: [createUkOpenBanking({ clock: systemClock, timer: systemTimer })],
      openHttpClient: createOpenHttpClient(),
      identifyServer: createIdentifyServer(),
      statements: statementFiles,
      random: systemRandom,
      timer: systemTimer,
    }),
    acceptsSender: (sender) => sender === 'parent',
    // Files can still be read under an environment in which no bank may be called.
    authorise: ({ channel }) => {
      if (channel.startsWith('bank.')) refuseWeakenedEnvironment(process.env, process.execArgv);
      return null;
    },
    onFailure: ({ channel, error, expected }) =>
      expected ? null : log({ level: 'error', event: 'connector.failed', fields: { channel }, error }),
  });
}

/** Serves the connector's calls to the parent process. */
export function startConnectorProcess(): void {
  serveProcess({ dispatch: createConnectorDispatch() });
}
