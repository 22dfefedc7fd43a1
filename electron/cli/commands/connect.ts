// `strongroom connect`: the wizard's steps on the command line. Non-interactive for the practice bank.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ConnectionView, TlsIdentity } from '../../../shared/ipc/contract/connections.ts';
import { parseCalendarDate } from '../../../shared/model/calendar-date.ts';
import type { Arguments } from '../arguments.ts';
import type { AppClient, Command, CommandContext } from '../command.ts';
import { assignAccounts, createPracticeConnection } from '../connect-practice.ts';
import { findClient } from '../lookup.ts';
import { withOffice } from '../open-office.ts';
import { formatTable, type Output } from '../output.ts';
import { defaultDetailsPath, readPracticeDetails } from '../practice-details.ts';

function sayIdentity(output: Output, { host, protocol, issuer, spkiSha256 }: TlsIdentity): void {
  output.say(`${host} answered with ${protocol}; certificate issued by ${issuer}; pin ${spkiSha256}`);
}

/** `--all` for every account, or `--account IBAN` for one; none is taken by itself. */
function wantsAccount(args: Arguments, iban: string | null): boolean {
  return args.flag('all') || (iban !== null && iban === args.value('account')?.replaceAll(' ', ''));
}

function resultText(view: ConnectionView): string {
  const rows = view.accounts.map(({ account, clientId }) => [
    account.name,
    account.iban,
    account.currency,
    clientId ? 'yes' : 'no',
  ]);
  return `${view.institution} (${view.id})\n${formatTable(['account', 'number', 'currency', 'assigned'], rows)}`;
}

async function connectPractice(app: AppClient, { args, output }: CommandContext): Promise<void> {
  const bank = await readPracticeDetails(args.value('details') ?? defaultDetailsPath());
  const client = await findClient(app, args.required('client'));
  const startDate = parseCalendarDate(args.value('start') ?? `${Number(bank.today.slice(0, 4)) - 1}-01-01`);
  const { connection, identity } = await createPracticeConnection(app, bank, startDate);
  sayIdentity(output, identity);
  const authorised = await app.connections.authorise({ connectionId: connection.id });
  const view = await assignAccounts(app, authorised, (iban) => (wantsAccount(args, iban) ? client.id : null));
  if (!view.accounts.some(({ clientId }) => clientId))
    output.say('No account is assigned yet: name one with --account IBAN, or all with --all.');
  output.result(view, () => resultText(view));
}

export const connect: Command = {
  usage:
    'connect DIR --type uk-open-banking --client NAME --practice [--sign-in NAME] [--account IBAN | --all] [--start D] [--details FILE]',
  summary: 'connects a bank; with --practice the practice bank that runs beside, without a person',
  run: async (context) => {
    const { args } = context;
    const type = args.required('type');
    if (type !== 'uk-open-banking') throw new AppError('CONNECTION_TYPE_UNKNOWN', { type });
    if (!args.flag('practice'))
      throw new AppError('USAGE_INVALID', { problem: 'connect a real bank in the window; here only --practice works' });
    await withOffice(args, args.word(1, 'DIR'), (app) => connectPractice(app, context));
  },
};
