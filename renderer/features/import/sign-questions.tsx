// Whether the signs of a staged statement are the right way round: asked of an account's first rows, said where they were turned, offered for the rest.
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { BatchStatement, BatchSummary } from '../../../shared/ipc/contract/batches.ts';
import { currencyExponent } from '../../../shared/model/currency.ts';
import { maskAccountNumber } from '../../../shared/model/iban.ts';
import { useAction, useCall } from '../../api/query.ts';
import { signText as text } from '../../text/signs.ts';
import { formatAmount } from '../../ui/format.ts';
import { showFailure } from '../../ui/toasts.tsx';

const LOOKED_THROUGH = 500;

interface SignProps {
  readonly batch: BatchSummary;
  readonly statement: BatchStatement;
}

function nameOf({ accountName, account }: BatchStatement): string {
  return accountName || account.name || maskAccountNumber(account.id);
}

function TurnButton({ batch, statement }: SignProps) {
  const invert = useAction('batches', 'invert');
  const { index, inverted } = statement;
  const turn = (): void =>
    invert.mutate(
      { clientId: batch.clientId, batchId: batch.id, statement: index, inverted: !inverted },
      { onError: showFailure },
    );
  return (
    <Button variant="default" size="compact-sm" loading={invert.isPending} onClick={turn}>
      {inverted ? text.turnBack : text.turn}
      <span className="sr-visually-hidden">{text.of(nameOf(statement))}</span>
    </Button>
  );
}

interface LineProps extends SignProps {
  readonly asked?: boolean;
  readonly children: ReactNode;
}

function SignLine({ batch, statement, asked = false, children }: LineProps) {
  return (
    <div className="sr-sign" data-asked={asked || undefined}>
      <p>{children}</p>
      <TurnButton batch={batch} statement={statement} />
    </div>
  );
}

/** Nothing is stated that could be held against another record: one row has to do, and is asked less loudly. */
function RowQuestion({ batch, statement }: SignProps) {
  const reference = { clientId: batch.clientId, batchId: batch.id };
  const query = useCall('batches', 'diff', { ...reference, kind: null, offset: 0, limit: LOOKED_THROUGH });
  const row = query.data?.rows.find((each) => each.statement === statement.index);
  if (query.isPending) return null;
  return (
    <SignLine batch={batch} statement={statement}>
      {row
        ? text.row(`${formatAmount(row.amountMinor, row.exponent)} ${row.currency}`, {
            what: row.counterparty ?? row.description,
            owed: row.amountMinor.startsWith('-'),
          })
        : text.unsaid}
    </SignLine>
  );
}

function FirstQuestion({ batch, statement }: SignProps) {
  const { closingMinor, account, inverted } = statement;
  if (closingMinor === null || closingMinor === '0' || account.currency === null) {
    return <RowQuestion batch={batch} statement={statement} />;
  }
  const amount = `${formatAmount(closingMinor, currencyExponent(account.currency))} ${account.currency}`;
  return (
    <SignLine batch={batch} statement={statement} asked>
      {inverted && `${text.turnedNow} `}
      {text.closing(amount, { account: nameOf(statement), owed: closingMinor.startsWith('-') })}
    </SignLine>
  );
}

function Signs({ batch, statement }: SignProps) {
  if (statement.rows === 0) return null;
  if (statement.first) return <FirstQuestion batch={batch} statement={statement} />;
  return (
    <SignLine batch={batch} statement={statement}>
      {text.remembered(nameOf(statement))}
    </SignLine>
  );
}

export function SignQuestions({ batch }: { readonly batch: BatchSummary }) {
  if (batch.state !== 'staged') return null;
  const told = batch.statements.filter(({ first, inverted }) => first || inverted);
  const quiet = batch.statements.filter((each) => !told.includes(each) && each.rows > 0);
  return (
    <>
      {told.map((statement) => (
        <Signs key={statement.index} batch={batch} statement={statement} />
      ))}
      {quiet.length > 0 && (
        <details className="sr-remarks">
          <summary>{text.wrong}</summary>
          {quiet.map((statement) => (
            <SignLine key={statement.index} batch={batch} statement={statement}>
              {text.asBefore(nameOf(statement))}
            </SignLine>
          ))}
        </details>
      )}
    </>
  );
}
