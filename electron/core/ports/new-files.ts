// Files that a person asked for at a path of her choice: they appear whole or not at all, and never over an existing one.

/** Written and durable beside its place. */
export interface NewFile {
  /** Gives the file its name. @throws {AppError} BACKUP_DESTINATION_EXISTS, VAULT_IO */
  publish(): Promise<void>;
  /** Removes what was written so far. */
  discard(): Promise<void>;
}

export interface NewFiles {
  /** Readable by its owner alone. @throws {AppError} BACKUP_DESTINATION_EXISTS, BACKUP_FOLDER_NOT_FOUND, VAULT_DISK_FULL, VAULT_IO */
  write(path: string, chunks: AsyncIterable<Uint8Array>): Promise<NewFile>;
}
