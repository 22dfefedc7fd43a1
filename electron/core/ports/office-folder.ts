// The folder an office lives in, apart from its header and databases: where it may be made, and how it appears all at once. It reads no data.

export interface OfficeFolders {
  /**
   * A new folder beside `directory`, on the same disk, to build an office in. `directory` itself must be empty or absent.
   * @throws {AppError} OFFICE_EXISTS, OFFICE_FOLDER_NOT_EMPTY, OFFICE_FOLDER_NOT_WRITABLE, VAULT_DISK_FULL, VAULT_IO
   */
  stage(directory: string): string;
  /** True when a file `path` would lie in the folder or anywhere below it, whatever links lead there. @throws {AppError} VAULT_IO */
  contains(directory: string, path: string): boolean;
  /** True where the folder lies on another computer, as far as the system says so. @throws {AppError} VAULT_IO, OFFICE_FOLDER_NOT_WRITABLE */
  isRemote(directory: string): boolean;
  /** Puts the staged folder in the place of `directory` in one step. @throws {AppError} OFFICE_FOLDER_NOT_WRITABLE, VAULT_IO */
  publish(staged: string, directory: string): void;
  /** Removes a staged folder and all in it. */
  discard(staged: string): void;
}
