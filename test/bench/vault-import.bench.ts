// Bulk insert: the whole import (staging, fingerprints, matching, commit, search index, raw records, receipt), encrypted against plain.
import { benchFolder, statementOf } from './client-databases.ts';
import { compare, type Bench, type Table, tableOf } from './harness.ts';

const ROWS = 100_000;

export const bench: Bench = {
  title: `Import of ${ROWS.toLocaleString('en')} rows into a fresh client database`,
  run: async (): Promise<Table[]> => {
    const events = statementOf(ROWS);
    const folder = benchFolder();
    const importInto = (kind: 'encrypted' | 'plain') => (): void => {
      const { vault, database } = folder.open(kind);
      vault.bring(events);
      database.close();
    };
    try {
      const figure = await compare({
        name: 'staged, matched, committed: SQLCipher against plain SQLite',
        goal: '≥ 0.85× rows/s (≤ 1.18× time)',
        meets: (ratio) => ratio <= 1 / 0.85,
        ours: importInto('encrypted'),
        reference: importInto('plain'),
      });
      return [tableOf([figure])];
    } finally {
      folder.remove();
    }
  },
};
