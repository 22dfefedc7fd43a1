// The recovery kit as it is printed: whose it is, the eight groups, their QR code, how to use and where to keep it. It stores nothing.
import './recovery-kit.css';
import type { RecoveryKit } from '../../shared/ipc/contract/office.ts';
import { recovery as words } from '../text/recovery.ts';
import { Facts } from './facts.tsx';
import { formatInstant } from './format.ts';
import { Mark } from './mark.tsx';
import { QrCode } from './qr-code.tsx';

export function KitPaper({ kit }: { readonly kit: RecoveryKit }) {
  return (
    <section className="sr-kit" aria-label={words.paperTitle}>
      <h2>
        <Mark size={20} /> {words.paperTitle}
      </h2>
      <div className="sr-kit-top">
        <Facts
          items={[
            { name: words.office, value: kit.officeName },
            { name: words.officeId, value: <span className="sr-mono">{kit.officeId}</span> },
            { name: words.created, value: formatInstant(kit.createdAt) },
          ]}
        />
        <QrCode text={kit.groups.join('-')} label={words.scan} />
      </div>
      <ol className="sr-kit-groups" aria-label={words.key}>
        {kit.groups.map((group, position) => (
          <li key={words.group(position)}>
            <span className="sr-kit-number">{position + 1}</span>
            <b>{group}</b>
          </li>
        ))}
      </ol>
      <p>{words.paperUse}</p>
      <p>{words.paperKeep}</p>
    </section>
  );
}
