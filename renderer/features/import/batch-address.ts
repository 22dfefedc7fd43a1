// Addresses within the import screen: one batch, one file that waits for an answer.
export function batchAddress(batchId: string): string {
  return `/import?batch=${batchId}`;
}

export function answerAddress(fileKey: number): string {
  return `/import?answer=${fileKey}`;
}
