// What the printed recovery kit says. It holds no secret and no layout.

export const KIT_TEXT = {
  title: 'Strongroom recovery kit',
  lead: 'This paper opens the office. Whoever has it can read everything in it.',
  office: 'Office',
  officeId: 'Office number',
  created: 'Made on',
  key: 'Recovery key',
  sections: [
    {
      title: 'What it is for',
      lines: [
        'A password is forgotten, or a second factor or this computer is lost: choose “Password or computer lost” where you sign in, and type the eight groups. You choose a new password and get a new kit.',
        'A backup is to be opened on another computer: choose “Restore a backup”. Upper or lower case does not matter.',
      ],
    },
    {
      title: 'What it is not for',
      lines: [
        'Daily work. Nobody from Strongroom will ever ask for it. It does not open anything without the office’s folder or a backup, and there is no copy of it anywhere: without it and without a password nobody can read the data.',
      ],
    },
    {
      title: 'Where to keep it',
      lines: [
        'With your deeds or in a safe, in two places if you can: not beside the computer, not with the backups. Do not photograph it and do not leave it as a file on a computer. After a new kit was made, destroy this one: it opens nothing but older backups.',
      ],
    },
  ],
  places: ['First copy lies at', 'Second copy lies at'],
} as const;
