// The practice bank's sign-in names. They are meant to be read: they open nothing but the practice bank.
import type { PracticeBankView } from '../../../shared/ipc/contract/practice.ts';
import { practiceText as text } from '../../text/connections.ts';
import { Table } from '../../ui/table.tsx';

const HEAD = [{ text: text.signInName }, { text: text.signInPassword }, { text: text.signInCompanies }] as const;

export function SignInNames({ signIns }: Pick<PracticeBankView, 'signIns'>) {
  return (
    <div className="sr-sign-in-names">
      <Table label={text.signIns} head={HEAD}>
        {signIns.map(({ name, password, companies }) => (
          <tr key={name}>
            <td className="sr-mono">{name}</td>
            <td className="sr-mono">{password}</td>
            <td>{companies.join(', ')}</td>
          </tr>
        ))}
      </Table>
      <p className="sr-quiet">{text.notSecret}</p>
    </div>
  );
}
