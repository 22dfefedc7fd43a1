// `strongroom users …`: who works in the office, what they may do, whose data they hold keys to.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Access, OfficeUserView } from '../../../shared/ipc/contract/users.ts';
import { Role } from '../../../shared/model/roles.ts';
import type { Arguments } from '../arguments.ts';
import type { AppClient, Command } from '../command.ts';
import { findClient, findUser } from '../lookup.ts';
import { sayWhatIsDue } from '../notices.ts';
import { withOffice } from '../open-office.ts';
import { formatTable, type Cell, type Output } from '../output.ts';

function readRole(text: string): Role {
  const { data } = Role.safeParse(text);
  if (data) return data;
  throw new AppError('USAGE_INVALID', { problem: `no role ‘${text}’; there are ${Role.options.join(', ')}` });
}

/** Every client with `--all`, those named with `--clients`, and none otherwise. */
async function readAccess(app: AppClient, args: Arguments): Promise<Access> {
  if (args.flag('all')) return { kind: 'all' };
  const clients = await Promise.all(args.values('clients').map((name) => findClient(app, name)));
  return { kind: 'some', clientIds: clients.map(({ id }) => id) };
}

async function wordAccess(app: AppClient): Promise<(access: Access) => string> {
  const names = new Map((await app.clients.list({})).map(({ id, name }) => [id, name]));
  return (access) =>
    access.kind === 'all' ? 'all clients' : access.clientIds.map((id) => names.get(id) ?? id).join(', ') || 'none';
}

const wordFactors = ({ code, device }: OfficeUserView['factors']): string | null =>
  [code ? 'app' : '', device ? 'device' : ''].filter(Boolean).join(', ') || null;

async function rowsOf(app: AppClient, users: readonly OfficeUserView[]): Promise<Cell[][]> {
  const words = await wordAccess(app);
  return users.map(({ name, role, state, access, factors, lastSignInAt }) => [
    name,
    role,
    state,
    words(access),
    wordFactors(factors),
    lastSignInAt,
  ]);
}

async function showUsers(app: AppClient, output: Output, shown: OfficeUserView | readonly OfficeUserView[]) {
  const rows = await rowsOf(app, [shown].flat());
  const head = ['person', 'role', 'state', 'clients', 'second factor', 'last sign-in'];
  output.result(shown, () => formatTable(head, rows));
}

function showInvitation(output: Output, user: OfficeUserView, code: string): void {
  output.say(
    `The code is shown once and good until ${user.invitationExpiresAt ?? 'it is used'}. Hand it over in person.`,
  );
  output.result({ user, code }, () => code);
}

export const usersList: Command = {
  usage: 'users list DIR',
  summary: 'lists the people of the office',
  run: async ({ args, output }) => {
    await withOffice(args, args.word(2, 'DIR'), async (app) => {
      await showUsers(app, output, await app.users.list({}));
    });
  },
};

export const usersInvite: Command = {
  usage: 'users invite DIR NAME --role ROLE [--all | --clients NAME]',
  summary:
    'invites somebody; prints a code, once. Repeat --clients for more than one; without it she holds no client’s key',
  run: async ({ args, output }) => {
    const role = readRole(args.required('role'));
    const name = args.word(3, 'NAME');
    await withOffice(args, args.word(2, 'DIR'), async (app, { secrets }) => {
      const access: Access = role === 'owner' ? { kind: 'all' } : await readAccess(app, args);
      const invited = await app.users.invite({ name, role, access, replyKey: await secrets.replyKey() });
      showInvitation(output, invited.user, await secrets.open('invitation-code', invited.code));
    });
  },
};

export const usersRole: Command = {
  usage: 'users role DIR NAME --role ROLE',
  summary: 'gives somebody another role, at once',
  run: async ({ args, output }) => {
    const role = readRole(args.required('role'));
    await withOffice(args, args.word(2, 'DIR'), async (app) => {
      const { id: userId } = await findUser(app, args.word(3, 'NAME'));
      await showUsers(app, output, await app.users.setRole({ userId, role }));
      await sayWhatIsDue(app, output);
    });
  },
};

export const usersAccess: Command = {
  usage: 'users access DIR NAME [--all | --clients NAME | --none]',
  summary: 'says whose data somebody holds keys to, --clients once a client; who loses access gets no new key',
  run: async ({ args, output }) => {
    const ways = [args.flag('all'), args.flag('none'), args.values('clients').length > 0].filter(Boolean);
    if (ways.length !== 1)
      throw new AppError('USAGE_INVALID', { problem: 'say --all, --clients NAME (once a client) or --none' });
    await withOffice(args, args.word(2, 'DIR'), async (app) => {
      const { id: userId } = await findUser(app, args.word(3, 'NAME'));
      await showUsers(app, output, await app.users.setAccess({ userId, access: await readAccess(app, args) }));
      await sayWhatIsDue(app, output);
    });
  },
};

export const usersReset: Command = {
  usage: 'users reset DIR NAME [--compromised]',
  summary:
    'invites somebody anew who lost password or device; prints a code, once; --compromised where another person may have them: new keys for what she could open',
  run: async ({ args, output }) => {
    await withOffice(args, args.word(2, 'DIR'), async (app, { secrets }) => {
      const { id: userId } = await findUser(app, args.word(3, 'NAME'));
      const reason = args.flag('compromised') ? 'compromised' : 'forgotten';
      const { user, code } = await app.users.reset({ userId, reason, replyKey: await secrets.replyKey() });
      showInvitation(output, user, await secrets.open('invitation-code', code));
      await sayWhatIsDue(app, output);
    });
  },
};

export const usersRemove: Command = {
  usage: 'users remove DIR NAME',
  summary: 'removes somebody; the office and the clients she could open get new keys',
  run: async ({ args, output }) => {
    await withOffice(args, args.word(2, 'DIR'), async (app) => {
      const { id: userId, name } = await findUser(app, args.word(3, 'NAME'));
      await app.users.remove({ userId });
      output.result({ removed: userId }, () => `Removed ${name}.`);
      await sayWhatIsDue(app, output);
    });
  },
};
