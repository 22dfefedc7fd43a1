// What a file leaves open, as questions with a person's answers. A proposal's own value never counts as an answer.
import { CurrencyCode } from '../../../shared/model/currency.ts';
import { DateOrder, DecimalMark, StatementProfile } from '../../../shared/model/statement-profile.ts';
import type { SurveyQuestion } from '../../../shared/model/statement-survey.ts';
import { columnAt, type CsvDraft, type ProfileDraft } from './profile-draft.ts';

export type Topic = SurveyQuestion['topic'];

const CSV = StatementProfile.options[0].shape;
const STATUS_LISTS = ['booked', 'pending', 'ignored'] as const;
export type StatusList = (typeof STATUS_LISTS)[number];

export interface Answer {
  readonly topic: Topic;
  /** One of the question's options; of a currency, any code. */
  readonly option: string;
  readonly columns: readonly string[];
}

function columnNamed(draft: CsvDraft, { option, columns }: Answer) {
  return columnAt(Math.max(0, columns.indexOf(option)), columns, draft.hasHeader);
}

function answerCsv(draft: CsvDraft, answer: Answer): CsvDraft {
  const { topic, option } = answer;
  if (topic === 'bookingDate') return { ...draft, bookingDate: columnNamed(draft, answer) };
  if (topic === 'amount') return { ...draft, amount: { ...draft.amount, amount: columnNamed(draft, answer) } };
  if (topic === 'sign') return { ...draft, signInverted: option === 'true' };
  if (topic === 'fee') return { ...draft, fee: option === 'none' ? null : columnNamed(draft, answer) };
  if (topic === 'delimiter') return { ...draft, delimiter: CSV.delimiter.parse(option) };
  return draft;
}

/** The draft with one question answered. Texts of a status column are sorted with `withStatus`. */
export function withAnswer(draft: ProfileDraft, answer: Answer): ProfileDraft {
  const { topic, option } = answer;
  if (topic === 'dateOrder') return { ...draft, dateOrder: DateOrder.parse(option) };
  if (topic === 'decimalMark') return { ...draft, decimalMark: DecimalMark.parse(option) };
  if (topic === 'currency') return { ...draft, currency: CurrencyCode.parse(option) };
  if (topic === 'charset') return { ...draft, charset: CSV.charset.parse(option) };
  return draft.format === 'csv' ? answerCsv(draft, answer) : draft;
}

/** Puts a text of the status column on one list and off the others. */
export function withStatus(draft: CsvDraft, text: string, list: StatusList): CsvDraft {
  if (draft.status === null) return draft;
  const { column, ...lists } = draft.status;
  const without = (texts: readonly string[]): string[] => texts.filter((each) => each !== text);
  const cleaned = { booked: without(lists.booked), pending: without(lists.pending), ignored: without(lists.ignored) };
  return { ...draft, status: { column, ...cleaned, [list]: [...cleaned[list], text] } };
}

/** The list a text of the status column is on. */
export function statusOf(draft: ProfileDraft, text: string): StatusList | null {
  if (draft.format !== 'csv') return null;
  return STATUS_LISTS.find((list) => draft.status?.[list].includes(text)) ?? null;
}

/** The questions nobody has answered. A status is answered once every text of it is on a list. */
export function openQuestions(
  questions: readonly SurveyQuestion[],
  answers: ReadonlyMap<Topic, string>,
  draft: ProfileDraft,
): SurveyQuestion[] {
  return questions.filter(({ topic, examples }) =>
    topic === 'status' ? examples.some((text) => statusOf(draft, text) === null) : !answers.has(topic),
  );
}
