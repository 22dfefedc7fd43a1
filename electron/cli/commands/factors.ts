// `strongroom factors …`: the signed-in person's authenticator app, set up by a QR code on the terminal, and removed.
import { encodeQR } from 'qr';
import { AppError } from '../../../shared/errors/app-error.ts';
import { CodeEnrolment } from '../../../shared/ipc/contract/factors.ts';
import type { SealedText } from '../../../shared/model/sealed-text.ts';
import { z } from 'zod';
import type { AppClient, Command } from '../command.ts';
import { withOffice } from '../open-office.ts';
import type { Output } from '../output.ts';
import type { SealedSecrets } from '../sealed-secrets.ts';
import { askCode } from '../secrets-input.ts';

const CONFIRM_TRIES = 3;

/** Light squares are drawn: that is right on a dark terminal, and colours say so where there is one. */
function drawCode(text: string): string {
  return encodeQR(text, process.stderr.isTTY ? 'term' : 'ascii', { ecc: 'low', border: 2 });
}

function showEnrolment(output: Output, { uri, secret }: CodeEnrolment): void {
  const key = secret.replaceAll(/.{4}(?=.)/g, '$& ');
  output.say(`${drawCode(uri)}\nScan this with the authenticator app, or enter the key by hand.\nKey: ${key}\n${uri}`);
}

async function showRecoveryCodes(output: Output, secrets: SealedSecrets, sealed: SealedText): Promise<void> {
  const recoveryCodes = z.array(z.string()).parse(JSON.parse(await secrets.open('recovery-codes', sealed)));
  output.say('Keep the recovery codes on paper: each stands in for the app once. They are shown once.');
  output.result({ recoveryCodes }, () => recoveryCodes.join('\n'));
}

interface Confirmation {
  readonly app: AppClient;
  readonly secrets: SealedSecrets;
  readonly output: Output;
}

/** A code typed too late or wrongly gets another try: the app would have to be set up anew otherwise. */
async function confirm({ app, secrets, output }: Confirmation): Promise<SealedText> {
  for (let tries = 1; ; tries += 1) {
    const code = await askCode('Code that the app shows now');
    try {
      return (await app.factors.confirmCode({ code, replyKey: await secrets.replyKey() })).recoveryCodes;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'FACTOR_CODE_WRONG' || tries >= CONFIRM_TRIES) throw error;
      output.say('That is not the app’s present code.');
    }
  }
}

export const factorsTotp: Command = {
  usage: 'factors totp DIR',
  summary: 'sets up an authenticator app as your second factor; shows a QR code and ten recovery codes, once',
  run: async ({ args, output }) => {
    await withOffice(args, args.word(2, 'DIR'), async (app, { secrets }) => {
      const { enrolment } = await app.factors.beginCode({ replyKey: await secrets.replyKey() });
      showEnrolment(output, CodeEnrolment.parse(JSON.parse(await secrets.open('one-time-codes', enrolment))));
      const sealed = await confirm({ app, secrets, output });
      output.say('Set up.');
      await showRecoveryCodes(output, secrets, sealed);
    });
  },
};

export const factorsCodes: Command = {
  usage: 'factors codes DIR',
  summary: 'makes ten new recovery codes for your authenticator app, shown once; the old ones stand in no more',
  run: async ({ args, output }) => {
    await withOffice(args, args.word(2, 'DIR'), async (app, { secrets }) => {
      const { recoveryCodes } = await app.factors.renewRecoveryCodes({ replyKey: await secrets.replyKey() });
      await showRecoveryCodes(output, secrets, recoveryCodes);
    });
  },
};

export const factorsRemoveTotp: Command = {
  usage: 'factors remove-totp DIR',
  summary: 'removes your authenticator app and its recovery codes',
  run: async ({ args, output }) => {
    await withOffice(args, args.word(2, 'DIR'), async (app) => {
      await app.factors.removeCode({});
      output.result({ removed: true }, () => 'Removed. Your password alone signs you in now.');
    });
  },
};
