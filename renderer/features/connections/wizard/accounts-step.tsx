// Sixth step: whose accounts these are. Nothing is chosen beforehand; what stays without a client is never fetched.
import { Button, Select } from '@mantine/core';
import { Lock } from 'lucide-react';
import { useState } from 'react';
import type { ConnectionAccount, ConnectionView } from '../../../../shared/ipc/contract/connections.ts';
import type { ClientSummary } from '../../../../shared/ipc/contract/clients.ts';
import { maskAccountNumber } from '../../../../shared/model/iban.ts';
import { useAction, useCall } from '../../../api/query.ts';
import { useCurrentClient } from '../../../app/current-client.tsx';
import { wizardText } from '../../../text/connection-wizard.ts';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { Table } from '../../../ui/table.tsx';
import { AddClient } from './add-client.tsx';
import { GrantedStart } from './granted-start.tsx';
import { keeperOf } from './keeper-of.ts';
import { Step, StepFooter } from './wizard-frame.tsx';

const text = wizardText.accounts;
const HEAD = [{ text: text.account }, { text: text.number }, { text: text.belongsTo }] as const;

type Choices = Readonly<Record<string, ClientSummary['id'] | null>>;

interface AccountRowProps {
  readonly account: ConnectionAccount;
  /** The client that this very account is kept for already; it can go to no other. */
  readonly keeper: ClientSummary['id'] | null;
  readonly chosen: ClientSummary['id'] | null;
  readonly onChoose: (clientId: ClientSummary['id'] | null) => void;
}

function AccountRow({ account: { account }, keeper, chosen, onChoose }: AccountRowProps) {
  const { clients } = useCurrentClient();
  const name = account.name ?? account.institution ?? account.id;
  const owner = clients.find(({ id }) => id === keeper);
  // A client whose key she does not hold: not named, and not hers to take from.
  const ofAnother = keeper !== null && !owner;
  return (
    <tr>
      <td>{name}</td>
      <td>
        {maskAccountNumber(account.iban ?? account.id)} {account.currency}
      </td>
      <td>
        <Select
          aria-label={text.client(name)}
          placeholder={ofAnother ? text.ofAnother : owner ? text.knownOf(owner.name) : text.nobody}
          disabled={ofAnother}
          leftSection={keeper !== null && <Lock size={13} aria-hidden />}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': text.clear(name) }}
          value={ofAnother ? null : chosen}
          data={(owner ? [owner] : clients).map((client) => ({ value: client.id, label: client.name }))}
          onChange={(value) => onChoose(clients.find(({ id }) => id === value)?.id ?? null)}
        />
      </td>
    </tr>
  );
}

/** What the office had assigned before; empty for a new connection, so that nothing is chosen beforehand. */
function assignedBefore(accounts: ConnectionView['accounts']): Choices {
  return Object.fromEntries(accounts.map(({ resourceId, clientId }) => [resourceId, clientId]));
}

interface AccountsStepProps {
  readonly connection: ConnectionView;
  readonly onAssigned: (connection: ConnectionView) => void;
}

export function AccountsStep({ connection, onAssigned }: AccountsStepProps) {
  const { accounts } = connection;
  const [choices, setChoices] = useState(() => assignedBefore(accounts));
  const kept = useCall('accounts', 'list', { clientId: null });
  const assign = useAction('connections', 'assign');
  const assignments = Object.entries(choices).flatMap(([resourceId, clientId]) =>
    clientId === null ? [] : [{ resourceId, clientId }],
  );
  const submit = (): void => assign.mutate({ connectionId: connection.id, assignments }, { onSuccess: onAssigned });
  return (
    <Step heading={text.heading} hint={text.hint}>
      <GrantedStart connection={connection} />
      <Table label={text.of(accounts.length)} head={HEAD}>
        {accounts.map((account) => (
          <AccountRow
            key={account.resourceId}
            account={account}
            keeper={keeperOf(account, kept.data ?? [])}
            chosen={choices[account.resourceId] ?? null}
            onChoose={(clientId) => setChoices({ ...choices, [account.resourceId]: clientId })}
          />
        ))}
      </Table>
      <AddClient />
      {assign.isError && <ErrorPanel error={assign.error} />}
      <StepFooter>
        <Button loading={assign.isPending} disabled={assignments.length === 0} onClick={submit}>
          {text.save}
        </Button>
        <output className="sr-quiet">
          {assignments.length === 0 ? text.noneChosen : text.chosen(assignments.length)}
        </output>
      </StepFooter>
    </Step>
  );
}
