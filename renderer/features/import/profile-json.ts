// A profile as a file that offices pass on. It names no client, and what comes in is checked before it is used.
import { SavedProfile } from '../../../shared/model/statement-profile.ts';

const SharedProfile = SavedProfile.pick({ name: true, signature: true, profile: true }).strict();
export type SharedProfile = Pick<SavedProfile, 'name' | 'signature' | 'profile'>;

export function profileJson({ name, signature, profile }: SharedProfile): string {
  return `${JSON.stringify({ name, signature, profile }, null, 2)}\n`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The profile in a text, or null where it is none. */
export function readProfileJson(text: string): SharedProfile | null {
  const parsed = SharedProfile.safeParse(parseJson(text));
  return parsed.success ? parsed.data : null;
}
