// The state of one profile that a person works on: draft, answers, what still stands in the way. It judges no file: the program's preview does.
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import type { StatementProfile } from '../../../shared/model/statement-profile.ts';
import type { ProfileProposal, StatementSurvey, SurveyQuestion } from '../../../shared/model/statement-survey.ts';
import { callKey } from '../../api/query.ts';
import { profilesText as text } from '../../text/profiles.ts';
import { previewFile } from './import-queue.ts';
import { draftOf, emptyDraft, profileOf, type ProfileDraft } from './profile-draft.ts';
import { openQuestions, withAnswer, type Topic } from './profile-questions.ts';

const TYPING_PAUSE_MS = 250;

export interface ProfileEditor {
  readonly draft: ProfileDraft;
  readonly proposal: ProfileProposal;
  /** None once a profile was adopted as it is: another person answered them. */
  readonly questions: readonly SurveyQuestion[];
  readonly answers: ReadonlyMap<Topic, string>;
  readonly open: readonly SurveyQuestion[];
  /** Null while something is missing. */
  readonly profile: StatementProfile | null;
  readonly change: (draft: ProfileDraft) => void;
  readonly answer: (topic: Topic, option: string) => void;
  /** Another profile as it is, or null for the file's own proposal. */
  readonly adopt: (profile: StatementProfile | null) => void;
}

const NO_ANSWERS: ReadonlyMap<Topic, string> = new Map();

export function useProfileEditor(survey: StatementSurvey, proposal: ProfileProposal): ProfileEditor {
  const proposed = (): ProfileDraft => (proposal.profile ? draftOf(proposal.profile) : emptyDraft(survey));
  const [draft, change] = useState(proposed);
  const [answers, setAnswers] = useState(NO_ANSWERS);
  const [adopted, setAdopted] = useState(false);
  const questions = adopted ? [] : proposal.questions;
  const profile = useMemo(() => profileOf(draft), [draft]);
  return {
    draft,
    proposal,
    questions,
    answers,
    open: openQuestions(questions, answers, draft),
    profile,
    change,
    answer: (topic, option) => {
      setAnswers(new Map(answers).set(topic, option));
      change(withAnswer(draft, { topic, option, columns: proposal.columns }));
    },
    adopt: (next) => {
      setAdopted(next !== null);
      setAnswers(NO_ANSWERS);
      change(next ? draftOf(next) : proposed());
    },
  };
}

/** What the profile makes of the file's beginning, asked again when typing paused. */
export function useProfilePreview(key: number, profile: StatementProfile | null) {
  const [settled] = useDebouncedValue(profile, TYPING_PAUSE_MS);
  return useQuery({
    queryKey: callKey('imports', 'preview', { key, settled }),
    queryFn: settled ? () => previewFile(key, settled) : skipToken,
    placeholderData: keepPreviousData,
  });
}

interface Blockers {
  readonly editor: ProfileEditor;
  readonly preview: ReturnType<typeof useProfilePreview>;
}

/** Why the file cannot be read yet, in words; null where it can. */
export function blockedBy({ editor, preview }: Blockers): string | null {
  if (editor.open.length > 0) return text.blocked.questions(editor.open.length);
  if (editor.profile === null) return text.blocked.incomplete;
  if (preview.isPlaceholderData || preview.data?.error !== null) return text.blocked.unread;
  return null;
}
