// Real TLS servers on a free port of 127.0.0.1, which count what reaches them. They answer what a test tells them to.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface TestServer {
  readonly port: number;
  readonly origin: string;
  /** Requests that reached the server, in order, as `METHOD path`. */
  readonly requests: string[];
  /** One entry a TLS connection: whether it resumed a session. */
  readonly resumed: boolean[];
  /** Replaces what later handshakes see. */
  useCertificate(certificate: { pem: string; key: { pem: string } }): void;
  close(): Promise<void>;
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const helloAnswer: Answer = (_request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end('{"hello":"world"}');
};

export async function aTlsServer(options: ServerOptions, answer: Answer = helloAnswer): Promise<TestServer> {
  const requests: string[] = [];
  const resumed: boolean[] = [];
  const server = createServer({ minVersion: 'TLSv1.3', ...options }, (request, response) => {
    requests.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  server.on('secureConnection', (socket) => resumed.push(socket.isSessionReused()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    origin: `https://127.0.0.1:${port}`,
    requests,
    resumed,
    useCertificate: ({ pem, key }) => server.setSecureContext({ cert: pem, key: key.pem }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
