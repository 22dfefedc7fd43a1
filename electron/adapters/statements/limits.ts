// Caps that keep a hostile file from taking memory or time. They lie far above anything a bank writes.

/** Bytes of the file's start that detection may look at. */
export const HEAD_BYTES = 65_536;
/** Longest single value, name or markup, in bytes or characters. */
export const MAX_VALUE = 262_144;
/** Longest tag with its name and attributes. */
export const MAX_TAG = 4096;
/** Longest OFX row, in bytes. */
export const MAX_ROW = 1_000_000;
/** Deepest nesting of elements. */
export const MAX_DEPTH = 64;
/** Elements kept of one captured part (a detail, an account, a balance), or leaves of one OFX aggregate. */
export const MAX_ELEMENTS = 20_000;
/** Characters kept of one captured part or one OFX aggregate. */
export const MAX_PART = 2_000_000;
/** Characters of one CAMT entry with all its details. */
export const MAX_ENTRY = 67_108_864;
/** Balances of one statement that are looked at. */
export const MAX_STATED_BALANCES = 100_000;
/** Details of one batch booking. */
export const MAX_CHILDREN = 100_000;
/** Longest raw record kept with a row; the schema of source transactions sets it. */
export const MAX_RAW = 1_000_000;
/** Balances kept of one statement; the schema of source events sets it. */
export const MAX_BALANCES = 200;
/** Rows handed on at once. */
export const ROWS_PER_SLICE = 1000;
/** Largest file. */
export const MAX_FILE_BYTES = 4_294_967_296;
/** Longest line of an MT940 or MT942 file, in bytes. */
export const MAX_LINE = 65_536;
/** MT940 and MT942: fields of one message besides its entries, and lines between two messages. */
export const MAX_MESSAGE_FIELDS = 1000;
/** Statements of one file. */
export const MAX_STATEMENTS = 1_000_000;
/** Largest ZIP archive; it is held in memory until its index, at its end, has come. */
export const MAX_ARCHIVE_BYTES = 67_108_864;
/** Files of an archive. */
export const MAX_ARCHIVE_ENTRIES = 1000;
/** Bytes of one file of an archive, and of all of them. */
export const MAX_ENTRY_BYTES = 1_073_741_824;
export const MAX_UNPACKED_BYTES = 2_147_483_648;
/** How many times its packed size a file of an archive may have; small ones may have more. */
export const MAX_RATIO = 250;
export const RATIO_FREE_BYTES = 4_194_304;
