// The recovery kit as one page of PDF, with the fonts every reader has. It writes no file: the key is only in the bytes it returns.
import { encodeQR } from 'qr';
import type { KitDocument } from '../../core/ports/kit-document.ts';
import type { RecoveryKit } from '../../../shared/ipc/contract/office.ts';
import { KIT_TEXT } from './recovery-kit-text.ts';

const [REGULAR, BOLD, MONOSPACED] = ['Helvetica', 'Helvetica-Bold', 'Courier-Bold'] as const;
const [INK, QUIET] = ['#111111', '#555555'] as const;
/** Points. A4 is 595 × 842. */
const PAGE = { left: 56, top: 52, width: 483 } as const;
const QR_SIDE = 150;
const GROUP_WIDTH = 79;

type Page = PDFKit.PDFDocument;

/** Characters of Windows-1252, which is all that the fonts of every reader can show. @see PDF 32000-1 annex D */
const PRINTABLE =
  /^[\u0020-\u007e\u00a0-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u2013\u2014\u2018-\u201a\u201c-\u201e\u2026\u20ac]*$/u;
const MARKS = /\p{M}/gu;

/** A name as it can be printed, without marks where need be; a blank to fill in by hand where it cannot. */
export function printableName(name: string): string {
  const plain = name.normalize('NFC');
  if (PRINTABLE.test(plain)) return plain;
  const bare = name.normalize('NFKD').replaceAll(MARKS, '');
  return PRINTABLE.test(bare) ? bare : '_'.repeat(40);
}

/** What the QR code says; the recovery screen reads it back. */
export function kitCode({ officeId, groups }: Pick<RecoveryKit, 'officeId' | 'groups'>): string {
  return `strongroom-recovery:v1:${officeId}:${groups.join('-')}`;
}

function drawCode(page: Page, text: string, corner: { x: number; y: number }): void {
  const modules = encodeQR(text, 'raw', { ecc: 'quartile', border: 4 });
  const side = QR_SIDE / modules.length;
  modules.forEach((row, down) =>
    row.forEach((dark, across) => {
      // A hair wider than a module: no reader shows a gap between two dark ones.
      if (dark) page.rect(corner.x + across * side, corner.y + down * side, side + 0.05, side + 0.05);
    }),
  );
  page.fill('#000000');
}

function drawFacts(page: Page, kit: RecoveryKit): void {
  const facts = [
    [KIT_TEXT.office, printableName(kit.officeName)],
    [KIT_TEXT.officeId, kit.officeId],
    [KIT_TEXT.created, kit.createdAt.slice(0, 10)],
  ] as const;
  for (const [label, value] of facts) {
    const { y } = page;
    page.font(REGULAR, 10).fillColor(QUIET).text(label, PAGE.left, y, { width: 90 });
    const below = page.y;
    page
      .font(BOLD, 11)
      .fillColor(INK)
      .text(value, PAGE.left + 96, y, { width: PAGE.width - 96, height: 42, ellipsis: true });
    page.y = Math.max(page.y, below) + 4;
  }
}

function drawKey(page: Page, kit: RecoveryKit): void {
  const top = page.y + 10;
  page.font(BOLD, 12).fillColor(INK).text(KIT_TEXT.key, PAGE.left, top);
  const first = page.y + 10;
  kit.groups.forEach((group, index) => {
    const x = PAGE.left + (index % 4) * GROUP_WIDTH;
    const y = first + Math.floor(index / 4) * 66;
    page
      .font(REGULAR, 8)
      .fillColor(QUIET)
      .text(String(index + 1), x, y, { lineBreak: false });
    page
      .font(MONOSPACED, 25)
      .fillColor(INK)
      .text(group, x, y + 11, { lineBreak: false });
  });
  drawCode(page, kitCode(kit), { x: PAGE.left + PAGE.width - QR_SIDE, y: top });
  page.y = top + QR_SIDE + 10;
}

function drawSections(page: Page): void {
  for (const { title, lines } of KIT_TEXT.sections) {
    page
      .font(BOLD, 11)
      .fillColor(INK)
      .text(title, PAGE.left, page.y + 4, { width: PAGE.width });
    for (const line of lines)
      page
        .font(REGULAR, 10)
        .fillColor(INK)
        .text(line, PAGE.left, page.y + 3, { width: PAGE.width, lineGap: 2 });
    page.y += 8;
  }
}

function drawPlaces(page: Page): void {
  for (const place of KIT_TEXT.places) {
    const y = page.y + 26;
    page.font(REGULAR, 10).fillColor(QUIET).text(place, PAGE.left, y, { lineBreak: false });
    const line = y + 11;
    page
      .moveTo(PAGE.left + 110, line)
      .lineTo(PAGE.left + PAGE.width, line)
      .lineWidth(0.7)
      .stroke(QUIET);
    page.y = y;
  }
}

async function bytesOf(page: Page): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  return await new Promise((resolve, reject) => {
    page.on('data', (chunk: Buffer) => chunks.push(chunk));
    page.on('end', () => resolve(Buffer.concat(chunks)));
    page.on('error', reject);
    page.end();
  });
}

/** One A4 page. The library is loaded when the first kit is drawn. */
export function createKitDocument(): KitDocument {
  return {
    render: async (kit) => {
      const { default: PDFDocument } = await import('pdfkit');
      const page = new PDFDocument({
        size: 'A4',
        margins: { top: PAGE.top, bottom: 0, left: PAGE.left, right: PAGE.left },
        lang: 'en',
        info: {
          Title: KIT_TEXT.title,
          Creator: 'Strongroom',
          Producer: 'Strongroom',
          CreationDate: new Date(kit.createdAt),
        },
      });
      page.font(BOLD, 20).fillColor(INK).text(KIT_TEXT.title, PAGE.left, PAGE.top);
      page.font(REGULAR, 10).fillColor(INK).text(KIT_TEXT.lead, { width: PAGE.width }).moveDown(1.4);
      drawFacts(page, kit);
      drawKey(page, kit);
      drawSections(page);
      drawPlaces(page);
      return await bytesOf(page);
    },
  };
}
