// One's own sign-in: password, codes of an authenticator app, security device where this program can talk to one.
import { useCall } from '../../api/query.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Skeletons } from '../../ui/page.tsx';
import { ChangePassword } from './change-password.tsx';
import { CodeFactor } from './code-factor.tsx';
import { DeviceFactor } from './device-factor.tsx';

export function OwnSignIn({ onCodes }: { readonly onCodes: (codes: readonly string[]) => void }) {
  const factors = useCall('factors', 'state', {});
  const status = useCall('office', 'status', {});
  if (factors.isError) return <ErrorPanel error={factors.error} onRetry={() => void factors.refetch()} />;
  if (factors.data === undefined || status.data === undefined) return <Skeletons rows={8} />;
  const { code, device, deviceSupport } = factors.data;
  return (
    <div className="sr-security-view sr-own">
      <ChangePassword status={status.data} />
      <CodeFactor code={code} onCodes={onCodes} />
      {deviceSupport !== null && <DeviceFactor device={device} kind={deviceSupport} />}
    </div>
  );
}
