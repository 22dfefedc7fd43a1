// From nothing to a first sync, one step after the other. It keeps what was entered until the connection exists, and nothing longer.
import { useState } from 'react';
import type { ConnectionDetails, ConnectionView, Pin } from '../../../../shared/ipc/contract/connections.ts';
import type { PracticeBankView } from '../../../../shared/ipc/contract/practice.ts';
import { AccountsStep } from './accounts-step.tsx';
import { IdentityStep } from './identity-step.tsx';
import { InstitutionStep } from './institution-step.tsx';
import { PermissionsStep } from './permissions-step.tsx';
import { ResultStep } from './result-step.tsx';
import { SignInStep } from './sign-in-step.tsx';
import { firstStep, type StepName } from './steps.ts';
import { TypeStep } from './type-step.tsx';
import { WizardFrame } from './wizard-frame.tsx';

interface Draft {
  /** Null for a real bank. */
  readonly bank: PracticeBankView | null;
  readonly details: ConnectionDetails | null;
  readonly pins: readonly [Pin, Pin] | null;
}

const EMPTY: Draft = { bank: null, details: null, pins: null };

interface ConnectWizardProps {
  /** A connection that was begun earlier, or one whose accounts are assigned anew. */
  readonly resume: ConnectionView | null;
}

export function ConnectWizard({ resume }: ConnectWizardProps) {
  const [step, setStep] = useState<StepName>(() => firstStep(resume));
  const [draft, setDraft] = useState(EMPTY);
  const [connection, setConnection] = useState(resume);
  const advance = (to: StepName) => (view: ConnectionView) => {
    setConnection(view);
    setStep(to);
  };
  const { bank, details, pins } = draft;
  const chooseType = (chosen: PracticeBankView | null): void => {
    setDraft({ ...EMPTY, bank: chosen });
    setStep('institution');
  };
  const enterDetails = (entered: ConnectionDetails): void => {
    setDraft({ ...draft, details: entered, pins: null });
    setStep('identity');
  };
  const confirmPins = (confirmed: readonly [Pin, Pin]): void => {
    setDraft({ ...draft, pins: confirmed });
    setStep('permissions');
  };
  return (
    <WizardFrame step={step}>
      {step === 'type' && <TypeStep onChosen={chooseType} />}
      {step === 'institution' && (
        <InstitutionStep bank={bank} entered={details} onBack={() => setStep('type')} onEntered={enterDetails} />
      )}
      {step === 'identity' && details && (
        <IdentityStep details={details} bank={bank} onBack={() => setStep('institution')} onConfirmed={confirmPins} />
      )}
      {step === 'permissions' && details && pins && (
        <PermissionsStep
          details={details}
          pins={pins}
          onBack={() => setStep('identity')}
          onCreated={advance('signIn')}
        />
      )}
      {step === 'signIn' && connection && <SignInStep connection={connection} onDone={advance('accounts')} />}
      {step === 'accounts' && connection && <AccountsStep connection={connection} onAssigned={advance('result')} />}
      {step === 'result' && connection && <ResultStep connection={connection} />}
    </WizardFrame>
  );
}
