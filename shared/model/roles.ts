// Roles of an office's people and the permissions each role has. The vault process enforces them; nothing here decides alone.
import { z } from 'zod';

export const Role = z.enum(['owner', 'accountant', 'reviewer', 'auditor']);
export type Role = z.infer<typeof Role>;

/**
 * What a call needs. `public` calls work without a session (before unlock), `signed-in` for anyone who unlocked the office.
 */
export const PERMISSIONS = [
  'public',
  'signed-in',
  'office.manage',
  'office.verify',
  'security.read',
  'keys.rotate',
  'users.read',
  'users.manage',
  'clients.read',
  'clients.manage',
  'accounts.read',
  'transactions.read',
  'batches.write',
  'statements.export',
  'connections.read',
  'connections.manage',
  'connections.sync',
  'backups.create',
  'backups.read',
  'audit.read',
  'audit.export',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const READ: readonly Permission[] = [
  'public',
  'signed-in',
  'office.verify',
  'security.read',
  'clients.read',
  'accounts.read',
  'transactions.read',
  'connections.read',
  'backups.read',
];

/** Permissions of a role. A role missing from a permission's row is refused. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  owner: PERMISSIONS,
  accountant: [
    ...READ,
    'clients.manage',
    'batches.write',
    'statements.export',
    'connections.manage',
    'connections.sync',
    'backups.create',
  ],
  reviewer: READ,
  auditor: [...READ, 'users.read', 'audit.read', 'audit.export'],
};

export function roleAllows(role: Role, permission: Permission): boolean {
  return ROLE_PERMISSIONS[role].includes(permission);
}
