// The receipt of a committed batch: what came, from whom, who committed it, and its place in the chain.
import type { BatchStatement, Receipt } from '../../../shared/ipc/contract/batches.ts';
import { wordReader } from '../../text/batch.ts';
import { importText } from '../../text/import.ts';
import { Amount } from '../../ui/amount.tsx';
import { CountsText } from '../../ui/batch-counts.tsx';
import { CalendarDateText, InstantText } from '../../ui/date-text.tsx';
import { Facts } from '../../ui/facts.tsx';
import { formatBytes } from '../../ui/format.ts';
import { ProofBadge } from '../../ui/state-badge.tsx';

const text = importText.receiptFields;

function period({ from, to }: Receipt) {
  if (from === null || to === null) return null;
  return (
    <>
      <CalendarDateText date={from} /> – <CalendarDateText date={to} />
    </>
  );
}

function sums({ sums: byCurrency }: Receipt) {
  return (
    <span className="sr-receipt-sums">
      {byCurrency.map((sum) => (
        <Amount key={sum.currency} {...sum} />
      ))}
    </span>
  );
}

/** Which statements it proves, by their accounts. */
function proofs(statements: readonly BatchStatement[]) {
  return (
    <ul>
      {statements.map(({ index, accountName, proof }) => (
        <li key={index}>
          <ProofBadge proof={proof} /> {accountName}
        </li>
      ))}
    </ul>
  );
}

interface ReceiptFactsProps {
  readonly receipt: Receipt;
  readonly statements: readonly BatchStatement[];
}

export function ReceiptFacts({ receipt, statements }: ReceiptFactsProps) {
  const { tls } = receipt;
  const items = [
    { name: text.committed, value: <InstantText at={receipt.committedAt} style="exact" /> },
    { name: text.by, value: receipt.committedBy },
    { name: text.period, value: period(receipt) },
    { name: text.counts, value: <CountsText counts={receipt.counts} /> },
    { name: text.sums, value: sums(receipt) },
    { name: text.proof, value: proofs(statements) },
    { name: text.reader, value: wordReader(receipt.reader) },
    { name: text.bytes, value: formatBytes(receipt.payloadBytes) },
    { name: text.tls, value: tls && `${tls.protocol} · ${tls.host} · ${tls.issuer}` },
    { name: text.payload, value: <span className="sr-mono">{receipt.payloadSha256}</span> },
    { name: text.previous, value: <span className="sr-mono">{receipt.previousHash || importText.firstReceipt}</span> },
    { name: text.hash, value: <span className="sr-mono">{receipt.hash}</span> },
  ];
  return (
    <div className="sr-findings">
      <Facts items={items} />
      <p className="sr-quiet">{importText.receiptHint}</p>
    </div>
  );
}
