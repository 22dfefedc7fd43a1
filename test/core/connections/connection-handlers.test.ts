// Making a connection where there is no keychain: bank credentials have no other place, so there is no connection.
import { expect, it } from 'vitest';
import { contract } from '../../../shared/ipc/contract.ts';
import type { InputOf } from '../../../shared/ipc/call.ts';
import { sampleInput } from '../../architecture/role-matrix-input.ts';
import { anInspection, anOpenedOffice, anUnlocking, createAppOverDoubles } from '../../builders/app-over-doubles.ts';
import { createFakeKeychain } from '../../builders/fake-keychain.ts';

it('without a keychain no connection is made and no credential written', async () => {
  const secrets = createFakeKeychain(false);
  const { client, processes } = createAppOverDoubles(
    {
      'vaultOffice.inspect': () => anInspection('password-only'),
      'vaultOffice.unlock': () => anOpenedOffice('password-only'),
    },
    secrets,
  );
  await client.office.unlock(anUnlocking());
  const { create } = contract.connections;
  const details = sampleInput(create.input, '/nowhere') as InputOf<typeof create>;
  const enrolment = { certificatePem: 'CERTIFICATE', privateKeyPem: 'KEY' };
  await expect(client.connections.create({ ...details, enrolment })).rejects.toMatchObject({
    code: 'KEYCHAIN_UNAVAILABLE',
  });
  expect(secrets.writes).toEqual([]);
  expect(processes.last('vault').heard.map(({ call }) => call)).not.toContain('vaultConnections.create');
});
