// Account identity, fingerprints, receipts and health: the small pure judgements of the ledger.
import { describe, expect, test } from 'vitest';
import { deriveHealth, judge, JUDGEMENTS } from '../../../electron/core/vault/health.ts';
import { identityKeyOf, resolveAccount } from '../../../electron/core/vault/matching/account-identity.ts';
import { fingerprintOf } from '../../../electron/core/vault/matching/fingerprint.ts';
import { sourceKindOf } from '../../../electron/core/vault/matching/id-promises.ts';
import { normaliseText, similarityOf } from '../../../electron/core/vault/matching/normalise-text.ts';
import { FIRST_PREVIOUS_HASH, sealReceipt, verifyReceiptChain } from '../../../electron/core/vault/receipt-chain.ts';
import type { ConnectionRecord } from '../../../electron/core/ports/connection-repository.ts';
import type { AccountIdentity } from '../../../electron/core/ports/ledger-rows.ts';
import { ERROR_CODES } from '../../../shared/errors/codes.ts';
import { AccountId, BatchId } from '../../../shared/model/ids.ts';
import { instantOf } from '../../../shared/model/instant.ts';
import { CLIENT, createClientVault } from '../../builders/client-vault.ts';
import { aSourceAccount, aSourceRow, statementEvents } from '../../builders/ledger.ts';

const IBAN = 'GB33BUKB20201555555555';
const known = (changes: Partial<AccountIdentity>): AccountIdentity => ({
  id: AccountId.parse(`account_${'0'.repeat(20)}`),
  iban: null,
  institution: 'Practice Bank',
  sourceNumber: '202015 55555555',
  currency: 'GBP',
  ...changes,
});
const source = (changes: object) =>
  ({ id: '202015 55555555', iban: null, currency: 'GBP', institution: 'Practice Bank', ...changes }) as Parameters<
    typeof resolveAccount
  >[0];

describe('account identity', () => {
  test.each([
    [
      'the same IBAN under any resource id',
      known({ iban: IBAN, sourceNumber: 'old' }),
      source({ id: 'new', iban: IBAN, institution: 'X' }),
      'identity',
    ],
    [
      'the number inside a known IBAN',
      known({ iban: IBAN, sourceNumber: 'old' }),
      source({ id: '20201555555555' }),
      'identity',
    ],
    ['the IBAN around a known number', known({}), source({ id: 'r', iban: IBAN }), 'identity'],
    [
      'the same number in other writing under another bank’s name',
      known({}),
      source({ id: '20-20-15/55555555', institution: 'PRCTGB2L' }),
      'identity',
    ],
    [
      'a short number at another bank',
      known({ sourceNumber: '1234' }),
      source({ id: '1234', institution: 'Other' }),
      'ambiguous',
    ],
    ['a short number at the same bank', known({ sourceNumber: '1234' }), source({ id: '1234' }), 'identity'],
    ['another currency', known({ iban: IBAN }), source({ iban: IBAN, currency: 'EUR' }), 'new'],
    [
      'another IBAN with the same name for it',
      known({ iban: IBAN }),
      source({ iban: 'DE89370400440532013000' }),
      'new',
    ],
    ['another number', known({}), source({ id: '202015 66666666' }), 'new'],
  ])('%s', (_name, account, asked, type) => {
    expect(resolveAccount(asked, [account]).type).toBe(type);
  });

  test('two accounts of one IBAN are told apart by currency; without it a person must say', () => {
    const accounts = [
      known({ iban: IBAN }),
      known({ iban: IBAN, currency: 'EUR', id: AccountId.parse(`account_${'1'.repeat(20)}`) }),
    ];
    expect(resolveAccount(source({ iban: IBAN, currency: 'EUR' }), accounts)).toMatchObject({
      type: 'identity',
      accountId: accounts[1]!.id,
    });
    expect(resolveAccount(source({ iban: IBAN, currency: null }), accounts).type).toBe('ambiguous');
  });

  test('the key of an account does not depend on its resource id where it has an IBAN', () => {
    expect(identityKeyOf(source({ id: 'a', iban: IBAN }))).toBe(identityKeyOf(source({ id: 'b', iban: IBAN })));
    expect(identityKeyOf(source({ id: 'a' }))).not.toBe(identityKeyOf(source({ id: 'b' })));
  });

  test('an ambiguous statement is refused at commit until a person assigns it; null makes an account of its own', () => {
    const vault = createClientVault();
    vault.bring(statementEvents({ account: aSourceAccount({ id: '1234', institution: 'One' }), rows: [aSourceRow()] }));
    const events = statementEvents({
      account: aSourceAccount({ id: '1234', institution: 'Two' }),
      rows: [aSourceRow()],
    });
    const batch = vault.stage(events);
    expect(batch.statements.map(({ ambiguous }) => ambiguous)).toEqual([true]);
    expect(() => vault.commit(batch.id)).toThrow(expect.objectContaining({ code: 'ACCOUNT_AMBIGUOUS' }));
    const assign = (batchId: string, accountId: AccountId | null) =>
      vault.handlers.batches.assign(
        { clientId: CLIENT, batchId: BatchId.parse(batchId), statement: 0, accountId },
        vault.context,
      );
    const [own] = vault.store.accounts.list();
    expect(assign(batch.id, own!.id)).toMatchObject({ counts: { new: 0, known: 1 }, warnings: [] });
    expect(assign(batch.id, null)).toMatchObject({ counts: { new: 1, known: 0 } });
    vault.commit(batch.id);
    expect(vault.store.accounts.list()).toHaveLength(2);
  });
});

