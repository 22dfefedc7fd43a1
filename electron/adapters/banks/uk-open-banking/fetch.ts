// Brings the assigned accounts one after the other, each for itself, and stops only for what concerns the whole connection.
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { BankSession, BankSlice, FetchRequest } from '../../../core/ports/bank-adapter.ts';
import type { Clock } from '../../../core/ports/clock.ts';
import { clientToken, discoverBank } from './authorisation.ts';
import { consentProblem } from './consent.ts';
import { fetchAccount, type AccountRequest } from './fetch-account.ts';
import { ownAddress, Resources } from './resources.ts';

/** These concern the connection, not one account. */
const STOPS = /^(TLS_|CONSENT_|SYNC_|BANK_(UNAUTHORISED|RATE_LIMITED|UNREACHABLE|REDIRECTED)$)/;

/** Finds the cause behind a refusal. */
type Explain = (error: AppError) => Promise<AppError>;

/** The office's own view of its consents. */
export async function openConsents(session: BankSession, clock: Clock): Promise<Resources> {
  const accessToken = await clientToken(await discoverBank(session, clock));
  return new Resources({ session, clock, accessToken, customerIpAddress: null });
}

/** The consent's own word, or null when it is in order or the bank does not say. */
async function askConsent(session: BankSession, consentId: string, clock: Clock): Promise<AppError | null> {
  try {
    return consentProblem(await (await openConsents(session, clock)).readConsent(consentId), clock.now());
  } catch (error) {
    if (error instanceof AppError && !/^(TLS_|SYNC_|BANK_REDIRECTED$)/.test(error.code)) return null;
    throw error;
  }
}

/** Banks name an ended consent in many ways; its own resource says it plainly (domain.md §3 pain 5). Asked once a fetch. */
function explainByConsent(session: BankSession, consentId: string, clock: Clock): Explain {
  let asked: Promise<AppError | null> | null = null;
  return async (error) => {
    if (consentId === '' || !/^BANK_(UNAUTHORISED|REFUSED)$/.test(error.code)) return error;
    asked ??= askConsent(session, consentId, clock);
    return (await asked) ?? error;
  };
}

/** An account's slices; its own failure is its last one, and a statement that was begun is ended. */
async function* fetchOne(
  resources: Resources,
  request: AccountRequest,
  explain: Explain,
): AsyncGenerator<BankSlice, void> {
  const { resourceId } = request.listed;
  let open = false;
  try {
    for await (const events of fetchAccount(resources, request)) {
      open = !events.some(({ type }) => type === 'statement-end');
      yield { resourceId, events, complete: !open, failed: null };
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const failed = await explain(error);
    if (STOPS.test(failed.code)) throw failed;
    const end = { from: null, to: null, opening: null, closing: null, balances: [] };
    yield { resourceId, events: open ? [{ type: 'statement-end', ...end }] : [], complete: false, failed };
  }
}

async function listAccounts(resources: Resources, explain: Explain): ReturnType<Resources['accounts']> {
  try {
    return await resources.accounts();
  } catch (error) {
    throw error instanceof AppError ? await explain(error) : error;
  }
}

/** @see BankAdapter.fetch */
export async function* fetchAccounts(
  session: BankSession,
  request: FetchRequest,
  clock: Clock,
): AsyncGenerator<BankSlice, void> {
  const { accessToken } = request.tokens;
  const resources = new Resources({
    session,
    clock,
    accessToken,
    customerIpAddress: request.attended ? ownAddress() : null,
  });
  const explain = explainByConsent(session, request.consentId, clock);
  const accounts = await listAccounts(resources, explain);
  for (const { resourceId, from } of request.accounts) {
    const listed = accounts.find((each) => each.resourceId === resourceId);
    if (listed) yield* fetchOne(resources, { listed, from }, explain);
    else
      yield {
        resourceId,
        events: [],
        complete: false,
        failed: new AppError('BANK_REFUSED', { reason: 'not-in-consent' }),
      };
  }
}
