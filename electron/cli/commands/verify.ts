// `strongroom verify`: the integrity of every database, the header and the audit chains.
import { exitCodeOf } from '../../../shared/errors/codes.ts';
import type { Command } from '../command.ts';
import { withOffice } from '../open-office.ts';
import { formatTable } from '../output.ts';

export const verify: Command = {
  usage: 'verify DIR',
  summary: 'checks every database, the header and the audit chains',
  run: async ({ args, output }) => {
    await withOffice(args, args.word(1, 'DIR'), async (app) => {
      const report = await app.office.verify({});
      output.result(report, () =>
        formatTable(
          ['check', 'result', 'detail'],
          report.checks.map(({ name, ok, detail }) => [name, ok ? 'ok' : 'FAILED', detail]),
        ),
      );
      if (report.ok) return;
      output.say(
        'Something in this office is damaged. Nothing was repaired or deleted: keep the folder as it is and restore a backup elsewhere:\n  strongroom backup restore FILE NEW_DIR --recovery-key-file F',
      );
      process.exitCode = exitCodeOf('VAULT_CORRUPT');
    });
  },
};
