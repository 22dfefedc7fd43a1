// Wording where a screen needs one client. Text only: no state, no markup.
export const chooseClient = {
  title: 'Choose a client first',
  noneTitle: 'No clients yet',
  noneHint: 'Add a client with the switcher at the top left. Each gets an encrypted database and a key of its own.',
} as const;
