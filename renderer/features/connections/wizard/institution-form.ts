// The institution form: what was typed, judged by the contract's own schema. It keeps the private key only until it is handed over.
import { ConnectionDetails } from '../../../../shared/ipc/contract/connections.ts';
import type { PracticeBankView } from '../../../../shared/ipc/contract/practice.ts';
import { wizardText } from '../../../text/connection-wizard.ts';

const text = wizardText.institution;

export interface InstitutionFields {
  readonly institution: string;
  readonly issuer: string;
  readonly resourceBase: string;
  readonly clientId: string;
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  readonly authorityPem: string;
}
export type FieldErrors = Partial<Record<keyof InstitutionFields, string>>;

export function fieldsOf(details: ConnectionDetails | null): InstitutionFields {
  return {
    institution: details?.institution ?? '',
    issuer: details?.issuer ?? '',
    resourceBase: details?.resourceBase ?? '',
    clientId: details?.clientId ?? '',
    certificatePem: details?.enrolment?.certificatePem ?? '',
    privateKeyPem: details?.enrolment?.privateKeyPem ?? '',
    authorityPem: details?.authorityPem ?? '',
  };
}

const PEM_FIELDS = ['certificatePem', 'privateKeyPem', 'authorityPem'] as const;
const isPem = (value: string): boolean => /^-----BEGIN [A-Z ]+-----/.test(value.trim());

function pemErrors(fields: InstitutionFields): FieldErrors {
  const wrong = PEM_FIELDS.filter((name) => !isPem(fields[name]) && !(name === 'authorityPem' && fields[name] === ''));
  return Object.fromEntries(wrong.map((name) => [name, text.pem]));
}

const ADDRESSES: readonly string[] = ['issuer', 'resourceBase'];

/** The details, or what is wrong in which field. */
export function judgeFields(fields: InstitutionFields): { details: ConnectionDetails | null; errors: FieldErrors } {
  const { certificatePem, privateKeyPem, authorityPem, ...plain } = fields;
  const parsed = ConnectionDetails.safeParse({
    ...plain,
    type: 'uk-open-banking',
    enrolment: { certificatePem, privateKeyPem },
    authorityPem: authorityPem === '' ? null : authorityPem,
    practice: false,
  });
  const names = parsed.success ? [] : parsed.error.issues.map(({ path }) => String(path[0]));
  const schemaErrors: FieldErrors = Object.fromEntries<string>(
    names.map((name) => [name, ADDRESSES.includes(name) ? text.https : text.required]),
  );
  const errors = { ...schemaErrors, ...pemErrors(fields) };
  const complete = parsed.success && Object.keys(errors).length === 0;
  return { details: complete ? parsed.data : null, errors };
}

/** The practice bank's own details; the host takes the certificate that bank enrolled. */
export function practiceDetails(bank: PracticeBankView): ConnectionDetails {
  const { institution, issuer, resourceBase, clientId, authorityPem } = bank;
  return {
    type: 'uk-open-banking',
    institution,
    issuer,
    resourceBase,
    clientId,
    enrolment: null,
    authorityPem,
    practice: true,
  };
}
