// Maps BANKACCTFROM and CCACCTFROM to an account. It assigns nothing to a client.
import type { CurrencyCode } from '../../../../shared/model/currency.ts';
import type { SourceAccount } from '../../../../shared/model/source.ts';
import { cut, ibanOf, optionalText } from '../values.ts';
import type { Frame } from './frames.ts';

const KINDS: ReadonlyMap<string, SourceAccount['kind']> = new Map([
  ['CHECKING', 'current'],
  ['SAVINGS', 'savings'],
  ['MONEYMRKT', 'savings'],
  ['CD', 'savings'],
  ['CREDITLINE', 'loan'],
]);

/** The IBAN in ACCTID; one that is longer than its 22 characters begins in BANKID. Null where there is none. @see OFX 2.2 §11.3.1 */
export function ofxIban(fields: ReadonlyMap<string, string>): string | null {
  const number = fields.get('ACCTID') ?? '';
  return ibanOf(number) ?? ibanOf(`${fields.get('BANKID') ?? ''}${number}`);
}

/**
 * The account, null without a number. Its id is bank, branch and account number joined by `/`, as the file writes them.
 * @see OFX 2.2 §11.3.1
 */
export function mapAccount(
  frame: Frame,
  context: { institution: string | null; currency: CurrencyCode },
): SourceAccount | null {
  const { fields } = frame;
  const number = optionalText(fields.get('ACCTID'), 200);
  if (number === null) return null;
  const parts = [fields.get('BANKID'), fields.get('BRANCHID'), number];
  const kind =
    frame.name === 'CCACCTFROM' ? 'card' : (KINDS.get(fields.get('ACCTTYPE')?.toUpperCase() ?? '') ?? 'other');
  return {
    id: cut(parts.filter((part) => part !== undefined && part !== '').join('/'), 256),
    iban: ofxIban(frame.fields),
    currency: context.currency,
    name: null,
    institution: optionalText(context.institution ?? undefined, 400),
    kind,
  };
}
