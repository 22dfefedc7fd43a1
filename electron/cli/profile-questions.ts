// What a file leaves open, as a terminal asks it. It answers nothing.
import { AppError } from '../../shared/errors/app-error.ts';
import type { ProfileProposal, StatementFormat, SurveyQuestion } from '../../shared/model/statement-survey.ts';

const ASKED: Readonly<Record<SurveyQuestion['topic'], string>> = {
  dateOrder: 'Which of day, month and year comes first in its dates (dateOrder)?',
  decimalMark: 'What separates units from cents (decimalMark)?',
  currency: 'In which currency are its amounts (currency)?',
  bookingDate: 'Which column is the booking date (bookingDate)?',
  amount: 'Which column is the amount that was booked (amount)?',
  sign: 'Is an amount without a minus money out (signInverted)?',
  status: 'What do the texts of its status column mean (status)?',
  fee: 'Is the fee part of the amount, or taken besides (fee)?',
  delimiter: 'What separates its columns (delimiter)?',
  charset: 'In which character set is it written (charset)?',
};

const marked = (text: string): string => `‘${text.replaceAll('\t', '⇥')}’`;

/** One question on one line, with what may be answered and cells that would read differently. */
export function askQuestion({ topic, options, examples }: SurveyQuestion): string {
  const answers = options.length === 0 ? '' : ` One of ${options.map(marked).join(', ')}.`;
  const cells = examples.length === 0 ? '' : ` In the file: ${examples.map(marked).join(', ')}.`;
  return `${ASKED[topic]}${answers}${cells}`;
}

export const HOW_TO_ANSWER =
  '‘statements survey FILE --output PROFILE.json’ writes a proposal: answer there, then name it with --profile PROFILE.json.';

/** STATEMENT_PROFILE_NEEDED with everything a person must answer. */
export function profileNeeded(format: StatementFormat, { questions, profile }: ProfileProposal): AppError {
  const asked = questions.map(askQuestion);
  if (profile === null) asked.unshift('No column with dates, or none with amounts, was found.');
  return new AppError('STATEMENT_PROFILE_NEEDED', {
    format: format.toUpperCase(),
    questions: asked.join(' '),
    answer: HOW_TO_ANSWER,
  });
}
