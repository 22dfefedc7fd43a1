// Connecting to the practice bank without a person: the steps of the wizard, one call each.
import { AppError } from '../../shared/errors/app-error.ts';
import type { ConnectionView, TlsIdentity } from '../../shared/ipc/contract/connections.ts';
import type { CalendarDate } from '../../shared/model/calendar-date.ts';
import type { ClientId } from '../../shared/model/ids.ts';
import type { PracticeBankDetails } from '../practice-bank/details.ts';
import type { AppClient } from './command.ts';

/** Makes the connection and pins what the practice bank published, after looking at who answers. @throws {AppError} TLS_* */
export async function createPracticeConnection(
  app: AppClient,
  bank: PracticeBankDetails,
  startDate: CalendarDate,
): Promise<{ connection: ConnectionView; identity: TlsIdentity }> {
  const { issuer, resourceBase, authorityPem } = bank;
  const { identity, problem } = await app.connections.identify({ issuer, resourceBase, authorityPem });
  if (problem) throw new AppError(problem.code, problem.params);
  if (identity === null || identity.spkiSha256 !== bank.pins.current)
    throw new AppError('TLS_PIN_MISMATCH', { host: new URL(issuer).host });
  const connection = await app.connections.create({
    type: 'uk-open-banking',
    institution: bank.name,
    issuer,
    resourceBase,
    authorityPem,
    clientId: bank.client.clientId,
    enrolment: null,
    practice: true,
    startDate,
    pins: [bank.pins.current, bank.pins.backup],
  });
  return { connection, identity };
}

/** Assigns accounts by IBAN; what is not named stays unassigned. */
export async function assignAccounts(
  app: AppClient,
  connection: ConnectionView,
  clientOf: (iban: string | null) => ClientId | null,
): Promise<ConnectionView> {
  const assignments = connection.accounts.flatMap(({ resourceId, account }) => {
    const clientId = clientOf(account.iban);
    return clientId ? [{ resourceId, clientId }] : [];
  });
  return await app.connections.assign({ connectionId: connection.id, assignments });
}
