// The printed kit: what is on it, that its QR code reads back from the page as drawn, and that it is one page for any name.
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeQR } from 'qr/decode.js';
import { describe, expect, it } from 'vitest';
import { createKitDocument, kitCode, printableName } from '../../../electron/adapters/documents/recovery-kit-pdf.ts';
import type { RecoveryKit } from '../../../shared/ipc/contract/office.ts';

const aKit = (officeName = 'Hale & Moss'): RecoveryKit => ({
  officeId: `office_${'0a'.repeat(10)}` as RecoveryKit['officeId'],
  officeName,
  createdAt: '2026-01-31T23:30:00.000Z' as RecoveryKit['createdAt'],
  groups: ['7K3M', 'Q0ZX', 'V9TR', '2B4D', 'H8JN', 'WYPE', '5C6F', '1G0A'],
  prove: [1, 6],
});
const CODE = `strongroom-recovery:v1:office_${'0a'.repeat(10)}:7K3M-Q0ZX-V9TR-2B4D-H8JN-WYPE-5C6F-1G0A`;
const poppler = spawnSync('pdftotext', ['-v']).error === undefined && spawnSync('pdftoppm', ['-v']).error === undefined;

/** Lays the kit down as a file for the tools, and takes it away again. */
async function withFile<T>(kit: RecoveryKit, work: (path: string) => T | Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'kit-'));
  try {
    const path = join(folder, 'kit.pdf');
    await writeFile(path, await createKitDocument().render(kit));
    return await work(path);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function run(program: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** The first page as pixels, out of a binary PPM. */
async function pixelsOf(path: string): Promise<{ width: number; height: number; data: Uint8Array }> {
  run('pdftoppm', '-r', '150', '-singlefile', path, path);
  const ppm = await readFile(`${path}.ppm`);
  const header = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(ppm.subarray(0, 40).toString('latin1'));
  if (!header) throw new Error('not a PPM');
  const [width, height] = [Number(header[1]), Number(header[2])];
  const rgb = ppm.subarray(header[0].length);
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel += 1) data.set(rgb.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
  return { width, height, data };
}

describe('the QR code', () => {
  it('names the office and holds the eight groups', () => {
    expect(kitCode(aKit())).toBe(CODE);
  });
});

describe('a name', () => {
  it.each([
    ['Hale & Moss', 'Hale & Moss'],
    ['Büro Żółć – “Łódź”', '_'.repeat(40)],
    ['Żaneta Kowalčík', 'Zaneta Kowalcik'],
    ['Müller & Søn, Žižek €', 'Müller & Søn, Žižek €'],
    ['Mu\u0308ller', 'Müller'],
    ['日本会計', '_'.repeat(40)],
    ['a\nb', '_'.repeat(40)],
  ])('%j is printed as %j', (name, printed) => {
    expect(printableName(name)).toBe(printed);
  });
});

describe('the document', () => {
  it('is a PDF that says nothing secret about itself', async () => {
    const bytes = Buffer.from(await createKitDocument().render(aKit()));
    expect(bytes.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    expect(bytes.subarray(-6).toString('latin1')).toContain('%%EOF');
    for (const group of aKit().groups) expect(bytes.toString('latin1')).not.toContain(group);
  });

  it.skipIf(!poppler)('carries office, number, date, the groups in order and the places to write down', async () => {
    const text = await withFile(aKit(), (path) => run('pdftotext', '-layout', path, '-'));
    for (const part of ['Hale & Moss', aKit().officeId, '2026-01-31', 'First copy lies at', 'Second copy lies at'])
      expect(text).toContain(part);
    expect(text.replaceAll(/\s+/g, ' ')).toMatch(/7K3M Q0ZX V9TR 2B4D.*H8JN WYPE 5C6F 1G0A/);
  });

  it.skipIf(!poppler)('shows a QR code that reads back from the page', async () => {
    const page = await withFile(aKit(), pixelsOf);
    expect(decodeQR(page, { effort: Infinity, timeLimit: Infinity })).toBe(CODE);
  });

  it.skipIf(!poppler).each(['A', 'W'.repeat(200), 'Long winding name '.repeat(11).trim(), '日本会計'.repeat(50)])(
    'is one A4 page for the office %j',
    async (name) => {
      const facts = await withFile(aKit(name), (path) => run('pdfinfo', path));
      expect(facts).toMatch(/Pages:\s+1\n/);
      expect(facts).toContain('A4');
    },
  );
});
