// The public key that others check an exported log with. It is no secret: it may be selected and copied by hand.
import { audit as words } from '../../text/audit.ts';

export function CheckpointKey({ value }: { readonly value: string }) {
  return (
    <p className="sr-checkpoint">
      <span className="sr-quiet">{words.export.key}</span> <code>{value}</code>
    </p>
  );
}
