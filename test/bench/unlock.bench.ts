// Unlock of an office, held against its anchor, against Argon2id alone with the same parameters.
import argon2 from 'argon2';
import { createArgon2Kdf } from '../../electron/adapters/crypto/argon2-kdf.ts';
import {
  createTestVault,
  lock,
  openNewOffice,
  PASSWORD,
  signIn,
  temporaryPlace,
  testServices,
} from '../core/vault/vault-bench.ts';
import { compare, type Bench, type Table, tableOf } from './harness.ts';

const CLIENTS = 200;

export const bench: Bench = {
  title: `Unlock of an office with ${CLIENTS} clients`,
  run: async (): Promise<Table[]> => {
    const place = temporaryPlace();
    const kdf = createArgon2Kdf();
    const parameters = await kdf.calibrate();
    const services = testServices({ kdf: { ...kdf, calibrate: () => Promise.resolve(parameters) } });
    const { vault, owner } = await openNewOffice(place.directory, createTestVault(services));
    for (let client = 1; client <= CLIENTS; client += 1) await vault.client.clients.add({ name: `Client ${client}` });
    let anchor = await lock(vault);
    const { memoryKiB, passes, lanes } = parameters;
    const options = {
      raw: true,
      type: argon2.argon2id,
      memoryCost: memoryKiB,
      timeCost: passes,
      parallelism: lanes,
    } as const;
    try {
      const figure = await compare({
        name: `unlock, list of clients (Argon2id m=${memoryKiB / 1024} MiB t=${passes} p=${lanes})`,
        goal: '≤ 1.25× bare Argon2id',
        meets: (ratio) => ratio <= 1.25,
        ours: async () => {
          const opened = createTestVault(services);
          await signIn(opened, { directory: place.directory, person: owner }, { anchor });
          await opened.client.clients.list({});
          anchor = await lock(opened);
        },
        reference: async () => void (await argon2.hash(PASSWORD, options)),
      });
      return [tableOf([figure])];
    } finally {
      place.remove();
    }
  },
};
