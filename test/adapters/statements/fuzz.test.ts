// Seeded mutations of our own files: every outcome is an expected error or valid events that hold every row the bytes still hold.
import { describe, expect, it } from 'vitest';
import { expectMutationsRead, MUTATED_INPUTS, MUTATIONS_TIMEOUT, type MutatedRead } from '../../builders/mutations.ts';
import { camtText, ledgerRows, ofxText } from '../../builders/statement-files.ts';
import { zipOf } from '../../builders/zip-files.ts';
import { countRows } from '../../contracts/statement-reader.ts';

const TOKENS = [
  '<',
  '>',
  '</',
  '/>',
  '&',
  '&amp;',
  '&#0;',
  '&#xD800;',
  '<!',
  '<?',
  ']]>',
  '"',
  "'",
  '=',
  '\0',
  '\r\n',
  '',
  'ÿ',
  '😀',
  '-',
  ',',
  '.',
  '1.234',
  '1,5',
  '99999999999999999999',
  '-0',
  '20230230',
  '2023-02-30',
  'NaN',
  'EUR',
  'XXX',
  '<STMTTRN>',
  '</STMTTRN>',
  '</OFX>',
  '<OFX>',
  '<Ntry>',
  '</Ntry>',
  '<Stmt>',
  '</Stmt>',
  'DBIT',
  'CRDT',
  '<MEMO>',
  '<CURDEF>',
  'xmlns=',
  'camt.053.001.02',
  'encoding="utf-16"',
];

/** Every end tag of a row is a row; a mutation can make a processing instruction swallow some. */
const holdsEvery =
  (rowEnd: RegExp) =>
  ({ bytes, events, name }: MutatedRead): void => {
    const markup = bytes.toString('latin1').replace(/<\?[^]*?\?>/g, '');
    expect(countRows(events), name).toBe(markup.match(rowEnd)?.length ?? 0);
  };

describe('mutated files', { timeout: MUTATIONS_TIMEOUT }, () => {
  const rows = ledgerRows(2);
  const originals = (...texts: string[]) => texts.map((text) => ({ bytes: Buffer.from(text) }));

  it(`OFX, ${MUTATED_INPUTS} inputs`, () => {
    expectMutationsRead({
      originals: originals(ofxText({ rows }), ofxText({ rows, xml: true })),
      tokens: TOKENS,
      seed: 20_260_101,
      check: holdsEvery(/<\/STMTTRN\s*>/gi),
    });
  });
  it(`CAMT, ${MUTATED_INPUTS} inputs`, () => {
    expectMutationsRead({
      originals: originals(camtText({ rows })),
      tokens: TOKENS,
      seed: 20_260_102,
      check: holdsEvery(/<\/Ntry\s*>/g),
    });
  });
  it(`ZIP, ${MUTATED_INPUTS} inputs: what is read is what was packed`, () => {
    const files = [
      { name: 'a.xml', content: camtText({ rows }) },
      { name: 'b.ofx', content: ofxText({ rows }), stored: true },
    ];
    expectMutationsRead({
      originals: [{ bytes: zipOf(files, { comment: 'from the bank '.repeat(40) }) }],
      tokens: ['PK', '\u0003\u0004', '\u0001\u0002', '\0\0', '../', 'a.xml', 'b.ofx'],
      seed: 20_260_105,
      check: ({ events, name }) => expect(countRows(events), name).toBe(4),
    });
  });
});
