// Second step: the bank's addresses and the office's own certificate, or what the practice bank fills in by itself.
import { Button, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { ConnectionDetails } from '../../../../shared/ipc/contract/connections.ts';
import type { PracticeBankView } from '../../../../shared/ipc/contract/practice.ts';
import { wizardText } from '../../../text/connection-wizard.ts';
import { Facts } from '../../../ui/facts.tsx';
import { SignInNames } from '../sign-in-names.tsx';
import {
  fieldsOf,
  judgeFields,
  practiceDetails,
  type FieldErrors,
  type InstitutionFields,
} from './institution-form.ts';
import { Step, StepFooter } from './wizard-frame.tsx';

const text = wizardText.institution;

interface InstitutionStepProps {
  readonly bank: PracticeBankView | null;
  readonly entered: ConnectionDetails | null;
  readonly onBack: () => void;
  readonly onEntered: (details: ConnectionDetails) => void;
}

function PracticeInstitution({ bank, onBack, onEntered }: InstitutionStepProps & { readonly bank: PracticeBankView }) {
  return (
    <Step heading={text.heading} hint={text.practiceHint}>
      <Facts
        items={[
          { name: text.name, value: bank.institution },
          { name: text.issuer, value: <span className="sr-mono">{bank.issuer}</span> },
          { name: text.resourceBase, value: <span className="sr-mono">{bank.resourceBase}</span> },
          { name: text.clientId, value: <span className="sr-mono">{bank.clientId}</span> },
          { name: text.certificate, value: text.practiceCertificate },
        ]}
      />
      <SignInNames signIns={bank.signIns} />
      <StepFooter onBack={onBack}>
        <Button onClick={() => onEntered(practiceDetails(bank))}>{wizardText.next}</Button>
      </StepFooter>
    </Step>
  );
}

interface FieldsProps {
  readonly fields: InstitutionFields;
  readonly errors: FieldErrors;
  readonly onChange: (name: keyof InstitutionFields, value: string) => void;
}

function Fields({ fields, errors, onChange }: FieldsProps) {
  const bind = (name: keyof InstitutionFields) => ({
    value: fields[name],
    error: errors[name],
    onChange: (event: { currentTarget: { value: string } }) => onChange(name, event.currentTarget.value),
  });
  const pem = { rows: 3, spellCheck: false, classNames: { input: 'sr-mono' } };
  return (
    <div className="sr-form">
      <TextInput label={text.name} placeholder={text.namePlaceholder} maxLength={200} {...bind('institution')} />
      <TextInput label={text.clientId} spellCheck={false} maxLength={300} {...bind('clientId')} />
      <TextInput type="url" label={text.issuer} placeholder="https://" {...bind('issuer')} />
      <TextInput type="url" label={text.resourceBase} placeholder="https://" {...bind('resourceBase')} />
      <Textarea label={text.certificate} {...pem} {...bind('certificatePem')} />
      <Textarea
        label={text.privateKey}
        description={text.privateKeyHint}
        autoComplete="off"
        {...pem}
        classNames={{ input: 'sr-mono sr-secret' }}
        {...bind('privateKeyPem')}
      />
      <Textarea label={text.authority} description={text.authorityHint} {...pem} {...bind('authorityPem')} />
    </div>
  );
}

function RealInstitution({ entered, onBack, onEntered }: InstitutionStepProps) {
  const [fields, setFields] = useState(() => fieldsOf(entered));
  const [errors, setErrors] = useState<FieldErrors>({});
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const judged = judgeFields(fields);
    setErrors(judged.errors);
    if (judged.details) onEntered(judged.details);
  };
  const change = (name: keyof InstitutionFields, value: string): void => {
    setFields({ ...fields, [name]: value });
    const { [name]: _, ...others } = errors;
    setErrors(others);
  };
  return (
    <Step heading={text.heading} hint={text.hint}>
      <form onSubmit={submit} noValidate>
        <Fields fields={fields} errors={errors} onChange={change} />
        <StepFooter onBack={onBack}>
          <Button type="submit">{wizardText.next}</Button>
        </StepFooter>
      </form>
    </Step>
  );
}

export function InstitutionStep(props: InstitutionStepProps) {
  return props.bank ? <PracticeInstitution {...props} bank={props.bank} /> : <RealInstitution {...props} />;
}
