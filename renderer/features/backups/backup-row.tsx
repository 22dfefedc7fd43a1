// One written backup, and the button that proves it by decrypting and checking all of it.
import { Button } from '@mantine/core';
import type { BackupRecord } from '../../../shared/ipc/contract/backups.ts';
import { useAction } from '../../api/query.ts';
import { backups as words } from '../../text/backups.ts';
import { InstantText } from '../../ui/date-text.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { formatBytes, formatCount } from '../../ui/format.ts';
import { StateBadge } from '../../ui/state-badge.tsx';

export function BackupRow({ record }: { readonly record: BackupRecord }) {
  const verify = useAction('backups', 'verifyOwn');
  const name = record.path.split(/[\\/]/).at(-1);
  const folder = record.path.slice(0, record.path.length - (name?.length ?? 0));
  return (
    <>
      <tr>
        <td className="sr-nowrap">
          <InstantText at={record.createdAt} style="exact" />
        </td>
        <td className="sr-backup-path" title={`${record.path}\nSHA-256 ${record.sha256}`}>
          {name}
          <span className="sr-quiet">{folder}</span>
        </td>
        <td data-align="end">{formatCount(record.clients)}</td>
        <td data-align="end">{formatCount(record.transactions)}</td>
        <td data-align="end" className="sr-nowrap">
          {formatBytes(record.bytes)}
        </td>
        <td>{record.passphrase ? words.kitAndPassphrase : words.kit}</td>
        <td className="sr-nowrap">
          {record.verifiedAt === null ? (
            <StateBadge tone="attention" word={words.never} />
          ) : (
            <InstantText at={record.verifiedAt} />
          )}
        </td>
        <td>
          <Button
            variant="default"
            size="compact-xs"
            loading={verify.isPending}
            aria-label={`${words.verify}: ${name ?? ''}`}
            onClick={() => verify.mutate({ path: record.path })}
          >
            {words.verify}
          </Button>
        </td>
      </tr>
      {(verify.isError || verify.isSuccess) && (
        <tr>
          <td colSpan={8}>
            {verify.isError && <ErrorPanel error={verify.error} size="compact" />}
            {verify.isSuccess && (
              <p role="status">
                <StateBadge
                  tone={verify.data.ok ? 'good' : 'bad'}
                  word={verify.data.ok ? words.verified.title : words.verified.broken}
                />{' '}
                <span className="sr-quiet">
                  {words.verified.summary(
                    formatCount(verify.data.files.length),
                    formatCount(verify.data.clients),
                    formatCount(verify.data.transactions),
                  )}
                </span>
              </p>
            )}
          </td>
        </tr>
      )}
    </>
  );
}
