// The practice bank as the host sees it: a separate process that can be started, told to misbehave, and stopped.

/** What the practice bank says about itself. The client's key pair is what a real bank's enrolment would have handed over. */
export interface PracticeBankDetails {
  readonly institution: string;
  readonly issuer: string;
  readonly resourceBase: string;
  readonly authorityPem: string;
  /** SPKI SHA-256, standard base64. */
  readonly pins: { readonly current: string; readonly backup: string };
  readonly client: { readonly clientId: string; readonly certificatePem: string; readonly privateKeyPem: string };
  readonly signIns: readonly {
    readonly name: string;
    readonly password: string;
    readonly companies: readonly string[];
  }[];
}

export interface PracticeBankPort {
  /** Every switch there is. */
  readonly misbehaviours: readonly { readonly name: string; readonly description: string }[];
  /** Starts it, or answers with the running one. */
  start(): Promise<PracticeBankDetails>;
  /** The running one, or null. */
  current(): PracticeBankDetails | null;
  /** Replaces the set of misbehaviours. @throws {AppError} PRACTICE_NOT_RUNNING */
  misbehave(names: readonly string[]): Promise<void>;
  misbehaving(): readonly string[];
  stop(): Promise<void>;
}
