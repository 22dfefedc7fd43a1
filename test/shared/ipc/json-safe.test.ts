// Every value of every contract can cross as JSON: the contracts' own JSON schemas are walked and what JSON cannot carry is refused.
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { contract } from '../../../shared/ipc/contract.ts';
import { callsOf, eventsOf, type Contract } from '../../../shared/ipc/call.ts';
import { connectorContract } from '../../../shared/ipc/processes/connector-contract.ts';
import { vaultContract } from '../../../shared/ipc/processes/vault-contract.ts';

const contracts: Readonly<Record<string, Contract>> = { contract, vaultContract, connectorContract };

function schemasOf(one: Contract): [string, z.ZodType][] {
  const calls = [...callsOf(one)].flatMap(([channel, { input, output }]): [string, z.ZodType][] => [
    [`${channel} input`, input],
    [`${channel} output`, output],
  ]);
  return [...calls, ...[...eventsOf(one)].map(([channel, { payload }]): [string, z.ZodType] => [channel, payload])];
}

/** Throws for a date, bigint, map, set, symbol, undefined or void anywhere inside. */
function walk(schema: z.ZodType): void {
  for (const io of ['input', 'output'] as const) z.toJSONSchema(schema, { io, unrepresentable: 'throw' });
}

const everySchema = Object.entries(contracts).flatMap(([name, one]) =>
  schemasOf(one).map(([channel, schema]) => [name, channel, schema] as const),
);

describe('every contract', () => {
  it.each(everySchema)('%s carries %s as JSON', (_name, _channel, schema) => {
    walk(schema);
  });

  it.each([
    ['date', z.date()],
    ['bigint', z.bigint()],
    ['map', z.map(z.string(), z.string())],
    ['set', z.set(z.string())],
    ['void', z.void()],
    ['undefined', z.undefined()],
  ])('would be refused with a %s in it', (_, schema) => {
    expect(() => walk(z.strictObject({ deep: z.array(schema) }))).toThrow();
  });

  it('says what it takes and refuses what it does not know', () => {
    for (const [, channel, schema] of everySchema.filter(([, channel]) => channel.endsWith('input')))
      expect(schema.safeParse({ unknownProperty: 1 }).success, channel).toBe(false);
  });
});
