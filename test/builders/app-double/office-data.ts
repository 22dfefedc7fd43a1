// The double's office: status, recovery kit, backups, audit log, practice bank.
import type { AuditEntry } from '../../../shared/ipc/contract/audit.ts';
import type { BackupContents, BackupRecord } from '../../../shared/ipc/contract/backups.ts';
import type { OfficeStatus, RecoveryKit } from '../../../shared/ipc/contract/office.ts';
import type { PracticeBankView } from '../../../shared/ipc/contract/practice.ts';
import { fakePin } from './connections.ts';
import { fakeHash, instantAgo, officeId, userIdOf } from './ids.ts';
import type { DoubleOptions } from './options.ts';

/** The status a double begins with. */
export function lockedStatus(options: DoubleOptions): Omit<OfficeStatus, 'entryKey' | 'users' | 'user'> {
  const state = options.state ?? 'unlocked';
  const exists = state !== 'none';
  const keychain = options.keychain ?? true;
  return {
    state,
    directory: '/home/thornbury/Documents/Strongroom',
    office: exists ? { id: officeId, name: 'Thornbury & Partners', createdAt: instantAgo(400) } : null,
    protection: exists ? (keychain ? 'keychain' : 'password-only') : null,
    keychain: { available: keychain, name: 'GNOME Keyring' },
    lockReason: options.lockReason ?? null,
    lockAfterMinutes: 10,
    problem:
      options.problem === undefined ? null : { code: options.problem, params: {}, retryable: false, ref: 'log-7f3a' },
    recoveryProven: exists ? (options.recoveryProven ?? options.clients !== 0) : null,
    warnings: [...(options.warnings ?? [])],
    alerts: [...(options.alerts ?? [])],
  };
}

export function recoveryKit(officeName: string): RecoveryKit {
  return {
    officeId,
    officeName,
    createdAt: instantAgo(0),
    groups: ['7QK2', 'M4ZP', '0D9X', 'HT6W', 'B3RN', 'Y8C1', 'VF5J', 'E2AG'],
    prove: [2, 6],
  };
}

export function doubleBackups(): BackupRecord[] {
  return [0.4, 7.2, 31].map((age, index) => ({
    path: `/home/thornbury/Documents/Strongroom backups/Thornbury & Partners ${instantAgo(age).slice(0, 10)}.strongroom-backup`,
    createdAt: instantAgo(age),
    bytes: 48_211_904 - index * 1_604_331,
    sha256: fakeHash(300 + index),
    clients: 12,
    transactions: 18_944 - index * 402,
    passphrase: index === 1,
    verifiedAt: index === 0 ? null : instantAgo(age - 0.01),
  }));
}

export function backupContents(record: Pick<BackupRecord, 'createdAt'>): BackupContents {
  const names = [
    'office.db',
    ...Array.from({ length: 12 }, (_, index) => `clients/client-${index + 1}.db`),
    'header.json',
  ];
  return {
    officeId,
    officeName: 'Thornbury & Partners',
    createdAt: record.createdAt,
    files: names.map((name, index) => ({ name, bytes: 4_096 * (index + 9), sha256: fakeHash(index), ok: true })),
    clients: 12,
    transactions: 18_944,
    ok: true,
  };
}

const ACTIONS = [
  'office.unlock',
  'connections.sync',
  'batches.commit',
  'backups.create',
  'clients.add',
  'office.verify',
  'batches.undo',
  'connections.create',
] as const;

/** Entries of the office's chain at the beginning. */
export const AUDIT_ENTRIES = 1240;

/** Entry `sequence` of the office's chain. */
function auditEntry(sequence: number): AuditEntry {
  const action = ACTIONS[(sequence * 7) % ACTIONS.length] ?? 'office.unlock';
  const colleague = sequence % 5 === 0;
  return {
    sequence,
    at: instantAgo((AUDIT_ENTRIES - sequence) * 0.31),
    userId: userIdOf(colleague ? 2 : 1),
    user: colleague ? 'Jonas Petersen' : 'Margarethe Thornbury-Oyelaran',
    action,
    subject: action.startsWith('office') ? null : 'Aldgate Instruments Ltd',
    outcome: sequence % 61 === 0 ? 'denied' : 'done',
    payload: action.startsWith('batches') ? { rows: sequence % 90, files: ['statement.xml', 'march.ofx'] } : {},
    hash: fakeHash(sequence),
  };
}

export function auditChain(): AuditEntry[] {
  return Array.from({ length: AUDIT_ENTRIES }, (_, index) => auditEntry(index + 1));
}

const MISBEHAVIOURS: readonly (readonly [string, string])[] = [
  ['wrong-pin', 'The server shows a key that was never pinned'],
  ['certificate-expired', 'The server’s certificate is past its last day'],
  ['tls-1.2', 'The server speaks TLS 1.2 only'],
  ['consent-expired', 'The consent has ended'],
  ['rate-limited', 'Answers 429 with Retry-After'],
  ['server-error', 'Answers 500'],
  ['truncated', 'The answer breaks off in the middle'],
  ['redirect', 'The answer points to another origin'],
];

export function practiceBank(running: boolean): PracticeBankView {
  return {
    running,
    institution: 'Practice Bank',
    issuer: 'https://localhost:8443',
    resourceBase: 'https://localhost:8443/open-banking/v4.0/aisp',
    authorityPem: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
    clientId: 'strongroom-practice',
    pins: running ? { current: fakePin(1), backup: fakePin(51) } : null,
    signIns: [
      { name: 'amelia', password: 'practice-1', companies: ['Aldgate Instruments Ltd', 'Harbour Supplies'] },
      { name: 'bertram', password: 'practice-2', companies: ['Café Zürich'] },
    ],
    misbehaviours: MISBEHAVIOURS.map(([name, description]) => ({ name, description, on: false })),
  };
}
