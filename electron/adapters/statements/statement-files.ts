// All statement formats behind the port of the connector's file calls. It opens no file and stores nothing.
import type { StatementFiles } from '../../core/ports/statement-files.ts';
import { previewStatement } from './preview.ts';
import { StatementStream } from './read-statement.ts';
import { SURVEY_BYTES, surveyStatement, type FileHead } from './survey.ts';

const headOf = (head: Uint8Array): FileHead => ({ head, complete: head.length < SURVEY_BYTES });

export const statementFiles: StatementFiles = {
  survey: (head) => surveyStatement(headOf(head)),
  preview: (head, profile) => previewStatement({ ...headOf(head), profile }),
  open: (profile) => new StatementStream(profile),
};
