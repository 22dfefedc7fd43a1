// The fuses a packaged Electron gets, by the names of @electron/fuses' FuseV1Options. Packaging applies them; a test keeps them.

/** @see security.md §4 */
export const ELECTRON_FUSES = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  /** Has an effect on macOS and Windows. */
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
  WasmTrapHandlers: true,
} as const;

/** A fuse that a newer Electron adds must be decided here before the build goes on. */
export const STRICTLY_REQUIRE_ALL_FUSES = true;
