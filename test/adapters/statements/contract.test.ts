// Runs the statement reader contract over files of both formats, written here.
import { camtReader } from '../../../electron/adapters/statements/camt/reader.ts';
import { ofxReader } from '../../../electron/adapters/statements/ofx/reader.ts';
import { camtText, ledgerRows, ofxText } from '../../builders/statement-files.ts';
import { statementReaderContract } from '../../contracts/statement-reader.ts';

const rows = ledgerRows(4);

statementReaderContract(ofxReader, [
  { name: 'OFX 1.02, SGML without end tags', bytes: Buffer.from(ofxText({ rows })), rows: 4 },
  { name: 'OFX 2.20, XML', bytes: Buffer.from(ofxText({ rows, xml: true })), rows: 4 },
]);
statementReaderContract(camtReader, [{ name: 'camt.053.001.08', bytes: Buffer.from(camtText({ rows })), rows: 4 }]);
