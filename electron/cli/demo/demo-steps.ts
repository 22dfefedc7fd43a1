// The demonstration, step by step, through THE contract only: what a person would do in the window.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupContents } from '../../../shared/ipc/contract/backups.ts';
import type { ConnectionView, SyncOutcome } from '../../../shared/ipc/contract/connections.ts';
import { CalendarDate } from '../../../shared/model/calendar-date.ts';
import type { ClientId } from '../../../shared/model/ids.ts';
import type { PracticeBankProcess } from '../../practice-bank/spawn.ts';
import type { AppClient } from '../command.ts';
import { stageFile } from '../commands/import.ts';
import { assignAccounts, createPracticeConnection } from '../connect-practice.ts';
import { createSealedSecrets } from '../sealed-secrets.ts';

/** Where the demonstration works: all below one folder. */
export interface DemoFolders {
  readonly office: string;
  readonly statements: string;
  readonly backup: string;
}

export interface DemoOffice {
  readonly app: AppClient;
  readonly bank: PracticeBankProcess;
  readonly folders: DemoFolders;
  readonly password: string;
  readonly say: (sentence: string) => void;
}

/** Makes the office, proves the recovery kit, adds a client a company. Returns the recovery key. */
export async function createDemoOffice({ app, bank, password, say }: DemoOffice): Promise<string> {
  const { keychain } = await app.office.status({});
  say(
    `Creating an office; its key is protected by ${keychain.available ? `password and ${keychain.name}` : 'the password alone (no OS keychain here)'} …`,
  );
  const secrets = createSealedSecrets(app);
  const made = await app.office.create({
    name: 'Harbour Lane Accountants',
    ownerName: 'Olivia Hart',
    password: await secrets.seal('new-password', password),
    lockAfterMinutes: 15,
    protection: keychain.available ? 'keychain' : 'password-only',
    replyKey: await secrets.replyKey(),
  });
  const kit = await secrets.openKit(made.kit);
  const typed = kit.prove.map((position) => kit.groups[position] ?? '');
  await app.office.proveRecoveryKit({ groups: await secrets.seal('kit-groups', JSON.stringify(typed)) });
  for (const { name } of bank.details.companies) await app.clients.add({ name });
  return kit.groups.join('-');
}

async function clientsByIban(app: AppClient, bank: PracticeBankProcess): Promise<Map<string, ClientId>> {
  const clients = new Map((await app.clients.list({})).map(({ name, id }) => [name, id]));
  return new Map(
    bank.details.companies.flatMap(({ name, accounts }) => {
      const clientId = clients.get(name);
      return clientId ? accounts.map(({ iban }): [string, ClientId] => [iban, clientId]) : [];
    }),
  );
}

/** Three years back, the first of January. */
export function demoStart(bank: PracticeBankProcess): CalendarDate {
  return CalendarDate.parse(`${Number(bank.details.today.slice(0, 4)) - 3}-01-01`);
}

/** Connects with pins, signs in, assigns every account that the sign-in exposes to the client whose company it is. */
export async function connectDemo({ app, bank, say }: DemoOffice): Promise<ConnectionView> {
  const { connection, identity } = await createPracticeConnection(app, bank.details, demoStart(bank));
  say(`${identity.host} answered with ${identity.protocol}, issued by ${identity.issuer}; two pins set.`);
  const authorised = await app.connections.authorise({ connectionId: connection.id });
  const clients = await clientsByIban(app, bank);
  return await assignAccounts(app, authorised, (iban) => clients.get(iban ?? '') ?? null);
}

/** The first sync, and a second one that must bring nothing. */
export async function syncTwice(
  { app, say }: DemoOffice,
  connection: ConnectionView,
): Promise<readonly [SyncOutcome, SyncOutcome]> {
  say('Syncing three years …');
  const first = await app.connections.sync({ connectionId: connection.id, dryRun: false });
  say('Syncing again …');
  return [first, await app.connections.sync({ connectionId: connection.id, dryRun: false })];
}

export interface DemoImport {
  readonly file: string;
  readonly new: number;
  readonly known: number;
}

/** Imports statement files of the accounts that the connection did not bring, in turn as OFX and CAMT.053. */
export async function importDemo(
  { app, bank, folders, say }: DemoOffice,
  connected: ReadonlySet<string>,
): Promise<DemoImport[]> {
  await mkdir(folders.statements, { recursive: true });
  const clients = await clientsByIban(app, bank);
  const rest = bank.details.companies.flatMap(({ accounts }) => accounts).filter(({ iban }) => !connected.has(iban));
  const imported: DemoImport[] = [];
  for (const [index, { iban }] of rest.entries()) {
    const format = index % 2 === 0 ? 'camt053' : 'ofx';
    const file = join(folders.statements, `statement-${index + 1}.${format === 'ofx' ? 'ofx' : 'xml'}`);
    await writeFile(file, await bank.statementFile({ iban, format, from: demoStart(bank), to: bank.details.today }));
    const clientId = clients.get(iban);
    if (!clientId) continue;
    say(`Importing ${format === 'ofx' ? 'an OFX' : 'a CAMT.053'} file …`);
    const { id: batchId, counts } = await stageFile(app, clientId, { path: file });
    await app.batches.commit({ clientId, batchId });
    imported.push({ file, new: counts.new, known: counts.known });
  }
  return imported;
}

/** Writes the encrypted backup and reads all of it back. */
export async function backupDemo({ app, folders, say }: DemoOffice): Promise<BackupContents> {
  say('Writing and verifying an encrypted backup …');
  await app.backups.create({ path: folders.backup, passphrase: null });
  return await app.backups.verifyOwn({ path: folders.backup });
}
