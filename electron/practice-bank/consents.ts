// Account access consents and their life. It issues no token and serves no account.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Misbehaviour } from './misbehaviours.ts';

export const PERMISSIONS = [
  'ReadAccountsBasic',
  'ReadAccountsDetail',
  'ReadBalances',
  'ReadBeneficiariesBasic',
  'ReadBeneficiariesDetail',
  'ReadDirectDebits',
  'ReadOffers',
  'ReadPAN',
  'ReadParty',
  'ReadPartyPSU',
  'ReadProducts',
  'ReadScheduledPaymentsBasic',
  'ReadScheduledPaymentsDetail',
  'ReadStandingOrdersBasic',
  'ReadStandingOrdersDetail',
  'ReadStatementsBasic',
  'ReadStatementsDetail',
  'ReadTransactionsBasic',
  'ReadTransactionsCredits',
  'ReadTransactionsDebits',
  'ReadTransactionsDetail',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const DateTime = z.iso.datetime({ offset: true });

/** The body of a consent request. @see UK Open Banking Account and Transaction API v4.0, OBReadConsent1 */
export const ConsentRequest = z.strictObject({
  Data: z.strictObject({
    Permissions: z.array(z.enum(PERMISSIONS)).min(1),
    ExpirationDateTime: DateTime.optional(),
    TransactionFromDateTime: DateTime.optional(),
    TransactionToDateTime: DateTime.optional(),
  }),
  Risk: z.strictObject({}),
});
export type ConsentRequest = z.infer<typeof ConsentRequest>;

export type ConsentStatus = 'AWAU' | 'AUTH' | 'RJCT' | 'CANC' | 'EXPD';

export type Consent = {
  readonly consentId: string;
  readonly clientId: string;
  readonly request: ConsentRequest['Data'];
  readonly createdAt: string;
  status: ConsentStatus;
  statusUpdatedAt: string;
  signIn: string | null;
  accountIds: readonly string[];
  grantId: string | null;
};

export type Approval = { readonly signIn: string; readonly accountIds: readonly string[]; readonly grantId: string };

export type Consents = {
  create(clientId: string, request: ConsentRequest): Consent;
  find(consentId: string): Consent | undefined;
  findByGrant(grantId: string): Consent | undefined;
  /** AWAU (or AUTH, when the customer reconfirms) becomes AUTH with the accounts chosen. */
  authorise(consent: Consent, approval: Approval): void;
  reject(consent: Consent): void;
  cancel(consent: Consent): void;
};

function nowText(): string {
  return new Date().toISOString().replace(/\.\d{3}Z$/, '+00:00');
}

/** The status as the bank sees it now: the time may be over, or a misbehaviour may pretend so. */
export function statusOf(consent: Consent, active: ReadonlySet<Misbehaviour>): ConsentStatus {
  if (consent.status !== 'AUTH') return consent.status;
  if (active.has('consent-revoked')) return 'CANC';
  const expires = consent.request.ExpirationDateTime;
  const over = expires !== undefined && Date.parse(expires) <= Date.now();
  return over || active.has('consent-expired') ? 'EXPD' : 'AUTH';
}

export function createConsents(): Consents {
  const consents = new Map<string, Consent>();
  const move = (consent: Consent, status: ConsentStatus): void => {
    consent.status = status;
    consent.statusUpdatedAt = nowText();
  };
  return {
    create(clientId, request) {
      const at = nowText();
      const consent: Consent = {
        consentId: `aac-${randomUUID()}`,
        clientId,
        request: request.Data,
        createdAt: at,
        status: 'AWAU',
        statusUpdatedAt: at,
        signIn: null,
        accountIds: [],
        grantId: null,
      };
      consents.set(consent.consentId, consent);
      return consent;
    },
    find: (consentId) => consents.get(consentId),
    findByGrant: (grantId) => [...consents.values()].find((consent) => consent.grantId === grantId),
    authorise(consent, approval) {
      Object.assign(consent, approval);
      move(consent, 'AUTH');
    },
    reject: (consent) => move(consent, 'RJCT'),
    cancel: (consent) => move(consent, 'CANC'),
  };
}
