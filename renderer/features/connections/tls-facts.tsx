// Who answered at the other end of the line. Facts as the connector process saw them.
import type { TlsIdentity } from '../../../shared/ipc/contract/connections.ts';
import { connectionsText } from '../../text/connections.ts';
import { Facts } from '../../ui/facts.tsx';
import { formatInstantDay } from '../../ui/format.ts';

const text = connectionsText.tlsFields;

export function TlsFacts({ identity }: { readonly identity: TlsIdentity }) {
  const { validFrom, validTo } = identity;
  return (
    <div className="sr-tls">
      <Facts
        items={[
          { name: text.host, value: identity.host },
          { name: text.protocol, value: `${identity.protocol} · ${identity.cipher}` },
          { name: text.subject, value: identity.subject },
          { name: text.issuer, value: identity.issuer },
          { name: text.valid, value: `${formatInstantDay(validFrom)} – ${formatInstantDay(validTo)}` },
          { name: text.key, value: <span className="sr-mono">{identity.spkiSha256}</span> },
          { name: text.certificate, value: <span className="sr-mono">{identity.certificateSha256}</span> },
        ]}
      />
    </div>
  );
}
