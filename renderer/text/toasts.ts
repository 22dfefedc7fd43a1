// Wording of the short news at the window's edge. Text only: no state, no markup.
export const toastText = { label: 'News', dismiss: 'Dismiss' } as const;
