// How values cross in the double of Electron.

/** Values cross between page and program as structured clones. */
export const crossed = <T>(value: T): T => structuredClone(value);
