// Labelled facts: a list of name and value, for identities, receipts and details.
import './facts.css';
import { Fragment, type ReactNode } from 'react';

export interface FactsProps {
  /** A null value leaves the line out. */
  readonly items: readonly { readonly name: string; readonly value: ReactNode }[];
}

export function Facts({ items }: FactsProps) {
  return (
    <dl className="sr-facts">
      {items
        .filter((item) => item.value !== null)
        .map((item) => (
          <Fragment key={item.name}>
            <dt>{item.name}</dt>
            <dd>{item.value}</dd>
          </Fragment>
        ))}
    </dl>
  );
}
