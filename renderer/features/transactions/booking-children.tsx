// The details inside a batch booking. They explain the row's amount and are not added to anything.
import type { TransactionDetail } from '../../../shared/ipc/contract/transactions.ts';
import { transactionsText } from '../../text/transactions.ts';
import { Amount } from '../../ui/amount.tsx';
import { Section } from '../../ui/page.tsx';

const text = transactionsText.panel;
type Child = TransactionDetail['details'][number];

function ChildRow({ child }: { readonly child: Child }) {
  const reference = child.endToEndId ?? child.sourceId;
  return (
    <li className="sr-panel-child">
      <span>
        <span className="sr-panel-child-name">{child.counterparty ?? child.description}</span>
        {child.counterparty !== null && <span className="sr-quiet">{child.description}</span>}
        {reference !== null && <span className="sr-quiet sr-mono">{reference}</span>}
      </span>
      {child.amount !== null && <Amount {...child.amount} />}
    </li>
  );
}

export function BookingChildren({ details }: Pick<TransactionDetail, 'details'>) {
  return (
    <Section title={text.children} aside={<span className="sr-quiet">{transactionsText.details(details.length)}</span>}>
      <p className="sr-panel-hint">{text.childrenHint}</p>
      <ul>
        {details.map((child, index) => (
          <ChildRow key={child.sourceId ?? child.endToEndId ?? index} child={child} />
        ))}
      </ul>
    </Section>
  );
}
