// What was written: where, how large, its hash and its totals.
import { Button, Group, Stack } from '@mantine/core';
import type { Output } from '../../api/client.ts';
import { ui } from '../../text/common.ts';
import { exportText as text } from '../../text/statements.ts';
import { Amount } from '../../ui/amount.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { formatBytes, formatCount } from '../../ui/format.ts';

interface ExportResultProps {
  readonly result: Output<'statements', 'export'>;
  readonly currency: string;
  readonly onClose: () => void;
  readonly onAgain: () => void;
}

export function ExportResult({ result, currency, onClose, onAgain }: ExportResultProps) {
  const { path, bytes, sha256, rows, sumMinor } = result;
  return (
    <Stack gap="sm" role="status">
      <Facts
        items={[
          { name: text.path, value: <span className="sr-mono">{path}</span> },
          { name: text.rows, value: formatCount(rows) },
          { name: text.sum, value: <Amount amountMinor={sumMinor} currency={currency} /> },
          { name: text.size, value: <span title={text.bytes(formatCount(bytes))}>{formatBytes(bytes)}</span> },
          { name: text.sha256, value: <span className="sr-mono">{sha256}</span> },
        ]}
      />
      <p className="sr-quiet">{text.note}</p>
      <Group justify="flex-end" gap="xs">
        <CopyButton value={path} variant="default" label={text.copyPath} copied={ui.copied} />
        <CopyButton value={sha256} variant="default" label={text.copyHash} copied={ui.copied} />
        <Button variant="default" onClick={onAgain}>
          {text.again}
        </Button>
        <Button onClick={onClose}>{ui.close}</Button>
      </Group>
    </Stack>
  );
}
