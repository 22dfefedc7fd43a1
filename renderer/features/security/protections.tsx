// The honest list: only what holds for this office as it is now.
import type { OfficeStatus } from '../../../shared/ipc/contract/office.ts';
import { protections as words, security } from '../../text/security.ts';
import { Section } from '../../ui/page.tsx';

export function Protections({ status }: { readonly status: OfficeStatus }) {
  const keychain = status.protection === 'keychain';
  const key = keychain
    ? { title: words.keychain.title, text: words.keychain.text(status.keychain.name) }
    : words.passwordOnly;
  const lock = { title: words.lock.title(status.lockAfterMinutes), text: words.lock.text };
  const credentials = status.keychain.available ? words.credentials : words.noCredentialStore;
  return (
    <Section title={security.protects}>
      <dl className="sr-points">
        {[key, words.databases, words.network, credentials, lock, words.audit].map(({ title, text }) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd className="sr-quiet">{text}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
