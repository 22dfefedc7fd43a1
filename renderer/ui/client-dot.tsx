// A client's colour as a small mark; never without the client's name beside it.
import './client-dot.css';
import type { ClientSummary } from '../../shared/ipc/contract/clients.ts';

/** Null stands for all clients. */
export function ClientDot({ colour }: { readonly colour: ClientSummary['colour'] | null }) {
  return <span className="sr-client-dot" data-colour={colour ?? 'all'} aria-hidden="true" />;
}
