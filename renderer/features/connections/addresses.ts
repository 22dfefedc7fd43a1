// Addresses within the connections screen.
export function connectionAddress(connectionId: string): string {
  return `/connections?connection=${connectionId}`;
}

/** The wizard for a new connection, or where an existing one left off. */
export function wizardAddress(connectionId = 'new'): string {
  return `/connections?wizard=${connectionId}`;
}
