// Each measured fact as a tone, its wording, and the step that makes it stronger. It measures nothing itself.
import type { SecurityState } from '../../../shared/ipc/contract/security.ts';
import { facts as words, type nextSteps } from '../../text/protection-facts.ts';
import { formatCount, formatInstantDay, formatRelative } from '../../ui/format.ts';
import type { Tone } from '../../ui/state-badge.tsx';

export interface ProtectionFact {
  readonly tone: Tone;
  readonly title: string;
  readonly text: string;
  readonly next: keyof typeof nextSteps | null;
}

const DAY_MS = 86_400_000;
/** A backup older than that misses more than a week's work. */
const BACKUP_OLD_DAYS = 7;
const KEY_OLD_DAYS = 365;

interface Moment {
  readonly nowMs: number;
  readonly keychainName: string;
}

type Wording = Pick<ProtectionFact, 'title' | 'text'>;

const good = (wording: Wording): ProtectionFact => ({ ...wording, tone: 'good', next: null });
const weak = (wording: Wording, next: ProtectionFact['next'] = null): ProtectionFact => ({
  ...wording,
  tone: 'attention',
  next,
});

function olderThan(days: number, instant: string, nowMs: number): boolean {
  return nowMs - Date.parse(instant) > days * DAY_MS;
}

function ownFactorFact({ factors }: SecurityState): ProtectionFact {
  if (factors.device) return good(words.ownFactor.device);
  return factors.code ? good(words.ownFactor.code) : weak(words.ownFactor.none, 'sign-in');
}

function peopleFacts({ users: { total, withSecondFactor, invited } }: SecurityState): ProtectionFact[] {
  if (total === 1) return [];
  const title = words.people.title(formatCount(withSecondFactor), formatCount(total));
  const text = invited === 0 ? words.people.text : `${words.people.text} ${words.people.invited(invited)}`;
  return [withSecondFactor < total ? weak({ title, text }, 'people') : good({ title, text })];
}

function kitFact({ recoveryProvenAt, recoverySuspectSince }: SecurityState): ProtectionFact {
  if (recoverySuspectSince !== null) return weak(words.kit.suspect(formatInstantDay(recoverySuspectSince)), 'kit');
  if (recoveryProvenAt === null) return weak(words.kit.unproven, 'prove');
  return good(words.kit.proven(formatInstantDay(recoveryProvenAt)));
}

function backupFact({ lastBackup }: SecurityState, { nowMs }: Moment): ProtectionFact {
  if (lastBackup === null) return weak(words.backup.none, 'backups');
  const when = formatRelative(lastBackup.at, nowMs);
  if (olderThan(BACKUP_OLD_DAYS, lastBackup.at, nowMs)) return weak(words.backup.old(when), 'backups');
  return lastBackup.verifiedAt === null
    ? weak(words.backup.unverified(when), 'backups')
    : good(words.backup.good(when));
}

function anchorFact({ anchor }: SecurityState, { nowMs }: Moment): ProtectionFact {
  if (anchor === null) return weak(words.anchor.missing);
  return good(words.anchor.known(formatCount(anchor.sequence), formatRelative(anchor.at, nowMs)));
}

function keysFact({ officeKey, clientKeys }: SecurityState, { nowMs }: Moment): ProtectionFact {
  const oldest = [officeKey.since, ...clientKeys.map(({ key }) => key.since)].toSorted()[0] ?? officeKey.since;
  const when = formatInstantDay(oldest);
  return olderThan(KEY_OLD_DAYS, oldest, nowMs) ? weak(words.keys.old(when), 'rotate') : good(words.keys.fresh(when));
}

function auditFact({ audit }: SecurityState): ProtectionFact {
  if (audit.intact) return good(words.audit.intact(formatCount(audit.entries)));
  return { ...words.audit.broken, tone: 'bad', next: 'verify' };
}

/** Every fact about the office, the weak ones first. */
export function protectionFacts(state: SecurityState, moment: Moment): ProtectionFact[] {
  const { memoryMiB, passes, lanes } = state.keyDerivation;
  const protection = words.protection[state.protection];
  const protectionWording = { title: protection.title, text: protection.text(moment.keychainName) };
  const facts = [
    state.protection === 'keychain' ? good(protectionWording) : weak(protectionWording),
    ownFactorFact(state),
    ...peopleFacts(state),
    kitFact(state),
    backupFact(state, moment),
    state.networkFolder ? weak(words.networkFolder) : good(words.localFolder),
    anchorFact(state, moment),
    keysFact(state, moment),
    auditFact(state),
    good({
      title: words.keyDerivation.title,
      text: words.keyDerivation.text(formatCount(memoryMiB), formatCount(passes), formatCount(lanes)),
    }),
    good({ title: words.lock.title(state.lockAfterMinutes), text: words.lock.text }),
    state.coreDumps === 'off'
      ? good(words.coreDumps.off)
      : { ...words.coreDumps.unknown, tone: 'quiet' as const, next: null },
    good(words.databases),
    good(words.window),
    state.protection === 'keychain' ? good(words.credentials) : weak(words.noCredentialStore),
  ];
  const order: readonly Tone[] = ['bad', 'attention', 'info', 'quiet', 'good'];
  return facts.toSorted((one, other) => order.indexOf(one.tone) - order.indexOf(other.tone));
}
