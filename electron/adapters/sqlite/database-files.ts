// The file operations around closed databases, as an interface: composition hands them in, so that a test can fail or stop at each of them.

/** Every method throws AppErrors of the vault, VAULT_IO and the like. */
export interface DatabaseFiles {
  exists(path: string): boolean;
  list(directory: string): string[];
  /** In bytes. */
  size(path: string): number;
  /** Fewer bytes where the file ends before. */
  readPart(path: string, start: number, length: number): Buffer;
  /** SHA-256 of a file's content in hex. */
  sha256(path: string): string;
  /** Makes a file's content durable. */
  sync(path: string): void;
  /** Atomic; replaces `to`. */
  rename(from: string, to: string): void;
  /** Makes the names in a folder durable. */
  syncDirectory(path: string): void;
  /** One that is not there is fine. */
  remove(path: string): void;
}
