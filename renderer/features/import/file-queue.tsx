// The files on their way in: what each is and why, real progress, a way to stop, what it asks, and what is wrong with one that failed.
import { ActionIcon, Button, Progress } from '@mantine/core';
import { X } from 'lucide-react';
import { Link } from 'wouter';
import type { WireError } from '../../../shared/errors/app-error.ts';
import { errorTexts } from '../../../shared/errors/texts.ts';
import type { ClientSummary } from '../../../shared/ipc/contract/clients.ts';
import { importText as text, wordSurvey } from '../../text/import.ts';
import { WireErrorPanel } from '../../ui/error-panel.tsx';
import { formatBytes, formatCount } from '../../ui/format.ts';
import { Section } from '../../ui/page.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { answerAddress } from './batch-address.ts';
import { cancelFile } from './import-queue.ts';
import { dismissEnded, dismissFile, tallyOf, useImportQueue, type QueuedFile } from './queue-store.ts';

function stateText(file: QueuedFile): string {
  if (file.state === 'reading') {
    const parts = [
      text.reading(formatBytes(file.sent), formatBytes(file.bytes)),
      text.rowsRead(formatCount(file.rows)),
    ];
    if (file.rowsPerSecond > 0) parts.push(text.rate(formatCount(file.rowsPerSecond)));
    return parts.join(' · ');
  }
  return file.state === 'staged' ? '' : text.fileStates[file.state];
}

const LINES_SHOWN = 40;
/** So many reasons for a failure are shown in full. */
const UNFOLDED = 2;
/** What needs a person stands first, what is under way next. */
const ORDER: readonly QueuedFile['state'][] = ['asking', 'failed', 'reading', 'comparing'];

function rank({ state }: QueuedFile): number {
  const place = ORDER.indexOf(state);
  return place < 0 ? ORDER.length : place;
}

/** How a drop of many stands, in one line that is read out when it changes. */
function Tally({ files, clientId }: { readonly files: readonly QueuedFile[]; readonly clientId: ClientSummary['id'] }) {
  const { ok, needYou, underWay } = tallyOf(files);
  const parts = [text.tally.ok(formatCount(ok))];
  if (needYou > 0) parts.push(text.tally.needYou(needYou, formatCount(needYou)));
  if (underWay > 0) parts.push(text.tally.underWay(formatCount(underWay)));
  return (
    <span className="sr-file-tally">
      <span role="status">
        <StateBadge tone={needYou > 0 ? 'attention' : underWay > 0 ? 'info' : 'good'} word={parts.join(', ')} />
      </span>
      {underWay === 0 && (
        <Button variant="default" size="compact-xs" onClick={() => dismissEnded(clientId)}>
          {text.tally.clear}
        </Button>
      )}
    </span>
  );
}

function FileProgress({ file }: { readonly file: QueuedFile }) {
  if (file.state !== 'reading' && file.state !== 'comparing') return null;
  return (
    <Progress
      className="sr-file-progress"
      size={3}
      radius={0}
      value={file.bytes === 0 ? 100 : (file.sent / file.bytes) * 100}
      animated={file.state === 'comparing'}
      aria-label={text.progressLabel(file.name)}
    />
  );
}

function FileAction({ file }: { readonly file: QueuedFile }) {
  if (file.state === 'comparing') return null;
  if (file.state === 'failed' || file.state === 'cancelled') {
    return (
      <ActionIcon size="sm" aria-label={text.dismissFile(file.name)} onClick={() => dismissFile(file.key)}>
        <X size={14} aria-hidden />
      </ActionIcon>
    );
  }
  return (
    <>
      {file.state === 'asking' && (
        <Button component={Link} to={answerAddress(file.key)} size="compact-xs" aria-label={text.answerFile(file.name)}>
          {text.answer}
        </Button>
      )}
      <Button
        variant="default"
        size="compact-xs"
        aria-label={text.cancelFile(file.name)}
        onClick={() => cancelFile(file.key)}
      >
        {text.cancel}
      </Button>
    </>
  );
}

/** What the file is, by which bytes, and with which profile it is read. */
function FileFinding({ file: { survey, answer } }: { readonly file: QueuedFile }) {
  if (survey === null) return null;
  const parts = [wordSurvey(survey), survey.reason];
  if (survey.entries !== null) parts.push(text.entries(survey.entries.length));
  if (answer.profileName !== null) parts.push(text.withProfile(answer.profileName));
  return <p className="sr-file-finding">{parts.filter((part) => part !== '').join(' · ')}</p>;
}

interface FileLineProps {
  readonly file: QueuedFile;
  /** True where so many files failed that their reasons are opened one by one. */
  readonly folded: boolean;
}

function Problem({ error, folded }: { readonly error: WireError; readonly folded: boolean }) {
  if (!folded) return <WireErrorPanel error={error} size="compact" />;
  return (
    <details className="sr-file-problem">
      <summary>{errorTexts[error.code].title}</summary>
      <WireErrorPanel error={error} size="compact" />
    </details>
  );
}

function FileLine({ file, folded }: FileLineProps) {
  return (
    <li className="sr-file" data-state={file.state}>
      <div className="sr-file-line">
        <span className="sr-file-name sr-truncate">{file.name}</span>
        {file.state === 'asking' ? (
          <StateBadge tone="attention" word={text.fileStates.asking} />
        ) : (
          <span className="sr-quiet">{stateText(file)}</span>
        )}
        <span className="sr-file-actions">
          <FileAction file={file} />
        </span>
      </div>
      <FileFinding file={file} />
      <FileProgress file={file} />
      {file.error !== null && <Problem error={file.error} folded={folded} />}
    </li>
  );
}

export function FileQueue({ clientId }: { readonly clientId: ClientSummary['id'] }) {
  const files = useImportQueue(clientId);
  const open = files.filter(({ state }) => state !== 'staged').toSorted((a, b) => rank(a) - rank(b));
  const failed = files.filter(({ state }) => state === 'failed').length;
  if (files.length === 0 || (files.length === 1 && open.length === 0)) return null;
  return (
    <Section title={text.queue} aside={files.length > 1 && <Tally files={files} clientId={clientId} />}>
      <ul>
        {open.slice(0, LINES_SHOWN).map((file) => (
          <FileLine key={file.key} file={file} folded={failed > UNFOLDED} />
        ))}
      </ul>
      {open.length > LINES_SHOWN && (
        <p className="sr-quiet">{text.moreFiles(formatCount(open.length - LINES_SHOWN))}</p>
      )}
    </Section>
  );
}
