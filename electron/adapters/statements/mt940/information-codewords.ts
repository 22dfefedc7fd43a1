// Field 86 as text between codewords: `/EREF/…/BENM//NAME/…/REMI/…` of Rabobank and ING, `/TRTP/…/IBAN/…/NAME/…` of ABN AMRO.
import { ibanOf, optionalText, plainText } from '../values.ts';
import type { Information } from './information.ts';

/** @see Rabobank Format description MT940 Structured 1.5.3 §3; ING Format Description MT940 & MT942 Structured NL (V.4) */
const CODEWORD =
  /\/(ACCW|ADDR|BENM|BIC|BUSP|CHGS|CNTP|CSID|DATE|EREF|EXCH|IBAN|ID|IREF|ISDT|KREF|MARF|NAME|NRTX|OCMT|ORDP|PREF|PURP|REMI|RTRN|SVCL|TRCD|TRTP|UCRD|UDTR|ULTB|ULTC|ULTD)\//g;
const FIRST = new RegExp(`^\\s*${CODEWORD.source}`);

export function hasCodewords(line: string): boolean {
  return FIRST.test(line);
}

/** The first value of each codeword counts: what names the counterparty stands before what names others. */
export function codewordInformation(text: string): Information {
  const values = valuesOf(text);
  const [account, , name] = (values.get('CNTP') ?? '').split('/');
  const number = values.get('IBAN') ?? values.get('ACCW')?.split(',')[0] ?? account;
  const purpose = remittanceOf(values.get('REMI') ?? '');
  return {
    text: purpose === '' ? plainText(values.get('TRTP') ?? values.get('EREF') ?? text, 4000) : purpose,
    counterparty: optionalText(values.get('NAME') ?? name, 400),
    counterpartyAccount: number === undefined ? null : (ibanOf(number) ?? optionalText(number, 64)),
    endToEndId: statedReference(values.get('EREF')),
    code: null,
  };
}

function valuesOf(text: string): Map<string, string> {
  const values = new Map<string, string>();
  const marks = Array.from(text.matchAll(CODEWORD));
  marks.forEach((mark, index) => {
    const value = text
      .slice(mark.index + mark[0].length, marks[index + 1]?.index)
      .replace(/\/+$/, '')
      .trim();
    const name = mark[1] ?? '';
    if (value !== '' && !values.has(name)) values.set(name, value);
  });
  return values;
}

/** ING writes `USTD//text` and `STRD/CUR/reference`. */
function remittanceOf(value: string): string {
  return plainText(value.replace(/^(?:USTD\/\/|STRD\/(?:CUR|ISO)?\/?)/, ''), 4000);
}

/** A reference, null where the field only says that there is none. @see DK Anlage 3: NOTPROVIDED is not passed on; SWIFT: NONREF */
export function statedReference(written: string | undefined): string | null {
  const reference = optionalText(written, 128);
  return reference === null || /^(?:NOTPROVIDED|NONREF|NOTAVAILABLE)$/i.test(reference) ? null : reference;
}
