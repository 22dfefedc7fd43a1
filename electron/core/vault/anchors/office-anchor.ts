// The office's last known state, remembered outside its folder: written for the host to keep, and checked when the office is opened again.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Buffer } from 'node:buffer';
import { z } from 'zod';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { OfficeId } from '../../../../shared/model/ids.ts';
import { Instant } from '../../../../shared/model/instant.ts';
import { canonicalJson } from '../../../../shared/model/canonical-json.ts';
import type { AuditHead, AuditLog } from '../../ports/audit-log.ts';
import type { VaultHeader } from '../../ports/vault-header.ts';
import { withEvidenceOf } from '../evidence.ts';
import { anchorMacKey } from '../keys/office-key.ts';
import type { VaultServices } from '../services.ts';
import { continues, endsAt } from './anchored-chain.ts';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const Remembered = z.strictObject({
  version: z.literal(1),
  officeId: OfficeId,
  sequence: z.int().min(0),
  head: Sha256,
  headerGeneration: z.int().min(1),
  /** Of the closed office database; null while it is, or was left, open. */
  fileSha256: Sha256.nullable(),
  at: Instant,
});
type Remembered = z.infer<typeof Remembered>;
const Anchor = Remembered.extend({ mac: Sha256 });

/** Key of the warning that this computer remembers nothing to compare the office with. */
export const ANCHOR_MISSING_WARNING = 'anchor-missing';
/** Key of the warning that an older state was opened knowingly. */
export const OLDER_STATE_WARNING = 'older-state-accepted';

function macOf(officeKey: Uint8Array, remembered: Remembered): string {
  const key = anchorMacKey(officeKey);
  const mac = createHmac('sha256', key).update(canonicalJson(remembered)).digest('hex');
  key.fill(0);
  return mac;
}

/** An office as its header and key say. */
export interface AnchoredOffice {
  readonly directory: string;
  readonly header: VaultHeader;
  readonly officeKey: Uint8Array;
}

/** The text for the host to keep. `fileSha256` is null while the database is open. */
export function writeOfficeAnchor(
  { header, officeKey }: Pick<AnchoredOffice, 'header' | 'officeKey'>,
  state: { readonly head: AuditHead; readonly fileSha256: string | null; readonly at: Instant },
): string {
  const remembered: Remembered = {
    version: 1,
    officeId: header.office.id,
    sequence: state.head.sequence,
    head: state.head.hash,
    headerGeneration: header.generation,
    fileSha256: state.fileSha256,
    at: state.at,
  };
  return canonicalJson({ ...remembered, mac: macOf(officeKey, remembered) });
}

function parse(text: string | null): z.infer<typeof Anchor> | null {
  try {
    return Anchor.safeParse(JSON.parse(text ?? 'null')).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** When an anchor was written, and at which entry. Nothing is checked: for showing it. */
export function anchorFacts(text: string | null): { readonly sequence: number; readonly at: Instant } | null {
  const anchor = parse(text);
  return anchor && { sequence: anchor.sequence, at: anchor.at };
}

function authentic(anchor: z.infer<typeof Anchor>, officeKey: Uint8Array): boolean {
  const { mac, ...remembered } = anchor;
  return timingSafeEqual(Buffer.from(mac), Buffer.from(macOf(officeKey, remembered)));
}

/** What an opening came to know. */
export interface AnchorJudgement {
  /** Keys of warnings. */
  readonly warnings: readonly string[];
  /** What was older and opened all the same, by file name; for the sign-in's audit entry. */
  readonly older: readonly string[];
}

type AnchorServices = Pick<VaultServices, 'databases' | 'evidence'>;

interface AnchorInput {
  /** What the host kept; null where it kept nothing. */
  readonly anchor: string | null;
  readonly acceptOlderState: boolean;
}

/** The error, with copies of the files kept. */
function refusal(
  services: AnchorServices,
  { directory }: AnchoredOffice,
  { what, code }: { readonly what: 'header' | 'office'; readonly code: 'VAULT_ROLLED_BACK' | 'VAULT_CORRUPT' },
): unknown {
  const error = new AppError(code, { what: FILES[what] });
  return withEvidenceOf(services, { directory, what }, error);
}

const FILES = { header: 'header.json', office: 'office.db' } as const;

/** How the office database's file compares with the one that was closed. With a log beside it, it is not whole without it: nothing can be said. */
type FileState = 'same' | 'other' | 'damaged' | 'unsaid';

function fileState(services: AnchorServices, { directory, officeKey: key }: AnchoredOffice, sha256: string): FileState {
  const file = { directory, database: 'office' } as const;
  const now = services.databases.digest(file);
  if (now === null) return 'unsaid';
  if (now === sha256) return 'same';
  return services.databases.authentic({ ...file, key }) ? 'other' : 'damaged';
}

/**
 * First half, before the office database is opened: the header's generation, and the file as it lies there. The second half is the function
 * that comes back; it judges the opened database. A text that is no anchor of this office counts as none. A wrong MAC is one of an earlier
 * office key, or forged: it proves nothing in the office's favour, yet what it says against it still counts.
 * @throws {AppError} VAULT_ROLLED_BACK from both halves, unless the older state is accepted; VAULT_CORRUPT
 */
export function checkOfficeAnchor(
  services: AnchorServices,
  office: AnchoredOffice,
  { anchor: text, acceptOlderState }: AnchorInput,
): (audit: Pick<AuditLog, 'head' | 'records'>) => AnchorJudgement {
  const { header, officeKey } = office;
  const anchor = parse(text);
  const found: string[] = [];
  const report = (what: 'header' | 'office'): void => {
    if (!acceptOlderState) throw refusal(services, office, { what, code: 'VAULT_ROLLED_BACK' });
    found.push(FILES[what]);
  };
  if (anchor?.officeId !== header.office.id) return () => ({ warnings: [ANCHOR_MISSING_WARNING], older: [] });
  const genuine = authentic(anchor, officeKey);
  if (header.generation < anchor.headerGeneration) report('header');
  const file = genuine && anchor.fileSha256 !== null ? fileState(services, office, anchor.fileSha256) : 'same';
  if (file === 'damaged') throw refusal(services, office, { what: 'office', code: 'VAULT_CORRUPT' });
  return (audit) => {
    // Whoever added entries since had the keys; then the file may differ.
    const spliced = file === 'other' && endsAt(audit, anchor);
    if (spliced || !continues(audit, anchor)) report('office');
    const warnings = found.length > 0 ? [OLDER_STATE_WARNING] : [];
    // During a rotation the anchor may still be one of the key before.
    const replaced = !genuine && header.pendingOfficeKey === null;
    // A log that someone put there hides a page put back: no alarm, for a crash leaves one too, but not silence either.
    if (replaced || (file === 'unsaid' && endsAt(audit, anchor))) warnings.push(ANCHOR_MISSING_WARNING);
    return { warnings, older: found };
  };
}
