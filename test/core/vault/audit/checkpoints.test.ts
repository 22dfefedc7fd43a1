// When a checkpoint is signed, what it holds, and what is left of the key.
import { describe, expect, it } from 'vitest';
import {
  checkpointHolds,
  checkpointText,
  signCheckpoint,
  signDueCheckpoint,
  signWith,
} from '../../../../electron/core/vault/audit/checkpoints.ts';
import { signText } from '../../../../electron/core/vault/keys/signing-key.ts';
import { instantOf } from '../../../../shared/model/instant.ts';
import { aDraft, anAuditLog, aSigner, CHAIN } from '../../../builders/audit-log.ts';
import { bytes, hexOf } from '../../../builders/key-tools.ts';
import { wipedBy } from '../../../builders/wiped.ts';

const at = instantOf(Date.parse('2026-07-01T08:00:00.000Z'));

describe('a checkpoint', () => {
  it('is the head of its chain, at its time, under the office’s key', () => {
    const store = anAuditLog(3);
    const signer = aSigner(2, at);
    signCheckpoint(store, signer);
    const { hash } = store.audit.head();
    const { checkpointKey: publicKey } = signer.keyring;
    const text = `{"at":"${at}","chain":"${CHAIN}","hash":"${hash}","magic":"strongroom/v1/audit-checkpoint","sequence":3}`;
    const signature = signText(bytes(2), text);
    const checkpoint = { sequence: 3, hash, at, publicKey, signature };
    expect(store.audit.checkpoints()).toEqual([checkpoint]);
    expect(checkpointText(CHAIN, checkpoint)).toBe(text);
    expect(checkpointHolds(CHAIN, checkpoint)).toBe(true);
    expect(checkpointHolds(CHAIN, { ...checkpoint, publicKey: aSigner().keyring.checkpointKey })).toBe(false);
    expect(checkpointHolds('another', checkpoint)).toBe(false);
  });

  it('is signed anew where the head moved or the key is another one, and nowhere else', () => {
    const store = anAuditLog(0);
    const count = (): number => store.audit.checkpoints().length;
    signCheckpoint(store, aSigner());
    expect(count()).toBe(0);
    store.transaction(() => store.audit.append(aDraft(1)));
    for (const signer of [aSigner(), aSigner()]) signCheckpoint(store, signer);
    expect(count()).toBe(1);
    signCheckpoint(store, aSigner(2));
    expect(count()).toBe(2);
    store.transaction(() => store.audit.append(aDraft(2)));
    signCheckpoint(store, aSigner(2));
    expect(store.audit.checkpoints().map(({ sequence }) => sequence)).toEqual([1, 1, 2]);
  });

  it('leaves no copy of the seed', async () => {
    const { result, wiped } = await wipedBy(() => signWith(aSigner(6), 'text'));
    expect(result).toBe(signText(bytes(6), 'text'));
    expect(wiped.at(-1)).toBe(hexOf(bytes(6)));
  });
});

describe('a due checkpoint', () => {
  /** A chain of which only head and last checkpoint are asked before anything is signed. */
  function due(sequence: number, last: number | null): boolean {
    const { audit } = anAuditLog(0);
    let asked = false;
    const lastCheckpoint = () =>
      last === null ? null : { sequence: last, hash: '', at, publicKey: '', signature: '' };
    const head = () => ({ sequence, hash: '' });
    const added: unknown[] = [];
    const store = {
      audit: { ...audit, head, lastCheckpoint, addCheckpoint: (checkpoint: unknown) => void added.push(checkpoint) },
      transaction: <T>(work: () => T): T => work(),
    };
    signDueCheckpoint(store, () => {
      asked = true;
      return aSigner();
    });
    expect(added).toHaveLength(asked ? 1 : 0);
    return asked;
  }

  it('is one that a hundred entries wait for', () => {
    expect([due(99, null), due(100, null), due(101, null)]).toEqual([false, true, true]);
    expect([due(149, 50), due(150, 50), due(50, 50)]).toEqual([false, true, false]);
  });
});
