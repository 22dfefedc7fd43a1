// What the signed-in person may do, so that the window offers nothing else. The vault decides; this only spares her a refusal.
import { roleAllows, type Permission } from '../../shared/model/roles.ts';
import { useCall } from '../api/query.ts';

/** `const may = useMay(); may('clients.manage')`. Nobody signed in may nothing. */
export function useMay(): (permission: Permission) => boolean {
  const role = useCall('office', 'status', {}).data?.user?.role;
  return (permission) => role !== undefined && roleAllows(role, permission);
}
