// Wording of one's own sign-in: password, codes, device.
export const ownPassword = {
  title: 'Password',
  lead: 'Changing it wraps your key anew. No client’s database changes, and older copies of the folder still open with the old password.',
  current: 'Present password',
  next: 'New password',
  submit: 'Change the password',
  working: 'Deriving the new key. This takes a second or two on purpose.',
  done: 'The password was changed.',
} as const;

export const codes = {
  title: 'Codes of an authenticator app',
  none: 'Not set up',
  on: 'Set up',
  meaning:
    'A code protects a running office from someone who knows your password. It is no part of the key, so it does not protect a stolen folder.',
  since: 'Set up',
  left: 'Recovery codes left',
  leftCount: (count: number) => (count === 0 ? 'none: make new ones today' : String(count)),
  begin: 'Set up codes',
  renew: 'New recovery codes',
  renewLost: 'The recovery codes you have open nothing any more.',
  remove: 'Remove codes',
  removeLost: 'You sign in with your password alone. Where it has fewer than 15 characters, change it first.',
  removed: 'Codes were removed.',
  dialog: 'Set up codes',
  scan: 'Scan it with an authenticator app on your phone.',
  qr: 'QR code for the authenticator app',
  type: 'Or type this key into the app',
  typeHint: 'Time based, six digits, every 30 seconds.',
  code: 'Code the app shows now',
  confirm: 'Confirm',
} as const;

export const recoveryCodes = {
  title: 'Ten recovery codes',
  lead: 'Each opens the door once in place of the app’s code, when the phone is lost. Print them and keep them apart from the phone.',
  shownOnce: 'They are shown only now.',
  list: 'Recovery codes',
  paper: (office: string, name: string) => `${office} · ${name}`,
  made: 'Made',
  print: 'Print',
  done: 'I have them on paper',
} as const;

export const device = {
  title: 'Security device',
  none: 'Not set up',
  on: 'Set up',
  meaning:
    'What the device answers becomes part of your key: without it not even your password opens a stolen copy of the folder.',
  kind: 'Kind',
  label: 'Device',
  since: 'Set up',
  add: 'Add a device',
  remove: 'Remove the device',
  addTitle: 'Add a security device',
  addLead: 'Connect the device, type your password, and touch the device when it blinks.',
  removeTitle: 'Remove the security device',
  removeLead:
    'Your key is wrapped anew without it. Connect it once more: its answer is needed to open the present key.',
  password: 'Password',
  working: 'Waiting for the device',
  lost: 'If the device is lost, an owner must invite you anew; the owner herself uses the recovery kit.',
} as const;
