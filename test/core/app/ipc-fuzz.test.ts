// 50,000 mutated messages through the app's dispatcher: only typed errors, nothing thrown, nothing reaches the vault unvalidated. @see security.md §3 row 31
import {
  constantFrom,
  sample,
  type Arbitrary,
  anything,
  array,
  dictionary,
  jsonValue,
  oneof,
  record,
  string,
  tuple,
} from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../../shared/errors/codes.ts';
import { RENDERER_ORIGIN } from '../../../shared/ipc/bridge.ts';
import { WireReply } from '../../../shared/ipc/call.ts';
import { CALL_CHANNELS } from '../../../shared/ipc/channels.gen.ts';
import type { AppSender } from '../../../electron/core/app/app.ts';
import { anInspection, anOpenedOffice, anUnlocking, createAppOverDoubles } from '../../builders/app-over-doubles.ts';

const MESSAGES = Number(process.env['STRONGROOM_FUZZ_MESSAGES'] ?? 50_000);
const TIMEOUT_MS = 60_000 + MESSAGES * 2;
const PAGE: AppSender = { kind: 'window', id: 'one', origin: RENDERER_ORIGIN, mainFrame: true };

const channel = oneof(
  { weight: 6, arbitrary: constantFrom<string>(...CALL_CHANNELS) },
  constantFrom(
    'vaultOffice.close',
    'staging.add',
    '__proto__.x',
    'constructor.constructor',
    'office',
    'office.',
    '.',
    '',
  ),
  string(),
);
/** Names that a careless object lookup or merge would follow, beside names that calls know. */
const name = oneof(
  constantFrom(
    '__proto__',
    'constructor',
    'prototype',
    'clientId',
    'password',
    'name',
    'path',
    'key',
    'limit',
    'offset',
    'jobId',
  ),
  string(),
);
const value = oneof(
  jsonValue(),
  constantFrom('', '\u0000', '../../etc/passwd', '9'.repeat(400), `client_${'0b'.repeat(10)}`, -1, 1e308),
);
const input = oneof(value, dictionary(name, value, { maxKeys: 6 }), array(value, { maxLength: 4 }));
const request = oneof(
  {
    weight: 8,
    arbitrary: record({
      call: channel,
      input,
      session: constantFrom<string | null>(null, null, null, 's'.repeat(43), ''),
      window: constantFrom<string | null>(null, null, null, 'one', 'command-line'),
    }),
  },
  record({ call: channel, input: anything(), session: constantFrom(null), extra: value }, { requiredKeys: [] }),
  jsonValue(),
);

/** Text of a request, as it is or with one character changed, cut, doubled or swallowed. */
const text: Arbitrary<string> = tuple(request, constantFrom('whole', 'cut', 'flip', 'double', 'prefix'), string()).map(
  ([message, change, noise]) => {
    const whole =
      JSON.stringify(message, (_, one: unknown) => (typeof one === 'bigint' ? String(one) : one)) ?? 'undefined';
    const at = whole.length >> 1;
    if (change === 'cut') return whole.slice(0, at);
    if (change === 'flip') return `${whole.slice(0, at)}${noise}${whole.slice(at + 1)}`;
    if (change === 'double') return whole + whole;
    return change === 'prefix' ? noise + whole : whole;
  },
);

const sender = constantFrom<AppSender>(
  PAGE,
  PAGE,
  PAGE,
  { kind: 'command-line' },
  { kind: 'window', id: 'one', origin: 'https://evil.example', mainFrame: true },
  { kind: 'window', id: 'one', origin: RENDERER_ORIGIN, mainFrame: false },
);

async function hammer(unlocked: boolean): Promise<Map<string, number>> {
  const { app, client, log, processes } = createAppOverDoubles({
    'vaultOffice.inspect': () => anInspection('password-only'),
    'vaultOffice.unlock': () => anOpenedOffice('password-only'),
  });
  if (unlocked) await client.office.unlock(anUnlocking());
  const outcomes = new Map<string, number>();
  for (const [from, message] of sample(tuple(sender, text), { numRuns: MESSAGES / 2, seed: unlocked ? 1 : 2 })) {
    const reply = WireReply.parse(await app.dispatch(from, message));
    const outcome = reply.ok ? 'answered' : reply.error.code;
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    if (!reply.ok) expect(ERROR_CODES).toContain(reply.error.code);
  }
  // A call that passed every check meets a vault double without an answer for it: the double's own complaint is the only bug allowed.
  const bugs = log.filter(({ level, error }) => level === 'error' && !/no (answer|practice bank)/.test(String(error)));
  expect(bugs).toEqual([]);
  expect(processes.started.length).toBeLessThan(3);
  return outcomes;
}

describe(`${MESSAGES} mutated messages`, () => {
  it('are answered with typed errors while the office is open', { timeout: TIMEOUT_MS }, async () => {
    const outcomes = await hammer(true);
    for (const code of ['IPC_SENDER_REFUSED', 'IPC_INPUT_INVALID', 'IPC_CALL_UNKNOWN'])
      expect(outcomes.get(code)).toBeGreaterThan(MESSAGES / 500);
  });

  it('are answered with typed errors while the office is locked', { timeout: TIMEOUT_MS }, async () => {
    const outcomes = await hammer(false);
    for (const code of ['IPC_SENDER_REFUSED', 'IPC_INPUT_INVALID', 'IPC_CALL_UNKNOWN'])
      expect(outcomes.get(code)).toBeGreaterThan(MESSAGES / 500);
  });

  it('change nothing that every object inherits', () => {
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
