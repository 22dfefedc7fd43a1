// Sealing small secrets to people: age v1 with X25519 identities. An identity opens what was sealed to its recipient.

/** `AGE-SECRET-KEY-1…`: a private X25519 key. */
export type SealIdentity = string;
/** `age1…`: its public key. */
export type SealRecipient = string;

export interface Sealer {
  newIdentity(): Promise<SealIdentity>;
  recipientOf(identity: SealIdentity): Promise<SealRecipient>;
  /** An age v1 file that each of the recipients opens alone. */
  seal(secret: Uint8Array, recipients: readonly SealRecipient[]): Promise<Uint8Array>;
  /** @throws {AppError} VAULT_HEADER_TAMPERED when this identity doesn't open it */
  open(sealed: Uint8Array, identity: SealIdentity): Promise<Uint8Array>;
}
