// The connector process under a weakened environment calls no bank and still reads files; nothing it prints holds a secret.
import { afterEach, describe, expect, it } from 'vitest';
import { connectorContract, type ConnectorContract } from '../../shared/ipc/processes/connector-contract.ts';
import { callsOf, type OutputOf } from '../../shared/ipc/call.ts';
import { startConnector, type ConnectorUnderTest } from './connector-client.ts';

let connector: ConnectorUnderTest | null = null;
afterEach(() => connector?.kill());

const OFX = `OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nSECURITY:NONE\r\nENCODING:USASCII\r\nCHARSET:1252\r\nCOMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:NONE\r\n\r\n<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20260105<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1><BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>GBP<BANKACCTFROM><BANKID>123<ACCTID>456<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST><DTSTART>20260101<DTEND>20260105<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260103<TRNAMT>-12.30<FITID>1<NAME>Paper</STMTTRN></BANKTRANLIST><LEDGERBAL><BALAMT>87.70<DTASOF>20260105</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`;

type Finished = OutputOf<ConnectorContract['files']['finish']>;

async function readFile(text: string, sliceBytes: number): Promise<{ finished: Finished; rows: number }> {
  const { client } = connector ?? startConnector();
  const { jobId } = await client.files.begin({ fileName: 'statement.ofx', profile: null });
  const bytes = Buffer.from(text, 'latin1');
  let events: Finished['events'] = [];
  for (let start = 0; start < bytes.length; start += sliceBytes) {
    const base64 = bytes.subarray(start, start + sliceBytes).toString('base64');
    events = [...events, ...(await client.files.slice({ jobId, base64 })).events];
  }
  const finished = await client.files.finish({ jobId });
  const all = [...events, ...finished.events];
  const rows = all.reduce((sum, event) => sum + (event.type === 'transactions' ? event.items.length : 0), 0);
  return { finished, rows };
}

describe('a weakened environment', () => {
  it.each([
    ['NODE_TLS_REJECT_UNAUTHORIZED', '0'],
    ['SSLKEYLOGFILE', '/nowhere/keys.log'],
    ['NODE_DEBUG', 'http'],
  ])('with %s refuses every bank call and reads files', async (name, value) => {
    connector = startConnector({ [name]: value });
    const address = { issuer: 'https://127.0.0.1:1', resourceBase: 'https://127.0.0.1:1', authorityPem: null };
    await expect(connector.client.bank.identify(address)).rejects.toMatchObject({
      code: 'TLS_ENVIRONMENT_REFUSED',
      params: { name },
    });
    expect((await readFile(OFX, 100_000)).rows).toBe(1);
  });

  it('checks every call that goes to a bank', () => {
    const channels = [...callsOf(connectorContract).keys()].filter((channel) => !channel.startsWith('bank.'));
    const files = ['begin', 'finish', 'preview', 'slice', 'survey'].map((name) => `files.${name}`);
    expect(channels.toSorted()).toEqual(['connectorJobs.cancel', ...files]);
  });
});

describe('files', () => {
  it.each([1, 7, 100, 100_000])('in slices of %d bytes give the same rows, reader and digest', async (size) => {
    connector = startConnector();
    const { finished, rows } = await readFile(OFX, size);
    expect(rows).toBe(1);
    expect(finished).toMatchObject({ reader: 'ofx 1.02', payloadBytes: OFX.length });
    expect(finished.payloadSha256).toBe(
      Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(OFX, 'latin1'))).toString('hex'),
    );
  });

  it('that no reader knows are refused, and the job is over', async () => {
    connector = startConnector();
    const { files } = connector.client;
    const { jobId } = await files.begin({ fileName: 'photo.jpg', profile: null });
    await files.slice({ jobId, base64: Buffer.from('not a statement at all').toString('base64') });
    await expect(files.finish({ jobId })).rejects.toMatchObject({ code: 'STATEMENT_FORMAT_UNKNOWN' });
    await expect(files.finish({ jobId })).rejects.toMatchObject({ code: 'SYNC_CANCELLED' });
  });

  it('without a byte are empty', async () => {
    connector = startConnector();
    const { jobId } = await connector.client.files.begin({ fileName: 'empty.ofx', profile: null });
    await expect(connector.client.files.finish({ jobId })).rejects.toMatchObject({ code: 'STATEMENT_EMPTY' });
  });

  it('that are cancelled are gone', async () => {
    connector = startConnector();
    const { jobId } = await connector.client.files.begin({ fileName: 'a.ofx', profile: null });
    await connector.client.connectorJobs.cancel({ jobId });
    await expect(connector.client.files.slice({ jobId, base64: '' })).rejects.toMatchObject({ code: 'SYNC_CANCELLED' });
    await expect(connector.client.bank.nextSlice({ jobId })).rejects.toMatchObject({ code: 'SYNC_CANCELLED' });
  });
});
