// Health at length: the cause with whose move it is and the next step, then the dates an accountant plans by.
import type { ConnectionView } from '../../../shared/ipc/contract/connections.ts';
import { connectionsText as text } from '../../text/connections.ts';
import { InstantText } from '../../ui/date-text.tsx';
import { WireErrorPanel } from '../../ui/error-panel.tsx';
import { formatCount } from '../../ui/format.ts';
import { ConsentLeft } from './consent-left.tsx';
import { healthSentence } from './health-sentence.ts';

function Cause({ connection }: { readonly connection: ConnectionView }) {
  const { cause, causeParams } = connection.health;
  if (cause === null) return <p className="sr-health-calm">{healthSentence(connection)}</p>;
  return <WireErrorPanel error={{ code: cause, params: causeParams, retryable: false, ref: null }} />;
}

export function HealthDetails({ connection }: { readonly connection: ConnectionView }) {
  const { health } = connection;
  return (
    <section className="sr-health" aria-label={text.health}>
      <Cause connection={connection} />
      <dl className="sr-health-figures">
        <div>
          <dt>{text.whoseMove}</dt>
          <dd>{text.movers[health.whoseMove]}</dd>
        </div>
        <div>
          <dt>{text.columns.lastGood}</dt>
          <dd>
            <InstantText at={health.lastGoodSync} />
          </dd>
        </div>
        <div>
          <dt>{text.lastTry}</dt>
          <dd>
            <InstantText at={health.lastTry} />
          </dd>
        </div>
        <div>
          <dt>{text.columns.next}</dt>
          <dd>{health.nextAllowed === null ? text.anyTime : <InstantText at={health.nextAllowed} />}</dd>
        </div>
        <div>
          <dt>{text.columns.consent}</dt>
          <dd>
            <ConsentLeft health={health} />
          </dd>
        </div>
        <div>
          <dt>{text.callsToday}</dt>
          <dd>{formatCount(health.callsToday)}</dd>
        </div>
      </dl>
    </section>
  );
}
