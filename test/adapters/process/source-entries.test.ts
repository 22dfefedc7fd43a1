// Which programs the processes run is fixed: nothing that is imported can put another in their place.
import { expect, test } from 'vitest';
import { SOURCE_ENTRIES } from '../../../electron/adapters/process/child-process-port.ts';

test('the entries of the processes cannot be exchanged', () => {
  expect(() => Object.assign(SOURCE_ENTRIES, { vault: '/elsewhere.ts' })).toThrow(TypeError);
  expect(SOURCE_ENTRIES.vault).toMatch(/processes[/\\]vault\.ts$/);
});
