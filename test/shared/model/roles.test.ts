// Who may what: the one table of roles and permissions against one written by hand.
import { describe, expect, it } from 'vitest';
import { PERMISSIONS, Role, ROLE_PERMISSIONS, roleAllows, type Permission } from '../../../shared/model/roles.ts';

/** Whoever changes a permission changes this line too, and says so. */
const MAY: Readonly<Record<Permission, string>> = {
  public: 'owner accountant reviewer auditor',
  'signed-in': 'owner accountant reviewer auditor',
  'office.manage': 'owner',
  'office.verify': 'owner accountant reviewer auditor',
  'security.read': 'owner accountant reviewer auditor',
  'keys.rotate': 'owner',
  'users.read': 'owner auditor',
  'users.manage': 'owner',
  'clients.read': 'owner accountant reviewer auditor',
  'clients.manage': 'owner accountant',
  'accounts.read': 'owner accountant reviewer auditor',
  'transactions.read': 'owner accountant reviewer auditor',
  'batches.write': 'owner accountant',
  'statements.export': 'owner accountant',
  'connections.read': 'owner accountant reviewer auditor',
  'connections.manage': 'owner accountant',
  'connections.sync': 'owner accountant',
  'backups.create': 'owner accountant',
  'backups.read': 'owner accountant reviewer auditor',
  'audit.read': 'owner auditor',
  'audit.export': 'owner auditor',
};

describe('roles', () => {
  it('are four, strongest first', () => {
    expect(Role.options).toEqual(['owner', 'accountant', 'reviewer', 'auditor']);
    for (const other of ['', 'admin', 'Owner', null]) expect(Role.safeParse(other).success).toBe(false);
    expect(PERMISSIONS).toEqual(Object.keys(MAY));
  });

  it.each(Role.options)('%s may what the table says, and nothing else', (role) => {
    const named = Object.entries(MAY).filter(([, roles]) => roles.split(' ').includes(role));
    expect([...ROLE_PERMISSIONS[role]].sort()).toEqual(named.map(([permission]) => permission).sort());
    for (const permission of PERMISSIONS)
      expect(roleAllows(role, permission)).toBe(MAY[permission].split(' ').includes(role));
  });
});
