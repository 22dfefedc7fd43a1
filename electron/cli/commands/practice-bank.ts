// `strongroom practice-bank`: runs the practice bank alone until it is interrupted.
import { AppError } from '../../../shared/errors/app-error.ts';
import { startPracticeBankProcess } from '../../practice-bank/spawn.ts';
import { MISBEHAVIOURS, MisbehaviourName } from '../../practice-bank/misbehaviours.ts';
import type { PracticeBankDetails } from '../../practice-bank/details.ts';
import type { Arguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { defaultDetailsPath } from '../practice-details.ts';

function readMisbehaviours(args: Arguments) {
  return [...args.values('misbehave'), ...args.words.slice(1)].map((name) => {
    const parsed = MisbehaviourName.safeParse(name);
    if (parsed.success) return parsed.data;
    throw new AppError('USAGE_INVALID', {
      problem: `no misbehaviour ‘${name}’; there are ${Object.keys(MISBEHAVIOURS).join(', ')}`,
    });
  });
}

function detailsText(details: PracticeBankDetails, path: string): string {
  const { issuer, resourceBase, authorityPem, pins, signIns } = details;
  const people = signIns.map(({ name, password, companies }) => `  ${name} / ${password}: ${companies.join(', ')}`);
  return [
    `address     ${issuer}`,
    `interface   ${resourceBase}`,
    `pin         ${pins.current}`,
    `backup pin  ${pins.backup}`,
    'sign-ins',
    ...people,
    `details in  ${path}`,
    authorityPem.trim(),
    'Ctrl C ends it.',
  ].join('\n');
}

export const practiceBank: Command = {
  usage: 'practice-bank [--port N] [--misbehave NAME…] [--details FILE]',
  summary: 'runs the practice bank alone; prints address, authority, pins, sign-in names',
  run: async ({ args, output }) => {
    const detailsFile = args.value('details') ?? defaultDetailsPath();
    const port = Number(args.value('port') ?? 0);
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new AppError('USAGE_INVALID', { problem: '--port takes 0 to 65535' });
    const bank = await startPracticeBankProcess({ port, misbehave: readMisbehaviours(args), detailsFile });
    const { client, ...shown } = bank.details;
    output.result({ ...shown, clientId: client.clientId, details: detailsFile }, () =>
      detailsText(bank.details, detailsFile),
    );
    await new Promise<void>((resolve) => {
      process.once('SIGINT', resolve);
      process.once('SIGTERM', resolve);
    });
    await bank.close();
  },
};
