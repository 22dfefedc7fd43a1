// The double's first look at a file. It goes by the name: `known*.csv` fits a saved profile, other CSV asks, `mystery*` gives no proposal, the rest is OFX.
import { AppError, toWireError } from '../../../shared/errors/app-error.ts';
import { CalendarDate } from '../../../shared/model/calendar-date.ts';
import { CurrencyCode } from '../../../shared/model/currency.ts';
import { MinorUnits } from '../../../shared/model/money.ts';
import type { StatementProfile } from '../../../shared/model/statement-profile.ts';
import type {
  ProfilePreview,
  ProfileProposal,
  StatementSurvey,
  SurveyQuestion,
} from '../../../shared/model/statement-survey.ts';
import { COLUMNS, csvProfile, KNOWN_SIGNATURE, NEW_SIGNATURE } from './profiles.ts';
import type { AppHandlers } from './world.ts';

const PARTIES = ['Nordwind Energie Vertriebsgesellschaft mbH', 'Café Zürich', 'Finanzamt Mitte', 'Gehalt'];

const SAMPLE = Array.from({ length: 20 }, (_, index) => [
  `0${(index % 9) + 1}/02/2026`,
  `0${(index % 9) + 1}/02/2026`,
  PARTIES[index % PARTIES.length] ?? '',
  `Rechnung ${2026 + index} laut Vertrag, Leistungszeitraum Januar`,
  `${index}1,50`,
  `1.${String(index * 37).padStart(3, '0')},00`,
]);

const QUESTIONS: SurveyQuestion[] = [
  { topic: 'dateOrder', options: ['dmy', 'mdy'], examples: ['01/02/2026', '03/02/2026'] },
  { topic: 'sign', options: ['false', 'true'], examples: ['11,50', '21,50'] },
  { topic: 'currency', options: ['EUR', 'CHF'], examples: ['11,50'] },
];

const STATES: SurveyQuestion = {
  topic: 'status',
  options: ['booked', 'pending', 'ignored'],
  examples: ['gebucht', 'abgelehnt'],
};

function proposalFor(fileName: string): ProfileProposal {
  const cells = { columns: COLUMNS, sample: SAMPLE };
  if (fileName.startsWith('mystery')) return { ...cells, profile: null, questions: [], signature: NEW_SIGNATURE };
  if (fileName.startsWith('known'))
    return { ...cells, profile: csvProfile(), questions: [], signature: KNOWN_SIGNATURE };
  const status = { column: { header: 'Saldo', index: 5 }, booked: [], pending: [], ignored: [] };
  const questions = fileName.startsWith('states') ? [STATES] : QUESTIONS;
  const currency = fileName.startsWith('states') ? CurrencyCode.parse('EUR') : null;
  const profile = csvProfile({ currency, status: fileName.startsWith('states') ? status : null });
  return { ...cells, profile, questions, signature: NEW_SIGNATURE };
}

function surveyOf(fileName: string): StatementSurvey {
  const nothing = { entries: null, proposal: null, error: null };
  if (fileName.endsWith('.csv')) {
    const proposal = proposalFor(fileName);
    const reason = 'Its lines are cut into cells by semicolons, with a date and an amount in each row.';
    return { ...nothing, format: 'csv', version: 'semicolon', charset: 'windows-1252', reason, proposal };
  }
  if (fileName.endsWith('.jpg')) {
    const error = toWireError(new AppError('STATEMENT_FORMAT_UNKNOWN', { looksLike: 'a JPEG picture' }));
    const reason = 'Its beginning looks like a JPEG picture.';
    return { ...nothing, format: null, version: null, charset: null, reason, error };
  }
  const reason = 'It begins with an OFX header or root element.';
  return { ...nothing, format: 'ofx', version: '1.0.2', charset: 'windows-1252', reason };
}

export const survey: AppHandlers['imports']['survey'] = ({ fileName }, world) => {
  const found = surveyOf(fileName);
  const fitting = world.profiles.find(({ signature }) => signature === found.proposal?.signature);
  return { survey: found, recognised: fitting?.id ?? null };
};

function dateOf(cell: string, order: StatementProfile['dateOrder']): CalendarDate {
  const [first = '', second = '', year = ''] = cell.split('/');
  return CalendarDate.parse(order === 'dmy' ? `${year}-${second}-${first}` : `${year}-${first}-${second}`);
}

/** Every cell is a whole number of tens and `1,50`. A point as decimal mark reads none of them. */
export const preview: AppHandlers['imports']['preview'] = ({ profile }): ProfilePreview => {
  const empty = { rows: [], count: 0, sumMinor: null, warnings: [] };
  if (profile.decimalMark === '.') {
    const params = { where: 'line 4, column “Betrag”: expected a decimal point, found “1,50”' };
    return { ...empty, error: toWireError(new AppError('STATEMENT_MALFORMED', params)) };
  }
  const sign = profile.format === 'csv' && profile.signInverted ? -1 : 1;
  const rows = SAMPLE.map(([date = '', , counterparty = '', description = ''], index) => ({
    bookingDate: dateOf(date, profile.dateOrder),
    valueDate: null,
    amountMinor: MinorUnits.parse(String(sign * (index * 1000 + 150))),
    currency: profile.currency ?? CurrencyCode.parse('EUR'),
    exponent: 2,
    state: 'booked' as const,
    description,
    counterparty,
    counterpartyAccount: null,
    endToEndId: null,
    sourceId: null,
    children: [],
  }));
  const sum = rows.reduce((total, { amountMinor }) => total + BigInt(amountMinor), 0n);
  return { rows, count: rows.length, sumMinor: sum.toString(), warnings: [], error: null };
};