describe('fingerprint version 1', () => {
  test('stays what it is: these are stored in vaults', () => {
    expect(fingerprintOf(aSourceRow())).toBe('3d49a686a30f1a7c1a1e3df5917dc931');
    expect(fingerprintOf(aSourceRow({ counterparty: null, endToEndId: 'E2E 1', amountMinor: '1' }))).toBe(
      '8d550946ced096b590e4f1ee96e6638d',
    );
  });

  test('case, marks, width and blanks do not count; NOTPROVIDED is no reference', () => {
    const same = aSourceRow({ description: '  COFFEE—at the ｃorner!', endToEndId: 'NOTPROVIDED' });
    expect(fingerprintOf(same)).toBe(fingerprintOf(aSourceRow()));
  });

  test.each([
    { bookingDate: '2026-03-03' },
    { amountMinor: '350' },
    { currency: 'EUR' },
    { description: 'Tea' },
    { counterparty: null },
    { endToEndId: 'x' },
  ])('%o is another row', (change) => {
    expect(fingerprintOf(aSourceRow(change))).not.toBe(fingerprintOf(aSourceRow()));
  });

  test('an id or a running balance is no part of it', () => {
    expect(fingerprintOf(aSourceRow({ sourceId: 'x', balanceAfterMinor: '1' }))).toBe(fingerprintOf(aSourceRow()));
  });
});

test('texts are alike by their words', () => {
  expect(normaliseText('Café  MÜLLER, Köln #12')).toBe('café müller köln 12');
  expect(similarityOf('acme payroll', 'acme payroll may')).toBe(1);
  expect(similarityOf('card acme', 'acme ltd')).toBe(0.5);
  expect(similarityOf('', 'acme')).toBe(0);
});

test('readers are recognised by the beginning of their names', () => {
  expect([
    sourceKindOf('ofx 1.02').ids,
    sourceKindOf('OFX-2.2').prefix,
    sourceKindOf('camt 053.001.08').ids,
    sourceKindOf('?').prefix,
  ]).toEqual(['account', 'ofx', 'none', 'other']);
});

