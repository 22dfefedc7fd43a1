// The permanent notice of an office that only its password protects.
import { ShieldAlert } from 'lucide-react';
import { useCall } from '../../api/query.ts';
import { overview as words } from '../../text/overview.ts';

export function PasswordOnlyNotice() {
  const status = useCall('office', 'status', {});
  if (status.data?.protection !== 'password-only') return null;
  return (
    <p className="sr-notice" role="note">
      <ShieldAlert size={16} aria-hidden="true" />
      {words.passwordOnly}
    </p>
  );
}
