// `strongroom office password` and `office recover`: another password for a known user, and the owner's way back with the paper key.
import type { Command } from '../command.ts';
import { withLockedApp, withOffice } from '../open-office.ts';
import { showKit } from '../recovery-kit.ts';
import { newPasswordSource, recoveryKeySource } from '../secrets-input.ts';
import { requireOffice } from '../signing-in.ts';

export const officePassword: Command = {
  usage: 'office password DIR [--new-password-file F]',
  summary: 'changes your own password; no client’s database is written for it',
  run: async ({ args, output }) => {
    const next = await newPasswordSource(args);
    await withOffice(args, args.word(2, 'DIR'), async (app, { secrets, password }) => {
      await app.office.changePassword({
        current: await password(),
        next: await secrets.seal('new-password', await next()),
      });
      output.result({ changed: true }, () => 'The password is changed. The old one opens nothing any more.');
    });
  },
};

export const officeRecover: Command = {
  usage: 'office recover DIR [--recovery-key-file F] [--new-password-file F] [--password-only] [--kit FILE.pdf]',
  summary: 'opens the office with the recovery key: a new password, new keys, and a new kit in the place of the old',
  signsIn: false,
  run: async (context) => {
    const { args, output } = context;
    const recoveryKey = await recoveryKeySource(args);
    const password = await newPasswordSource(args);
    await withLockedApp(args, args.word(2, 'DIR'), async ({ app, secrets }) => {
      await requireOffice(app);
      const { kit } = await app.office.recover({
        recoveryKey: await secrets.seal('recovery-key', await recoveryKey()),
        password: await secrets.seal('new-password', await password()),
        protection: args.flag('password-only') ? 'password-only' : 'keychain',
        replyKey: await secrets.replyKey(),
      });
      output.say('The office has new keys. The old recovery key, password and second factors open nothing any more.');
      await showKit(app, context, await secrets.openKit(kit));
    });
  },
};