describe('receipt chain', () => {
  const vault = createClientVault();
  for (const at of [1, 2, 3]) vault.bring(statementEvents({ rows: [aSourceRow({ description: `row ${at}` })] }));
  const chain = vault.store.batches.receipts();

  test('holds', () => {
    expect(chain).toHaveLength(3);
    expect(chain[0]!.previousHash).toBe(FIRST_PREVIOUS_HASH);
    expect(verifyReceiptChain(chain)).toBeNull();
    expect(verifyReceiptChain([])).toBeNull();
  });

  test.each([
    ['an edit', (c: typeof chain) => c.with(1, { ...c[1]!, payloadBytes: 2 }), 1],
    [
      'an edit with its own hash redone',
      (c: typeof chain) => c.with(1, sealReceipt({ ...(({ hash: _hash, ...rest }) => rest)(c[1]!), payloadBytes: 2 })),
      2,
    ],
    ['a deletion', (c: typeof chain) => c.toSpliced(0, 1), 0],
    ['a new order', (c: typeof chain) => [c[0]!, c[2]!, c[1]!], 1],
    ['a nested edit', (c: typeof chain) => c.with(2, { ...c[2]!, counts: { ...c[2]!.counts, new: 9 } }), 2],
  ])('%s is found', (_name, tamper, at) => {
    expect(verifyReceiptChain(tamper(chain))).toBe(at);
  });
});

describe('health', () => {
  const now = instantOf(Date.parse('2026-06-01T08:00:00.000Z'));
  const at = (days: number) => instantOf(Date.parse(now) + days * 86_400_000);
  const connection = (changes: Partial<ConnectionRecord>) =>
    ({
      stage: 'ready',
      paused: false,
      needsSignIn: false,
      cause: null,
      causeParams: {},
      lastTryAt: now,
      lastGoodSyncAt: at(-0.5),
      nextAllowedAt: null,
      consentExpiresAt: at(60),
      ...changes,
    }) as ConnectionRecord;
  const health = (changes: Partial<ConnectionRecord>) =>
    deriveHealth({ connection: connection(changes), callsToday: 3, now });

  test.each([
    ['all well', {}, 'healthy', 'nobody', null],
    ['nothing new for two days', { lastGoodSyncAt: at(-2) }, 'stale', 'you', null],
    ['never synced', { lastGoodSyncAt: null }, 'stale', 'you', null],
    ['consent ends in two weeks', { consentExpiresAt: at(14) }, 'renewal-due', 'you', null],
    ['consent ended', { consentExpiresAt: at(-1) }, 'needs-you', 'you', 'CONSENT_EXPIRED'],
    ['restored from a backup', { needsSignIn: true }, 'needs-you', 'you', 'CONNECTION_CREDENTIALS_MISSING'],
    ['rate limited', { cause: 'BANK_RATE_LIMITED', nextAllowedAt: at(0.1) }, 'limited', 'nobody', 'BANK_RATE_LIMITED'],
    ['rate limit over', { cause: 'BANK_RATE_LIMITED', nextAllowedAt: at(-0.1) }, 'healthy', 'nobody', null],
    ['another key', { cause: 'TLS_PIN_MISMATCH' }, 'blocked', 'you', 'TLS_PIN_MISMATCH'],
    ['redirected', { cause: 'BANK_REDIRECTED' }, 'blocked', 'you', 'BANK_REDIRECTED'],
    ['the bank’s server fails', { cause: 'BANK_SERVER_ERROR' }, 'stale', 'bank', 'BANK_SERVER_ERROR'],
    ['paused above all', { paused: true, cause: 'TLS_PIN_MISMATCH' }, 'paused', 'you', 'TLS_PIN_MISMATCH'],
  ] as const)('%s', (_name, changes, state, whoseMove, cause) => {
    expect(health(changes)).toMatchObject({ state, whoseMove, cause, callsToday: 3 });
  });

  test('every code that a bank’s side can leave has a judgement of its own', () => {
    const codes = ERROR_CODES.filter((code) => /^(TLS|BANK|CONSENT)_/.test(code));
    expect(codes.filter((code) => !JUDGEMENTS[code])).toEqual([]);
    expect(judge('INTERNAL_UNEXPECTED')).toEqual(['needs-you', 'you']);
  });
});
