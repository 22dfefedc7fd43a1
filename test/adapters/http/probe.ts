// A process of its own that sends one request with the pinned client and prints the status or the error's code.
import { createOpenHttpClient } from '../../../electron/adapters/http/pinned-client.ts';
import type { Pin } from '../../../shared/ipc/contract/connections.ts';
import { AppError } from '../../../shared/errors/app-error.ts';

const { origin, pins, authorityPem, certificatePem, privateKeyPem } = JSON.parse(process.argv[2] ?? '') as {
  readonly origin: string;
  readonly pins: Pin[];
  readonly authorityPem: string | null;
  readonly certificatePem: string;
  readonly privateKeyPem: string;
};
const http = createOpenHttpClient()({
  origins: [origin],
  pins,
  authorityPem,
  clientCertificate: { certificatePem, privateKeyPem },
});
try {
  const { status } = await http.send({ method: 'GET', url: `${origin}/`, headers: {}, body: null });
  process.stdout.write(`${status}\n`);
} catch (error) {
  process.stdout.write(`${error instanceof AppError ? error.code : String(error)}\n`);
} finally {
  await http.close();
}
