// How many guesses a password would take, and whether it is on a list. Offline; it stores and sends nothing.

export interface PasswordEstimate {
  /** 0 to 4, powers of ten of guesses: below 10^3, 10^6, 10^8, 10^10, and above. */
  readonly score: 0 | 1 | 2 | 3 | 4;
  /** True when the whole password is a common one, apart from case and look-alike signs. */
  readonly common: boolean;
}

export interface PasswordEstimator {
  /** `context` are words a guesser would try first: names of the office and the user. */
  estimate(password: string, context: readonly string[]): PasswordEstimate;
}
