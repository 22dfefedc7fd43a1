// The one place where a call waits for a fresh proof: whoever shows the prompt answers, and every call that waited runs once more.

/** Answers what is asked: true when the proof was given, false when it was cancelled. */
type Answer = (proven: boolean) => void;

let waiting: readonly Answer[] = [];
let prompts = 0;
const listeners = new Set<() => void>();

function publish(next: readonly Answer[]): void {
  waiting = next;
  for (const listener of listeners) listener();
}

/** Resolves once the person at the window has proven herself or has cancelled. Without a prompt on the screen nothing is proven. */
export function askForProof(): Promise<boolean> {
  if (prompts === 0) return Promise.resolve(false);
  return new Promise((answer) => publish([...waiting, answer]));
}

/** Ends the prompt for every call that waits. */
export function answerProof(proven: boolean): void {
  const answers = waiting;
  publish([]);
  for (const answer of answers) answer(proven);
}

/** For the prompt: hears when it is wanted. While nobody listens, no call waits. */
export function followProof(listener: () => void): () => void {
  listeners.add(listener);
  prompts += 1;
  return () => {
    listeners.delete(listener);
    prompts -= 1;
    if (prompts === 0) answerProof(false);
  };
}

/** Whether a call waits for a proof. */
export function isProofWanted(): boolean {
  return waiting.length > 0;
}
