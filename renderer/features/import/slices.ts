// Cuts a chosen file into base64 slices no larger than the contract takes. It never holds the whole file.

/** One slice before base64, in bytes. A multiple of three, so that only the last one carries padding. */
export const SLICE_BYTES = 786_432;

/** What the first look at a file gets of it: all of a smaller file. */
export const HEAD_BYTES = 1_048_576;

const CHUNK = 0x8000;

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(binary);
}

/** The file's bytes in order, each slice read only when it is asked for. */
export async function* slicesOf(file: Blob): AsyncGenerator<{ base64: string; end: number }> {
  for (let at = 0; at < file.size; at += SLICE_BYTES) {
    const end = Math.min(file.size, at + SLICE_BYTES);
    yield { base64: toBase64(new Uint8Array(await file.slice(at, end).arrayBuffer())), end };
  }
}

/** The file's beginning, in base64. */
export async function headOf(file: Blob): Promise<string> {
  return toBase64(new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()));
}
