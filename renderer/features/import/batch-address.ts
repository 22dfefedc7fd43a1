// Addresses within the import screen: one batch, one file that waits for an answer.
export function batchAddress(batchId: string): string {
  return `/import?batch=${batchId}`;
}

export function answerAddress(fileKey: number): string {
  return `/import?answer=${fileKey}`;
}

/** The import screen itself, however its history is filtered: none of what opens from it. */
export function isImportHome(address: string): boolean {
  const [path, search = ''] = address.split('?');
  const parameters = new URLSearchParams(search);
  return path === '/import' && !['batch', 'answer', 'view'].some((name) => parameters.has(name));
}

/** Rows of all batches that wait for a decision. The overview leads there too. */
export const DOUBTS_ADDRESS = '/import?view=doubts';
