// What a file leaves open, asked one by one with the cells it was found in. Nothing is chosen before a person chooses.
import { Radio, Select } from '@mantine/core';
import type { SurveyQuestion } from '../../../shared/model/statement-survey.ts';
import { profilesText as text, STATUS_WORDS, wordOption } from '../../text/profiles.ts';
import { CURRENCIES } from './currencies.ts';
import { statusOf, withStatus } from './profile-questions.ts';
import type { ProfileEditor } from './use-profile-editor.ts';

interface QuestionProps {
  readonly editor: ProfileEditor;
  readonly question: SurveyQuestion;
}

function Examples({ examples }: Pick<SurveyQuestion, 'examples'>) {
  return (
    <>
      {examples.length > 0 && `${text.examples}: `}
      {examples.map((example) => (
        <code key={example} className="sr-example">
          {example}
        </code>
      ))}
    </>
  );
}

function Choices({ editor, question: { topic, options, examples } }: QuestionProps) {
  return (
    <Radio.Group
      label={text.asked[topic]}
      description={<Examples examples={examples} />}
      value={editor.answers.get(topic) ?? null}
      onChange={(option) => editor.answer(topic, option)}
    >
      <div className="sr-question-options">
        {options.map((option) => (
          <Radio key={option} value={option} label={wordOption(topic, option)} />
        ))}
      </div>
    </Radio.Group>
  );
}

function CurrencyChoice({ editor, question: { topic, options, examples } }: QuestionProps) {
  const others = CURRENCIES.filter((code) => !options.includes(code));
  return (
    <Select
      label={text.asked.currency}
      description={<Examples examples={examples} />}
      className="sr-question-currency"
      placeholder={text.choose}
      searchable
      data={[...options, ...others]}
      value={editor.answers.get(topic) ?? null}
      onChange={(code) => code !== null && editor.answer(topic, code)}
    />
  );
}

function StatusChoices({ editor, question: { examples } }: QuestionProps) {
  const { draft, change } = editor;
  if (draft.format !== 'csv') return null;
  return (
    <ul className="sr-question-statuses">
      {examples.map((status) => (
        <li key={status}>
          <Radio.Group
            label={status === '' ? text.emptyCell : status}
            value={statusOf(draft, status)}
            onChange={(list) => change(withStatus(draft, status, list))}
          >
            <div className="sr-question-options">
              {Object.entries(STATUS_WORDS).map(([list, word]) => (
                <Radio key={list} value={list} label={word} />
              ))}
            </div>
          </Radio.Group>
        </li>
      ))}
    </ul>
  );
}

function Question(props: QuestionProps) {
  const { topic } = props.question;
  const open = props.editor.open.some((question) => question.topic === topic);
  return (
    <li className="sr-question" data-open={open || undefined}>
      {topic === 'status' && (
        <>
          <h3>{text.asked.status}</h3>
          <StatusChoices {...props} />
        </>
      )}
      {topic === 'currency' && <CurrencyChoice {...props} />}
      {topic !== 'status' && topic !== 'currency' && <Choices {...props} />}
    </li>
  );
}

export function ProfileQuestionsForm({ editor }: { readonly editor: ProfileEditor }) {
  return (
    <ol className="sr-questions">
      {editor.questions.map((question) => (
        <Question key={question.topic} editor={editor} question={question} />
      ))}
    </ol>
  );
}
