// One handshake to learn who answers at an address, with its verdict beside it. It sends no request and shows no client certificate.
import { type AppError, toWireError } from '../../../shared/errors/app-error.ts';
import type { TlsIdentity } from '../../../shared/ipc/contract/connections.ts';
import type { IdentifiedServer, IdentifyServer } from '../../core/ports/http-client.ts';
import { checkHost } from './check-peer.ts';
import { connectTls, type ConnectRequest } from './connect.ts';
import { hostAndPort } from './host-and-port.ts';
import { toHttpFailure } from './tls-failure.ts';

async function handshake(request: ConnectRequest): Promise<AppError | null> {
  try {
    const socket = await connectTls(request);
    socket.destroy();
    return null;
  } catch (error) {
    return toHttpFailure(error, request.host);
  }
}

/** Builds the port; `lookup` replaces the system's name resolution. */
export function createIdentifyServer(options: Pick<ConnectRequest, 'lookup'> = {}): IdentifyServer {
  return async ({ url, authorityPem }): Promise<IdentifiedServer> => {
    const seen: TlsIdentity[] = [];
    const failure = await handshake({
      ...hostAndPort(url),
      authorityPem,
      clientCertificate: null,
      checkPeer: checkHost,
      onIdentity: (identity) => seen.push(identity),
      lookup: options.lookup,
    });
    const [identity] = seen;
    if (identity) return { identity, problem: failure && toWireError(failure) };
    throw failure ?? toHttpFailure(new Error('no certificate'), hostAndPort(url).host);
  };
}
