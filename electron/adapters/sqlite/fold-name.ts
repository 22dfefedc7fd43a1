// How names of clients and people are compared for being the same. It changes no name.

/** Names that differ only in case, width or blanks are one name. */
export function foldName(name: string): string {
  return name.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
}
