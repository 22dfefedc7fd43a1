// Names accounts as OFX does, by bank, branch and number. What OFX has no room for is refused, never cut.
import { isIban } from '../../../../shared/model/iban.ts';
import type { LedgerAccount } from '../../../core/ports/statement-writer.ts';
import { accountNotExpressible } from '../failure.ts';
import { identifier } from '../texts.ts';
import { element, leaf } from '../xml.ts';

interface OfxNumber {
  readonly bank: string;
  readonly branch: string | null;
  readonly number: string;
}

const MAX_BANK = 9;
const MAX_NUMBER = 22;
const NO_BANK = '0';

const TYPES: Readonly<Record<LedgerAccount['kind'], string>> = {
  current: 'CHECKING',
  savings: 'SAVINGS',
  loan: 'CREDITLINE',
  card: 'CREDITLINE',
  other: 'CHECKING',
};

/** BANKACCTFROM, or CCACCTFROM of a card. @throws {AppError} EXPORT_NOT_EXPRESSIBLE @see OFX 2.2 §11.3.1, §11.3.2 */
export function ofxAccountFrom(account: LedgerAccount): string {
  const number = ofxNumber(account.iban ?? account.number);
  if (account.kind === 'card') {
    const whole = identifier(account.iban ?? account.number, MAX_NUMBER);
    if (whole === null) throw accountNotExpressible(account, 'OFX');
    return element('CCACCTFROM', leaf('ACCTID', whole));
  }
  if (number === null) throw accountNotExpressible(account, 'OFX');
  return element('BANKACCTFROM', ...parts(number), leaf('ACCTTYPE', TYPES[account.kind]));
}

/** BANKACCTTO of the other side; nothing where its number does not fit. */
export function ofxAccountTo(number: string | null): string {
  const parsed = number === null ? null : ofxNumber(number);
  return parsed === null ? '' : element('BANKACCTTO', ...parts(parsed), leaf('ACCTTYPE', TYPES.current));
}

function parts({ bank, branch, number }: OfxNumber): string[] {
  return [leaf('BANKID', bank), leaf('BRANCHID', branch), leaf('ACCTID', number)];
}

/**
 * An IBAN of up to 22 characters is the ACCTID, and its bank's digits are the BANKID. A longer one is divided: the first nine characters are the
 * BANKID, so that both together are the IBAN. Other numbers are `bank/branch/number`, as the reader joins them.
 */
function ofxNumber(written: string): OfxNumber | null {
  if (isIban(written)) {
    if (written.length <= MAX_NUMBER) return { bank: written.slice(4, 12), branch: null, number: written };
    const [bank, number] = [written.slice(0, MAX_BANK), written.slice(MAX_BANK)];
    return number.length <= MAX_NUMBER ? { bank, branch: null, number } : null;
  }
  const pieces = written.split('/');
  const number = identifier(pieces.pop() ?? '', MAX_NUMBER);
  const bank = identifier(pieces.shift() ?? NO_BANK, MAX_BANK);
  const branch = pieces.length === 0 ? null : identifier(pieces.join('/'), MAX_NUMBER);
  const lost = number === null || bank === null || (pieces.length > 0 && branch === null);
  return lost ? null : { bank, branch, number };
}
