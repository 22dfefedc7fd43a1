// `strongroom users accept`: takes up an invitation with its code and a password of one's own.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Command } from '../command.ts';
import { noticesOf } from '../notices.ts';
import { withLockedApp } from '../open-office.ts';
import { invitationSource, newPasswordSource } from '../secrets-input.ts';
import { chooseUser, protectionLike, requireOffice } from '../signing-in.ts';

export const usersAccept: Command = {
  usage: 'users accept DIR --user NAME [--invitation-file F] [--new-password-file F] [--password-only]',
  summary: 'takes up an invitation: its code opens once, the new password from then on',
  signsIn: false,
  run: async ({ args, output }) => {
    const name = args.required('user');
    const code = await invitationSource(args);
    const password = await newPasswordSource(args);
    await withLockedApp(args, args.word(2, 'DIR'), async ({ app, secrets }) => {
      const { users } = await requireOffice(app);
      const { id: userId, invited } = chooseUser(users, name);
      if (!invited) throw new AppError('USAGE_INVALID', { problem: `‘${name}’ has no invitation to take up` });
      const status = await app.office.acceptInvitation({
        userId,
        code: await secrets.seal('password', await code()),
        password: await secrets.seal('new-password', await password()),
        protection: protectionLike(users, args.flag('password-only')),
      });
      for (const notice of noticesOf(status)) output.say(notice);
      const { user } = status;
      output.result({ accepted: true, user }, () => `Welcome, ${user?.name ?? name}: your password opens the office.`);
    });
  },
};
