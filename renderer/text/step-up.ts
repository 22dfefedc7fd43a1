// Wording of the prompt that asks for a fresh proof before a step that cannot be taken back.
export const stepUp = {
  title: 'Please confirm that it is you',
  lead: 'This step needs a fresh confirmation. It holds for five minutes in this window.',
  code: 'Code',
  codeHint: 'The six digits your authenticator app shows now, or one of your recovery codes. A code works once.',
  device: 'Connect your security device, then confirm. It may want to be touched.',
  withDevice: 'Use the security device instead',
  withCode: 'Use a code instead',
  password: 'Password',
  wrong: 'That does not fit. Nothing was done.',
  submit: 'Confirm',
  working: 'Checking',
} as const;
