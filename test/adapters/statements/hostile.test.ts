// Hostile files: each must be refused with an expected error, early, without taking memory. Endless files prove both: they are never read far.
import { describe, expect, it } from 'vitest';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { readEndless } from '../../builders/endless-file.ts';
import { camtText, ledgerRows, ofxText } from '../../builders/statement-files.ts';
import { SLOWEST_MS } from '../../builders/thread-time.ts';
import { errorOf, readInChunks } from '../../contracts/statement-reader.ts';

const MEGABYTE = 1_048_576;
const rows = ledgerRows(2);
const ofx = ofxText({ rows });
const camt = camtText({ rows });

/** The text up to and including the first `mark`. */
function upTo(text: string, mark: string): string {
  return text.slice(0, text.indexOf(mark) + mark.length);
}

const errorOfText = (text: string): AppError | null => errorOf(() => readInChunks(Buffer.from(text), 65_536));

describe('endless files are refused within four megabytes and two seconds', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['OFX: digits of an amount', upTo(ofx, '<TRNAMT>'), '9'],
    ['OFX: a memo without an end', upTo(ofx, '<MEMO>'), 'text and lines\n'],
    ['OFX: a tag name', `${upTo(ofx, '<STMTTRN>')}<`, 'A'],
    ['OFX: attributes', `${upTo(ofx, '<STMTTRN>')}<NAME`, ' a="1"'],
    ['OFX: nested aggregates', upTo(ofx, '<STMTTRN>'), '<DEEPER>'],
    ['OFX: rows within rows', upTo(ofx, '<STMTTRN>'), '<STMTTRN>'],
    ['OFX: leaves of one row', upTo(ofx, '<STMTTRN>'), '<MEMO>again\n'],
    ['OFX: a CDATA section', `${upTo(ofx, '<MEMO>')}<![CDATA[`, 'x'],
    ['OFX: a comment', `${upTo(ofx, '<STMTTRN>')}<!--`, ' <<'],
    ['OFX: CDATA sections in one value', upTo(ofx, '<MEMO>'), '<![CDATA[x]]>'],
    ['OFX: header lines', 'OFXHEADER:100\n', 'DATA:OFXSGML\n'],
    ['CAMT: digits of an amount', upTo(camt, '<Ntry><Amt Ccy="EUR">'), '9'],
    ['CAMT: text without an end', upTo(camt, '<Ustrd>'), 'text and lines\n'],
    ['CAMT: nested elements', upTo(camt, '<Ntry>'), '<Deeper>'],
    ['CAMT: an element name', `${upTo(camt, '<Ntry>')}<`, 'A'],
    ['CAMT: an attribute value', `${upTo(camt, '<Ntry>')}<Amt Ccy="`, 'E'],
    ['CAMT: elements of one detail', upTo(camt, '<RmtInf>'), '<Ustrd>x</Ustrd>'],
    [
      'CAMT: CDATA sections in one value',
      upTo(camt, '<Ustrd>'),
      '<![CDATA[xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx]]>',
    ],
    ['CAMT: a CDATA section', `${upTo(camt, '<Ustrd>')}<![CDATA[`, 'x'],
    ['CAMT: a comment', `${upTo(camt, '<Stmt>')}<!--`, ' x'],
    ['CAMT: a processing instruction', `${upTo(camt, '<Stmt>')}<?x `, 'y'],
    ['CAMT: a document type', '<?xml version="1.0"?><!DOCTYPE BkToCstmrStmt [', ' <!-- x --> '],
  ];
  for (const [name, start, unit] of cases) {
    it(name, () => {
      const { error, bytes, ms } = readEndless({ start, unit });
      expect(error?.code).toMatch(/^STATEMENT_(MALFORMED|TOO_LARGE|FORMAT_UNKNOWN)$/);
      expect(bytes).toBeLessThanOrEqual(4 * MEGABYTE);
      expect(ms).toBeLessThan(SLOWEST_MS);
    });
  }
});

describe('document types and entities are refused', () => {
  const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');
  const body = camt.slice(camt.indexOf('<Document'));
  const cases: readonly (readonly [string, string])[] = [
    [
      'billion laughs',
      `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">${laughs}]>${body.replace('Invoice', '&l9;Invoice')}`,
    ],
    [
      'quadratic blow-up',
      `<!DOCTYPE x [<!ENTITY a "${'a'.repeat(50_000)}">]>${body.replace('Invoice', '&a;'.repeat(5000))}`,
    ],
    ['an external file', `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${body.replace('Invoice', '&e;')}`],
    ['an external parameter entity', `<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">${body}`],
    ['an entity without declaration', camt.replace('Invoice', '&e;')],
    ['an entity named like an object property', camt.replace('Invoice', '&constructor;')],
    ['an entity named __proto__', camt.replace('Invoice', '&__proto__;')],
    [
      'OFX 2 with a document type',
      ofxText({ rows, xml: true }).replace('<OFX>', '<!DOCTYPE OFX [<!ENTITY a "b">]><OFX>'),
    ],
    ['OFX 1 with a document type', ofx.replace('<OFX>', '<!DOCTYPE OFX SYSTEM "x.dtd"><OFX>')],
    ['OFX with an entity declaration in a row', ofx.replace('<FITID>', '<!ENTITY a "b"><FITID>')],
  ];
  for (const [name, text] of cases) it(name, () => expect(errorOfText(text)?.code).toBe('STATEMENT_MALFORMED'));
});

describe('odd bytes and names', () => {
  it('CAMT that is not the charset it declares is refused', () => {
    const bytes = Buffer.concat([
      Buffer.from(upTo(camt, '<Ustrd>')),
      Buffer.from([0xe9, 0x20]),
      Buffer.from(camt.slice(camt.indexOf('<Ustrd>') + 7)),
    ]);
    expect(errorOf(() => readInChunks(bytes, 100))?.code).toBe('STATEMENT_MALFORMED');
  });
  it('lone surrogates by character reference are refused in CAMT and stay text in OFX', () => {
    expect(errorOfText(camt.replace('Invoice', '&#xD800;'))?.code).toBe('STATEMENT_MALFORMED');
    const [event] = readInChunks(Buffer.from(ofx.replace('Invoice', '&#xD800;')), 100).filter(
      ({ type }) => type === 'transactions',
    );
    expect(event?.type === 'transactions' && event.items[0]?.description).toContain('&#xD800;');
  });
  it('element and tag names of object properties change nothing', () => {
    const polluted = ofx.replace('<FITID>', '<CONSTRUCTOR>x\n<HASOWNPROPERTY>y\n<FITID>');
    expect(readInChunks(Buffer.from(polluted), 100).length).toBe(readInChunks(Buffer.from(ofx), 100).length);
    expect(errorOfText(camt.replace('<Sts>', '<__proto__>x</__proto__><constructor/><Sts>'))).toBeNull();
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });
  it('an amount of a million digits is refused with its place and without its digits', () => {
    const error = errorOfText(camt.replace(/(<Ntry><Amt Ccy="EUR">)[\d.]+/, `$1${'9'.repeat(1_000_000)}`));
    expect(error?.code).toBe('STATEMENT_TOO_LARGE');
    expect(JSON.stringify(error?.params).length).toBeLessThan(300);
  });
  it('errors never show an account number in full', () => {
    const error = errorOfText(ofx.replace(/<TRNAMT>.*/, '<TRNAMT>DE89370400440532013000'));
    expect(error?.code).toBe('STATEMENT_MALFORMED');
    expect(error?.params['found']).toBe('••••3000');
  });
});
