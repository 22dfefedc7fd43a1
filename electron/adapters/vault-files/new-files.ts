// New files at a place a person chose, over the same careful writing that backups have.
import type { NewFiles } from '../../core/ports/new-files.ts';
import { writeUnpublished } from './publish-file.ts';

export const newFiles: NewFiles = { write: writeUnpublished };
