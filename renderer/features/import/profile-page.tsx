// A file that waits for a person: what it leaves open, how it would be read, and the way on. It reads nothing of the file itself.
import { Button } from '@mantine/core';
import { FileQuestion } from 'lucide-react';
import { Link } from 'wouter';
import type { ClientSummary } from '../../../shared/ipc/contract/clients.ts';
import type { ProfileProposal, StatementSurvey } from '../../../shared/model/statement-survey.ts';
import { navigate } from '../../app/hash-location.ts';
import { profilesText as text } from '../../text/profiles.ts';
import { wordSurvey } from '../../text/import.ts';
import { EmptyState, Page, Section } from '../../ui/page.tsx';
import { cancelFile } from './import-queue.ts';
import { ProfileKeep } from './profile-keep.tsx';
import { ProfilePreview } from './profile-preview.tsx';
import { ProfileQuestionsForm } from './profile-questions-form.tsx';
import { ProfileSample } from './profile-sample.tsx';
import { ProfileSettings } from './profile-settings.tsx';
import { ProfileStart } from './profile-start.tsx';
import { useImportQueue, type QueuedFile } from './queue-store.ts';
import { useProfileEditor, useProfilePreview } from './use-profile-editor.ts';

interface EditorPageProps {
  readonly file: QueuedFile;
  readonly survey: StatementSurvey;
  readonly proposal: ProfileProposal;
}

function EditorPage({ file, survey, proposal }: EditorPageProps) {
  const editor = useProfileEditor(survey, proposal);
  const preview = useProfilePreview(file.key, editor.profile);
  const cancel = (): void => {
    cancelFile(file.key);
    navigate('/import');
  };
  return (
    <Page
      title={text.title(file.name)}
      lead={`${wordSurvey(survey)} · ${survey.reason}`}
      actions={
        <>
          <Button component={Link} to="/import" variant="default">
            {text.back}
          </Button>
          <Button variant="default" onClick={cancel}>
            {text.drop}
          </Button>
        </>
      }
    >
      <div className="sr-editor">
        {editor.questions.length > 0 && (
          <div data-part="questions">
            <Section title={text.questions} aside={<span className="sr-quiet">{text.questionsHint}</span>}>
              <ProfileQuestionsForm editor={editor} />
            </Section>
          </div>
        )}
        <div data-part="result">
          <Section title={text.preview}>
            <ProfilePreview complete={editor.profile !== null} query={preview} />
          </Section>
          <Section title={text.keep}>
            <ProfileKeep file={file} editor={editor} preview={preview} />
          </Section>
          {proposal.sample.length > 0 && (
            <Section title={text.sample}>
              <ProfileSample proposal={proposal} />
            </Section>
          )}
        </div>
        <div data-part="settings">
          <Section title={text.settings} aside={<ProfileStart editor={editor} />}>
            <ProfileSettings editor={editor} />
          </Section>
        </div>
      </div>
    </Page>
  );
}

interface ProfilePageProps {
  readonly clientId: ClientSummary['id'];
  readonly fileKey: number;
}

export function ProfilePage({ clientId, fileKey }: ProfilePageProps) {
  const file = useImportQueue(clientId).find(({ key, state }) => key === fileKey && state === 'asking');
  const proposal = file?.survey?.proposal;
  if (file?.survey && proposal) return <EditorPage file={file} survey={file.survey} proposal={proposal} />;
  return (
    <Page title={text.gone}>
      <EmptyState
        icon={FileQuestion}
        title={text.gone}
        hint={text.goneHint}
        action={
          <Button component={Link} to="/import">
            {text.back}
          </Button>
        }
      />
    </Page>
  );
}
