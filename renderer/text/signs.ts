// Wording of the question whether a statement's signs are the right way round. Text only: no state, no markup.
interface Closing {
  readonly account: string;
  readonly owed: boolean;
}

export const signText = {
  /** The balance at the end of an account's first statement. */
  closing: (amount: string, { account, owed }: Closing) =>
    `Does ${account} stand at ${amount}, ${owed ? 'money owed' : 'money it holds'}? If it is the other way round, turn the signs.`,
  /** No balance is stated: the sum of the booked rows. */
  sum: (amount: string, owed: boolean) =>
    `No balance is stated. The booked rows add up to ${amount}: more ${owed ? 'went out than came in' : 'came in than went out'}. If it is the other way round, turn the signs.`,
  unsaid: 'Nothing is stated that would show whether the signs are right.',
  chosen: (account: string) => `The signs of ${account} are turned round.`,
  remembered: (account: string) =>
    `The signs of ${account} are turned round, as somebody chose for such files of it before.`,
  asBefore: (account: string) => `${account}: amounts in as the source writes them.`,
  wrong: 'Are the signs the wrong way round?',
  turn: 'Turn the signs round',
  turnBack: 'Turn them back',
  of: (account: string) => ` of ${account}`,
} as const;
