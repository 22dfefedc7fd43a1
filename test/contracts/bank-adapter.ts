// What every BankAdapter must do, whatever its protocol. A subject is an adapter with a bank behind it; run it with `bankAdapterContract`.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  BankAdapter,
  BankSession,
  BankSlice,
  FetchRequest,
  SignedIn,
} from '../../electron/core/ports/bank-adapter.ts';
import type { CalendarDate } from '../../shared/model/calendar-date.ts';
import { Tokens } from '../../shared/ipc/processes/connector-contract.ts';
import { SourceAccount, SourceEvent, type SourceTransaction } from '../../shared/model/source.ts';
import { StatementProof } from '../../shared/model/statement-proof.ts';

/** An account as the bank's own books have it. */
export interface TrueAccount {
  readonly iban: string;
  readonly closingMinor: string;
  readonly booked: number;
  readonly pending: number;
}

export interface BankAdapterSubject {
  readonly adapter: BankAdapter;
  /** The first day of the bank's books. */
  readonly from: CalendarDate;
  /** A session of its own; `abort` ends its job. */
  openSession(): { session: BankSession; abort: () => void; close: () => Promise<void> };
  /** Begins, signs in at the bank as a user who approves all accounts, and finishes. */
  signIn(session: BankSession): Promise<{ signedIn: SignedIn; consentId: string }>;
  books(): Promise<readonly TrueAccount[]>;
  /** Resource ids that the bank has been asked for since the last call of this function. */
  askedSince(): Promise<readonly string[]>;
  close(): Promise<void>;
}

const rowsOf = (slices: readonly BankSlice[]): SourceTransaction[] =>
  slices.flatMap(({ events }) => events).flatMap((event) => (event.type === 'transactions' ? event.items : []));

/** `statement` (`transactions` | `warning`)* `statement-end`, and then nothing. */
const GRAMMAR = /^S[TW]*E$/;
const letters = { statement: 'S', transactions: 'T', warning: 'W', 'statement-end': 'E' } as const;

export function bankAdapterContract(name: string, start: () => Promise<BankAdapterSubject>): void {
  describe(`${name} as a bank adapter`, () => {
    let subject: BankAdapterSubject;
    let opened: ReturnType<BankAdapterSubject['openSession']>;
    let granted: { signedIn: SignedIn; consentId: string };

    beforeAll(async () => {
      subject = await start();
      opened = subject.openSession();
      granted = await subject.signIn(opened.session);
    });

    afterAll(async () => {
      await opened.close();
      await subject.close();
    });

    function request(change: Partial<FetchRequest> = {}): FetchRequest {
      const { tokens, accounts } = granted.signedIn;
      const { consentId } = granted;
      const all = accounts.map(({ resourceId }) => ({ resourceId, name: resourceId, from: subject.from }));
      return { tokens, consentId, attended: true, accounts: all, ...change };
    }

    async function fetched(change: Partial<FetchRequest> = {}, session = opened.session): Promise<BankSlice[]> {
      const slices: BankSlice[] = [];
      for await (const slice of subject.adapter.fetch(session, request(change))) slices.push(slice);
      return slices;
    }

    it('brings JSON-safe tokens and account identities', () => {
      const { tokens, accounts } = granted.signedIn;
      expect(Tokens.parse(structuredClone(tokens))).toEqual(tokens);
      for (const { account } of accounts) expect(SourceAccount.parse(account)).toEqual(account);
      expect(new Set(accounts.map(({ resourceId }) => resourceId)).size).toBe(accounts.length);
    });

    it('brings events of the model, in the order statement, rows, end; each account ends once, complete', async () => {
      const slices = await fetched();
      for (const { resourceId } of granted.signedIn.accounts) {
        const own = slices.filter((slice) => slice.resourceId === resourceId);
        const events = own.flatMap((slice) => slice.events.map((event) => SourceEvent.parse(event)));
        expect(events.map(({ type }) => letters[type]).join('')).toMatch(GRAMMAR);
        expect(own.map(({ complete }) => complete).indexOf(true)).toBe(own.length - 1);
      }
    });

    it('brings what the bank’s books hold, to the minor unit, and proves it', async () => {
      const books = await subject.books();
      for (const { resourceId, account } of granted.signedIn.accounts) {
        const slices = await fetched({ accounts: [{ resourceId, name: '', from: subject.from }] });
        const truth = books.find(({ iban }) => iban === account.iban);
        const rows = rowsOf(slices);
        expect(rows.filter(({ state }) => state === 'booked')).toHaveLength(truth?.booked ?? -1);
        expect(rows.filter(({ state }) => state === 'pending')).toHaveLength(truth?.pending ?? -1);
        const end = slices.at(-1)?.events.at(-1);
        if (end?.type !== 'statement-end') throw new Error('no end');
        expect(end.closing?.amountMinor).toBe(truth?.closingMinor);
        const proof = new StatementProof(account);
        for (const row of rows) proof.add(row);
        expect(proof.result(end.opening, end.closing)).not.toBe('fail');
      }
    });

    it('asks for no account that it was not told to', async () => {
      const [first] = granted.signedIn.accounts;
      await subject.askedSince();
      await fetched({ accounts: [{ resourceId: first?.resourceId ?? '', name: '', from: subject.from }] });
      expect(new Set(await subject.askedSince())).toEqual(new Set([first?.resourceId]));
    });

    it('lets an unknown account fail alone', async () => {
      const accounts = [{ resourceId: 'unknown', name: '', from: subject.from }, ...request().accounts.slice(0, 1)];
      const slices = await fetched({ accounts });
      expect(slices[0]).toMatchObject({ resourceId: 'unknown', complete: false, failed: { name: 'AppError' } });
      expect(slices.at(-1)).toMatchObject({ complete: true, failed: null });
    });

    it('stops when its job ends', async () => {
      const own = subject.openSession();
      const slices = subject.adapter.fetch(own.session, request());
      await slices.next();
      own.abort();
      await expect(slices.next()).rejects.toMatchObject({ code: 'SYNC_CANCELLED' });
      await own.close();
    });

    it('renews its tokens', async () => {
      const tokens = await subject.adapter.refresh(opened.session, granted.signedIn.tokens);
      expect(tokens.accessToken).not.toBe(granted.signedIn.tokens.accessToken);
      granted = { ...granted, signedIn: { ...granted.signedIn, tokens } };
      expect((await fetched({ accounts: request().accounts.slice(0, 1) })).at(-1)?.complete).toBe(true);
    });

    it('ends its consent, once and again, and then brings nothing', async () => {
      await subject.adapter.revoke(opened.session, granted.consentId);
      await subject.adapter.revoke(opened.session, granted.consentId);
      await expect(fetched()).rejects.toMatchObject({ code: expect.stringMatching(/^CONSENT_/) });
    });
  });
}
