// Lets one piece of work begin when the one before it is over. It knows nothing of what is done.

/** A failure belongs to its own caller, the next one goes ahead. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>;

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work, work);
    last = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  };
}
