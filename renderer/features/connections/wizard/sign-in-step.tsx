// Fifth step: the sign-in at the bank, in the system browser.
import type { ConnectionView } from '../../../../shared/ipc/contract/connections.ts';
import { wizardText } from '../../../text/connection-wizard.ts';
import { SignInPanel } from '../sign-in-panel.tsx';
import { Step } from './wizard-frame.tsx';

interface SignInStepProps {
  readonly connection: ConnectionView;
  readonly onDone: (connection: ConnectionView) => void;
}

export function SignInStep({ connection, onDone }: SignInStepProps) {
  return (
    <Step heading={wizardText.signIn.heading}>
      <SignInPanel connection={connection} onDone={onDone} />
    </Step>
  );
}
