// Wording of the question whether a statement's signs are the right way round. Text only: no state, no markup.
interface Closing {
  readonly account: string;
  readonly owed: boolean;
}

interface Row {
  readonly what: string;
  readonly owed: boolean;
}

export const signText = {
  /** The balance at the end of an account's first statement. */
  closing: (amount: string, { account, owed }: Closing) =>
    `Does ${account} stand at ${amount}, ${owed ? 'money owed' : 'money it holds'}? If it is the other way round, turn the signs.`,
  /** No balance is stated. */
  row: (amount: string, { what, owed }: Row) =>
    `No balance is stated. “${what}” is read as ${amount}, money ${owed ? 'out' : 'in'}. If it is the other way round, turn the signs.`,
  unsaid: 'No balance is stated that would show whether the signs are right.',
  turnedNow: 'The signs are turned round.',
  remembered: (account: string) =>
    `The signs of ${account} are turned round, as chosen for this account and this kind of source.`,
  asBefore: (account: string) => `${account}: amounts in as the source writes them.`,
  wrong: 'Are the signs the wrong way round?',
  turn: 'Turn the signs round',
  turnBack: 'Turn them back',
  of: (account: string) => ` of ${account}`,
} as const;
