// What a practice bank tells about itself. JSON-safe: it crosses a process boundary and lies in the details file.
import { z } from 'zod';
import { CalendarDate } from '../../shared/model/calendar-date.ts';
import { CurrencyCode } from '../../shared/model/currency.ts';
import { Iban } from '../../shared/model/iban.ts';

const Account = z.strictObject({ iban: Iban, name: z.string(), currency: CurrencyCode });

export const PracticeBankDetails = z.strictObject({
  name: z.string(),
  /** OpenID issuer, exact: `https://localhost:PORT`. */
  issuer: z.url(),
  /** Base of the account information API, without a trailing slash. */
  resourceBase: z.url(),
  /** Certificate of the practice authority; the only one that these connections may trust. */
  authorityPem: z.string(),
  /** Base64 SHA-256 of the SubjectPublicKeyInfo of the key in use and of the one kept in reserve. */
  pins: z.strictObject({ current: z.string(), backup: z.string() }),
  client: z.strictObject({
    clientId: z.string(),
    /** Registered without a port; on 127.0.0.1 any port is accepted. @see RFC 8252 §7.3 */
    redirectUri: z.url(),
    certificatePem: z.string(),
    privateKeyPem: z.string(),
  }),
  signIns: z.array(z.strictObject({ name: z.string(), password: z.string(), companies: z.array(z.string()) })),
  companies: z.array(z.strictObject({ name: z.string(), accounts: z.array(Account) })),
  today: CalendarDate,
});
export type PracticeBankDetails = z.infer<typeof PracticeBankDetails>;
