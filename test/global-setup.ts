// Before the first test of a project with processes or pages: what they share is made once, so that files may run side by side.
import { buildWindow } from './builders/built-window.ts';

export async function setup(): Promise<void> {
  await buildWindow();
}
