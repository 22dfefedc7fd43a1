// The start date asked for and what the bank granted, side by side; a shorter grant is said, with the way to close the gap.
import type { ConnectionView } from '../../../../shared/ipc/contract/connections.ts';
import { wizardText } from '../../../text/connection-wizard.ts';
import { CalendarDateText } from '../../../ui/date-text.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';

const text = wizardText.accounts;

export function GrantedStart({ connection }: { readonly connection: ConnectionView }) {
  const { startDateAsked: asked, startDateGranted: granted } = connection;
  const less = asked !== null && granted !== null && granted > asked;
  return (
    <div className="sr-granted">
      <Facts
        items={[
          { name: text.asked, value: asked && <CalendarDateText date={asked} /> },
          { name: text.granted, value: granted ? <CalendarDateText date={granted} /> : text.grantedOpen },
        ]}
      />
      {less && <StateBadge tone="attention" word={text.grantedLess} />}
    </div>
  );
}
