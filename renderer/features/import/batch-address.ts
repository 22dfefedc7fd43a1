// Addresses within the import screen: one batch, one file that waits for an answer.
export function batchAddress(batchId: string): string {
  return `/import?batch=${batchId}`;
}

export function answerAddress(fileKey: number): string {
  return `/import?answer=${fileKey}`;
}

/** Rows of all batches that wait for a decision. The overview leads there too. */
export const DOUBTS_ADDRESS = '/import?view=doubts';
