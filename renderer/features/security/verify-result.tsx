// What "Verify now" found, check by check.
import type { VerifyReport } from '../../../shared/ipc/contract/office.ts';
import { security as words } from '../../text/security.ts';
import { Section } from '../../ui/page.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Table } from '../../ui/table.tsx';

export function VerifyResult({ report }: { readonly report: VerifyReport }) {
  return (
    <Section
      title={report.ok ? words.verifiedOk : words.verifiedBad}
      aside={<StateBadge tone={report.ok ? 'good' : 'bad'} word={report.ok ? words.whole : words.broken} />}
    >
      <Table label={words.check} head={[{ text: words.check }, { text: words.result }, { text: words.detail }]}>
        {report.checks.map(({ name, ok, detail }) => (
          <tr key={name}>
            <td>{name}</td>
            <td>
              <StateBadge tone={ok ? 'good' : 'bad'} word={ok ? words.whole : words.broken} />
            </td>
            <td className="sr-quiet">{detail}</td>
          </tr>
        ))}
      </Table>
    </Section>
  );
}
