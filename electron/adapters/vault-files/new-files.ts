// New files at a place a person chose, over the same careful writing that backups have.
import type { NewFiles } from '../../core/ports/new-files.ts';
import { writeUnpublished } from './publish-file.ts';

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes);
}

export const newFiles: NewFiles = {
  write: async (path, content) => {
    const file = await writeUnpublished(path, content instanceof Uint8Array ? once(content) : content);
    await file.publish();
  },
};
