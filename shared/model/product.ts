// The program's name and version, as files that it writes state them. A test holds it against package.json.

/** `Strongroom 1.0.0`. */
export const PRODUCT = 'Strongroom 0.1.0';
