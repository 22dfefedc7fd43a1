// The one slow step between a password and a key, behind a port because the library is native. It keeps nothing.

/** As the header states them. `INSECURE_TEST_KDF` is a toy for tests: a program that was not told so refuses it. */
export interface KdfParameters {
  readonly algorithm: 'argon2id' | 'INSECURE_TEST_KDF';
  /** Argon2's version number; 19 is 1.3. */
  readonly version: 19;
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
}

export interface PasswordKdf {
  /** Parameters that take 0.5 to 1 s on this machine, never below the floor. */
  calibrate(): Promise<KdfParameters>;
  /** @throws {AppError} VAULT_KDF_REFUSED outside floor and ceiling, before any hashing */
  assertAllowed(parameters: KdfParameters): void;
  /** 32 bytes. The password is taken as NFKC, never trimmed. @throws {AppError} VAULT_KDF_REFUSED */
  derive(password: string, parameters: KdfParameters, salt: Uint8Array): Promise<Uint8Array>;
}
