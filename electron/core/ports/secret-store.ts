// The OS keychain, or for a demonstration the memory of one process. Never a file.

/** Named secrets. Values may be longer than one keychain item; the implementation splits them. */
export interface SecretStore {
  /** The keychain's own name for the screen (`Secret Service`, `Keychain`, `Credential Manager`, `memory of this program`). */
  readonly name: string;
  /** True when a value written survives a read; probed once, never assumed. */
  isAvailable(): Promise<boolean>;
  /** @throws {AppError} KEYCHAIN_UNAVAILABLE, KEYCHAIN_FAILED */
  get(key: string): Promise<string | null>;
  /** Writes all of the value or keeps the old one. @throws {AppError} KEYCHAIN_UNAVAILABLE, KEYCHAIN_FAILED */
  set(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
}
