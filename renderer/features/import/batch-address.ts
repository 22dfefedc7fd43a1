// The address of one batch.
export function batchAddress(batchId: string): string {
  return `/import?batch=${batchId}`;
}
