// Where the processes that tests start by the hundred keep their compiled code. Node checks each entry against its source.
import { fileURLToPath } from 'node:url';

export const COMPILE_CACHE = fileURLToPath(new URL('../../node_modules/.cache/strongroom/compiled', import.meta.url));
