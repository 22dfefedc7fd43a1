// Wording of settings: office, locking, appearance.
export const settings = {
  title: 'Settings',
  office: 'Office',
  name: 'Name',
  number: 'Office number',
  created: 'Created',
  folder: 'Folder',
  protection: 'Protection',
  protections: {
    keychain: (keychain: string) => `Password and this computer (${keychain})`,
    'password-only': 'Password only',
  },
  locking: 'Locking',
  lockAfter: 'Lock when nobody has used the window for',
  minutes: (count: number) => (count === 1 ? '1 minute' : `${count} minutes`),
  lockHint:
    'Fifteen minutes is the most. The office also locks with the screen, on sleep and when the user changes, where the system says so.',
  saved: 'Saved',
  appearance: 'Appearance',
  appearances: { system: 'As the system', light: 'Light', dark: 'Dark', 'high-contrast': 'High contrast' },
  appearanceHint: 'Kept for this window on this computer. It is not part of the office.',
} as const;
