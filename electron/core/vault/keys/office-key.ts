// Keys that hang on the office key, each under a label of its own. It keeps none.
import { deriveKey } from './wrapped-secret.ts';

const NO_SALT = new Uint8Array(0);

/** Authenticates the header. */
export const headerMacKey = (officeKey: Uint8Array): Uint8Array => deriveKey(officeKey, NO_SALT, 'header-mac');

/** Authenticates what is remembered of the office outside its folder. */
export const anchorMacKey = (officeKey: Uint8Array): Uint8Array => deriveKey(officeKey, NO_SALT, 'anchor-mac');
