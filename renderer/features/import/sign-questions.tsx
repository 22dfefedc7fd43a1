// Whether the signs of a staged statement are the right way round: asked of an account's first rows, said where they were turned, offered for the rest.
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { BatchStatement, BatchSummary } from '../../../shared/ipc/contract/batches.ts';
import { currencyExponent } from '../../../shared/model/currency.ts';
import { maskAccountNumber } from '../../../shared/model/iban.ts';
import { useAction } from '../../api/query.ts';
import { signText as text } from '../../text/signs.ts';
import { formatAmount } from '../../ui/format.ts';
import { showFailure } from '../../ui/toasts.tsx';

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

function amountOf(minor: string, { account }: BatchStatement): string {
  if (account.currency === null) return formatAmount(minor, 2);
  return `${formatAmount(minor, currencyExponent(account.currency))} ${account.currency}`;
}

/** A stated balance can be held against what a person knows. A sum of rows says less, and is asked less loudly. */
function question(statement: BatchStatement): { readonly asked: boolean; readonly words: string } {
  const { closingMinor, bookedMinor } = statement;
  if (closingMinor !== null && closingMinor !== '0') {
    const closing = { account: nameOf(statement), owed: closingMinor.startsWith('-') };
    return { asked: true, words: text.closing(amountOf(closingMinor, statement), closing) };
  }
  if (bookedMinor === '0') return { asked: false, words: text.unsaid };
  return { asked: false, words: text.sum(amountOf(bookedMinor, statement), bookedMinor.startsWith('-')) };
}

function Signs({ batch, statement }: SignProps) {
  const { inverted, signs, first } = statement;
  const { asked, words } = question(statement);
  const turned = signs === 'remembered' ? text.remembered(nameOf(statement)) : text.chosen(nameOf(statement));
  return (
    <SignLine batch={batch} statement={statement} asked={first && asked}>
      {[inverted ? turned : null, first ? words : null].filter((each) => each !== null).join(' ')}
    </SignLine>
  );
}

export function SignQuestions({ batch }: { readonly batch: BatchSummary }) {
  if (batch.state !== 'staged') return null;
  const withRows = batch.statements.filter(({ rows }) => rows > 0);
  const told = withRows.filter(({ first, inverted }) => first || inverted);
  const quiet = withRows.filter((each) => !told.includes(each));
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
