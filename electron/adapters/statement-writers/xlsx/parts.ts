// The fixed parts of a workbook (SpreadsheetML): types, relations, styles, properties. They depend on nothing but the names of its sheets.
import type { LedgerHeader } from '../../../core/ports/statement-writer.ts';
import { printable } from '../texts.ts';
import { escapeXml } from '../xml.ts';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Places in `cellXfs`. An amount's is `amount` plus its exponent. */
export const STYLE = { text: 0, heading: 1, date: 2, amount: 3 };

/** A part of the archive that is known at once. */
export interface Part {
  readonly path: string;
  readonly content: string;
}

/** Path of the sheet at `index`, from 0. */
export function sheetPath(index: number): string {
  return `xl/worksheets/sheet${index + 1}.xml`;
}

/** Everything but the sheets. @see ECMA-376 part 1 §12.3.23, §18; part 2 */
export function fixedParts(sheets: readonly string[], header: LedgerHeader): Part[] {
  return [
    { path: '[Content_Types].xml', content: contentTypes(sheets.length) },
    { path: '_rels/.rels', content: relations(ROOT) },
    { path: 'docProps/core.xml', content: properties(header) },
    { path: 'xl/workbook.xml', content: workbook(sheets) },
    { path: 'xl/_rels/workbook.xml.rels', content: relations(workbookRelations(sheets.length)) },
    { path: 'xl/styles.xml', content: styles() },
  ];
}

/** Opens a sheet whose first row stays in sight; `first` is the sheet shown. */
export function sheetHead(widths: readonly number[], first: boolean): string {
  const columns = widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`);
  const pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>';
  const view = `<sheetView workbookViewId="0"${first ? ' tabSelected="1"' : ''}>${pane}</sheetView>`;
  return `${DECLARATION}<worksheet xmlns="${MAIN}"><sheetViews>${view}</sheetViews><cols>${columns.join('')}</cols><sheetData>`;
}

export const SHEET_TAIL = '</sheetData></worksheet>';

interface Relation {
  readonly type: string;
  readonly target: string;
}

const ROOT: readonly Relation[] = [
  { type: `${OFFICE}/officeDocument`, target: 'xl/workbook.xml' },
  { type: `${PACKAGE}/relationships/metadata/core-properties`, target: 'docProps/core.xml' },
];

function workbookRelations(sheets: number): Relation[] {
  const targets = Array.from({ length: sheets }, (_, index) => sheetPath(index).slice('xl/'.length));
  return [
    ...targets.map((target) => ({ type: `${OFFICE}/worksheet`, target })),
    { type: `${OFFICE}/styles`, target: 'styles.xml' },
  ];
}

function relations(list: readonly Relation[]): string {
  const items = list.map(
    ({ type, target }, index) => `<Relationship Id="rId${index + 1}" Type="${type}" Target="${target}"/>`,
  );
  return `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">${items.join('')}</Relationships>`;
}

function contentTypes(sheets: number): string {
  const override = (path: string, type: string): string => `<Override PartName="/${path}" ContentType="${type}"/>`;
  return [
    `${DECLARATION}<Types xmlns="${PACKAGE}/content-types">`,
    `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`,
    `<Default Extension="xml" ContentType="application/xml"/>`,
    override('xl/workbook.xml', `${SHEET_TYPE}.sheet.main+xml`),
    ...Array.from({ length: sheets }, (_, index) => override(sheetPath(index), `${SHEET_TYPE}.worksheet+xml`)),
    override('xl/styles.xml', `${SHEET_TYPE}.styles+xml`),
    override('docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml'),
    '</Types>',
  ].join('');
}

function workbook(sheets: readonly string[]): string {
  const list = sheets.map((name, index) => `<sheet name="${name}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`);
  return `${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${list.join('')}</sheets></workbook>`;
}

/** @see ECMA-376 part 2 §11 */
function properties({ office, createdAt }: LedgerHeader): string {
  const created = `<dcterms:created xsi:type="dcterms:W3CDTF">${createdAt}</dcterms:created>`;
  const names = [
    `xmlns:cp="${PACKAGE}/metadata/core-properties"`,
    'xmlns:dc="http://purl.org/dc/elements/1.1/"',
    'xmlns:dcterms="http://purl.org/dc/terms/"',
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
  ];
  const creator = `<dc:creator>${escapeXml(printable(office))}</dc:creator>`;
  return `${DECLARATION}<cp:coreProperties ${names.join(' ')}>${creator}${created}</cp:coreProperties>`;
}

/** Text cells have format `@` (49): edited by hand they stay texts, whatever they begin with. */
function styles(): string {
  const decimals = [0, 1, 2, 3, 4].map((exponent) => (exponent === 0 ? '#,##0' : `#,##0.${'0'.repeat(exponent)}`));
  const formats = ['yyyy\\-mm\\-dd', ...decimals].map(
    (code, index) => `<numFmt numFmtId="${164 + index}" formatCode="${code}"/>`,
  );
  const cell = (format: number, font: number): string =>
    `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>`;
  const cells = [cell(49, 0), cell(49, 1), ...formats.map((_, index) => cell(164 + index, 0))];
  const font = (bold: string): string => `<font>${bold}<sz val="11"/><name val="Calibri"/><family val="2"/></font>`;
  return [
    `${DECLARATION}<styleSheet xmlns="${MAIN}">`,
    `<numFmts count="${formats.length}">${formats.join('')}</numFmts>`,
    `<fonts count="2">${font('')}${font('<b/>')}</fonts>`,
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>',
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
    `<cellXfs count="${cells.length}">${cells.join('')}</cellXfs>`,
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
    '</styleSheet>',
  ].join('');
}
