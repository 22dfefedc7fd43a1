// The proof's period: two of the bank's calendar days, kept in the address. On paper it is a line of text.
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { CalendarDate } from '../../../shared/model/calendar-date.ts';
import { navigate } from '../../app/hash-location.ts';
import { statementsText as text } from '../../text/statements.ts';
import { CalendarDateText } from '../../ui/date-text.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { proofAddress, type ProofView } from './statement-address.ts';

export function ProofPeriod({ view }: { readonly view: ProofView }) {
  const key = `${view.from} ${view.to}`;
  return (
    <>
      <PeriodFields key={key} view={view} />
      <p className="sr-print-only">
        <CalendarDateText date={view.from} /> – <CalendarDateText date={view.to} />
      </p>
    </>
  );
}

function PeriodFields({ view }: { readonly view: ProofView }) {
  const [typed, setTyped] = useState<{ from: string; to: string }>({ from: view.from, to: view.to });
  const reversed = typed.from > typed.to;
  function change(next: { from: string; to: string }): void {
    setTyped(next);
    const from = CalendarDate.safeParse(next.from);
    const to = CalendarDate.safeParse(next.to);
    // A year that is still being typed is none a bank has kept statements of.
    if (!from.success || !to.success || from.data > to.data || from.data < '1900') return;
    navigate(proofAddress(view.accountId, { from: from.data, to: to.data }, view.exporting), { replace: true });
  }
  return (
    <Toolbar label={text.period}>
      <label className="sr-proof-date">
        {text.from}
        <TextInput
          type="date"
          value={typed.from}
          onChange={(event) => change({ ...typed, from: event.currentTarget.value })}
        />
      </label>
      <label className="sr-proof-date">
        {text.to}
        <TextInput
          type="date"
          value={typed.to}
          onChange={(event) => change({ ...typed, to: event.currentTarget.value })}
        />
      </label>
      {reversed && <span role="alert">{text.reversed}</span>}
    </Toolbar>
  );
}
