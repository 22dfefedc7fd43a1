// An exported audit log in the hands of someone who has none of our code: its hashes recomputed by Python's hashlib, its signatures checked by
// OpenSSL's command line.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signCheckpoint } from '../../../electron/core/vault/audit/checkpoints.ts';
import { anAuditLog, aDraft, aSigner, CHAIN, exportedText } from '../../builders/audit-log.ts';

const succeeds = (command: string, ...words: string[]): boolean => spawnSync(command, words).status === 0;
const hasPython = succeeds('python3', '-c', 'import hashlib, json, base64');
const hasOpenssl = succeeds('openssl', 'version');

const CHAIN_IN_PYTHON = `
import base64, hashlib, json, sys
sha = lambda content: hashlib.sha256(content).hexdigest()
text = lambda value: json.dumps(value, ensure_ascii=False, separators=(',', ':'))
data = open(sys.argv[1], 'rb').read()
lines = [json.loads(line) for line in data.split(b'\\n') if line]
header, end = lines[0], lines[-1]
previous = sha(('strongroom audit chain v1\\n' + text([header['chain'], header['firstKeyCommitment']])).encode())
entries = 0
for line in lines[1:-1]:
    if 'checkpoint' in line:
        assert (line['sequence'], line['hash']) == (entries, previous), 'checkpoint %d' % entries
        continue
    entries += 1
    if line['salt'] is not None:
        personal = sha(base64.b64decode(line['salt']) + text([line['name'], line['payload']]).encode())
        assert personal == line['personalDigest'], 'personal part of %d' % entries
    fields = [line[name] for name in ('sequence', 'at', 'userId', 'action', 'subject', 'outcome', 'personalDigest')]
    hashed = sha(('strongroom audit entry v1\\n' + text(fields + [previous])).encode())
    assert line['sequence'] == entries and line['previousHash'] == previous and line['hash'] == hashed, 'entry %d' % entries
    previous = hashed
assert (end['entries'], end['head']) == (entries, previous), 'end'
assert end['sha256'] == sha(data[:data.rstrip().rfind(b'\\n') + 1]), 'digest'
print(entries, previous)
`;

let folder = '';
let text = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'strongroom-foreign-'));
  const store = anAuditLog(120);
  signCheckpoint(store, aSigner());
  const userName = 'Zoë “Łódź” 日本 \u2028\u0007\\';
  store.transaction(() => store.audit.append(aDraft(121, { userName, payload: { name: userName } })));
  text = await exportedText(store);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

interface Line {
  readonly checkpoint?: true;
  readonly end?: true;
  readonly hash: string;
  readonly sequence: number;
  readonly at: string;
  readonly entries: number;
  readonly head: string;
  readonly sha256: string;
  readonly publicKey: string;
  readonly signature: string;
}
const lines = (): Line[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

/** Ed25519 with OpenSSL's command line. */
function opensslAccepts(publicKey: string, message: string, signature: string): boolean {
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(publicKey, 'base64')]);
  const key = written('key.der', spki);
  const [content, signed] = [written('message', message), written('signature', Buffer.from(signature, 'base64'))];
  const words = ['pkeyutl', '-verify', '-pubin', '-keyform', 'DER', '-inkey', key, '-rawin', '-in', content];
  return succeeds('openssl', ...words, '-sigfile', signed);
}

describe('an exported log', () => {
  it.skipIf(!hasPython)('has the hashes that Python computes (skipped without python3)', () => {
    const run = (content: string) =>
      spawnSync('python3', ['-c', CHAIN_IN_PYTHON, written('log.jsonl', content)], { encoding: 'utf8' });
    const { stdout, stderr } = run(text);
    expect(stderr).toBe('');
    expect(stdout.trim()).toBe(`121 ${lines().at(-1)?.head}`);
    expect(run(text.replace('"client_50"', '"client_51"')).stderr).toContain('entry 50');
  });

  it.skipIf(!hasOpenssl)('has the signatures that OpenSSL accepts (skipped without openssl)', () => {
    const { checkpointKey } = aSigner().keyring;
    const checkpoints = lines().filter((line) => line.checkpoint);
    expect(checkpoints.map((line) => line.sequence)).toEqual([120, 121]);
    for (const { at, hash, sequence, publicKey, signature } of checkpoints) {
      const message = `{"at":"${at}","chain":"${CHAIN}","hash":"${hash}","magic":"strongroom/v1/audit-checkpoint","sequence":${sequence}}`;
      expect(publicKey).toBe(checkpointKey);
      expect(opensslAccepts(checkpointKey, message, signature)).toBe(true);
      expect(opensslAccepts(checkpointKey, message.replace(CHAIN, 'office_other'), signature)).toBe(false);
    }
    const end = lines().at(-1)!;
    const message = `{"chain":"${CHAIN}","entries":121,"head":"${end.head}","magic":"strongroom/v1/audit-export","sha256":"${end.sha256}"}`;
    expect(opensslAccepts(checkpointKey, message, end.signature)).toBe(true);
    expect(opensslAccepts(aSigner(2).keyring.checkpointKey, message, end.signature)).toBe(false);
  });
});
