// Runs the statement reader contract over files of both formats, written here.
import { camtReader } from '../../../electron/adapters/statements/camt/reader.ts';
import { ofxReader } from '../../../electron/adapters/statements/ofx/reader.ts';
import { camtText, ledgerRows, ofxText } from '../../builders/statement-files.ts';
import { statementReaderContract } from '../../contracts/statement-reader.ts';

const rows = ledgerRows(4);

/** What parsers trip over at chunk borders: CRLF, comments, CDATA, escapes, characters of two to four bytes, empty leaves, a second account. */
function oddOfx(): string {
  const text = ofxText({ rows })
    .replace('Invoice 0', '<![CDATA[😀 <b> & ]] >]]> &lt;Łódź&gt;')
    .replace('<FITID>', '<!-- > < -->\n<CHECKNUM>\n<FITID>')
    .replaceAll('\n', '\r\n');
  const second = /<STMTTRNRS>[^]*<\/STMTTRNRS>/.exec(text)?.[0].replace('5500123', '5500124') ?? '';
  return text.replace('</STMTTRNRS>', `</STMTTRNRS>${second}`);
}

/** The same for XML, with two statements, a batch, a prefix and a self-closed element. */
function oddCamt(): string {
  const batch =
    '<NtryDtls><TxDtls><Amt Ccy="EUR">1400.00</Amt></TxDtls><TxDtls><Amt Ccy="EUR">1000.00</Amt></TxDtls><TxDtls/></NtryDtls>';
  const text = camtText({ rows })
    .replace(/<NtryDtls>.*?<\/NtryDtls>/, batch)
    .replace('Invoice', '<![CDATA[😀 <b> & ]] >]]> &lt;Łódź&#33; <!-- <Ntry> -->')
    .replace('<Ntry><Amt', '<Ntry\n  ><Amt\t')
    .replaceAll('\n', '\r\n');
  const second = /<Stmt>[^]*<\/Stmt>/.exec(text)?.[0] ?? '';
  return text
    .replace('</Stmt>', `</Stmt>${second}`)
    .replace('xmlns=', 'xmlns:c=')
    .replace(/<(\/?)(?=[A-Z](?!try> -->))/g, '<$1c:')
    .replace('<!c:[CDATA', '<![CDATA');
}

statementReaderContract(ofxReader, [
  { name: 'OFX 1.02, SGML without end tags', bytes: Buffer.from(ofxText({ rows })), rows: 4 },
  { name: 'OFX 2.20, XML', bytes: Buffer.from(ofxText({ rows, xml: true })), rows: 4 },
  { name: 'OFX with everything odd', bytes: Buffer.from(oddOfx()), rows: 8 },
]);
statementReaderContract(camtReader, [
  { name: 'camt.053.001.08', bytes: Buffer.from(camtText({ rows })), rows: 4 },
  { name: 'CAMT with everything odd', bytes: Buffer.from(oddCamt()), rows: 8 },
]);
