// Where a row came from: the batch and its receipt, the ids at the source, and the source's own record beside what was made of it.
import { useState } from 'react';
import { Button, Highlight } from '@mantine/core';
import type { TransactionDetail } from '../../../shared/ipc/contract/transactions.ts';
import { transactionsText } from '../../text/transactions.ts';
import { Amount } from '../../ui/amount.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { InstantText } from '../../ui/date-text.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Section } from '../../ui/page.tsx';
import { legibleRecord, usedValues } from './raw-record.ts';

const text = transactionsText.panel;

function Receipt({ batch }: Pick<TransactionDetail, 'batch'>) {
  return (
    <span title={`${text.receiptHint} ${batch.receiptHash}`}>
      <span className="sr-mono">{batch.receiptHash.slice(0, 16)}</span>
      <span className="sr-visually-hidden">{text.receiptHint}</span>
    </span>
  );
}

function factsOf(row: TransactionDetail) {
  const { batch } = row;
  return [
    { name: text.batch, value: `${batch.kind === 'file' ? text.file : text.connection}: ${batch.source}` },
    {
      name: text.committed,
      value: (
        <>
          <InstantText at={batch.committedAt} style="exact" /> {text.committedBy(batch.committedBy)}
        </>
      ),
    },
    { name: text.receipt, value: <Receipt batch={batch} /> },
    { name: text.sourceId, value: row.sourceId && <span className="sr-mono">{row.sourceId}</span> },
    { name: text.bankCode, value: row.bankCode && <span className="sr-mono">{row.bankCode}</span> },
    { name: text.fingerprint, value: row.fingerprintVersion },
  ];
}

function Compared({ row }: { readonly row: TransactionDetail }) {
  return (
    <dl className="sr-compare">
      <dt>{text.asBankSent}</dt>
      <dd className="sr-mono">
        {row.rawAmount} <span className="sr-quiet">{row.rawSign ?? text.noSign}</span>
      </dd>
      <dt>{text.asKept}</dt>
      <dd>
        <Amount amountMinor={row.amountMinor} currency={row.currency} exponent={row.exponent} />
      </dd>
    </dl>
  );
}

function RawRecord({ row }: { readonly row: TransactionDetail }) {
  const [open, setOpen] = useState(false);
  return (
    <div className="sr-raw">
      <div className="sr-raw-tools sr-no-print">
        <Button variant="default" size="compact-xs" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? text.hideRaw : text.showRaw}
        </Button>
        {open && (
          <CopyButton value={row.raw} variant="subtle" size="compact-xs" label={text.copyRaw} copied={text.copied} />
        )}
      </div>
      {open && (
        <section className="sr-raw-text" aria-label={text.raw}>
          <Highlight component="pre" highlight={usedValues(row)} highlightStyles={{}}>
            {legibleRecord(row.raw)}
          </Highlight>
        </section>
      )}
    </div>
  );
}

export function Provenance({ row }: { readonly row: TransactionDetail }) {
  return (
    <Section title={text.provenance}>
      <div className="sr-panel-provenance">
        <Facts items={factsOf(row)} />
        <Compared row={row} />
        <RawRecord row={row} />
      </div>
    </Section>
  );
}
