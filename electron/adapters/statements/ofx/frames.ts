// The open aggregates of an OFX document. SGML does not say whether `<X>` without a value is an aggregate or an empty leaf; the end tags decide.
import { type Place, malformed, tooLarge } from '../failure.ts';
import { MAX_DEPTH, MAX_ELEMENTS, MAX_PART } from '../limits.ts';

/** One open aggregate with the values of its leaves and of its own aggregates, the first of each name wins. `known`: the specification makes it an aggregate. */
export interface Frame {
  readonly name: string;
  readonly known: boolean;
  readonly fields: Map<string, string>;
  parts: Map<string, ReadonlyMap<string, string>> | null;
  size: number;
}

/** Aggregates that the mapping needs; each must be closed by its own end tag. @see OFX 2.2 §11.4, §2.4, §5.2 */
const AGGREGATES: ReadonlySet<string> = new Set(
  (
    'OFX SIGNONMSGSRSV1 SONRS FI STATUS BANKMSGSRSV1 CREDITCARDMSGSRSV1 INVSTMTMSGSRSV1 LOANMSGSRSV1 ' +
    'STMTTRNRS CCSTMTTRNRS INVSTMTTRNRS STMTRS CCSTMTRS INVSTMTRS LOANSTMTRS BANKACCTFROM CCACCTFROM ' +
    'BANKTRANLIST BANKTRANLISTP STMTTRN STMTTRNP LEDGERBAL AVAILBAL BALLIST PAYEE EXTDPAYEE ' +
    'BANKACCTTO CCACCTTO CURRENCY ORIGCURRENCY IMAGEDATA'
  ).split(' '),
);

export class Frames {
  readonly #place: () => Place;
  readonly #open: Frame[] = [];
  #lastLeaf: string | null = null;

  /** `place` tells where the current tag stands, for errors. */
  constructor(place: () => Place) {
    this.#place = place;
  }

  get depth(): number {
    return this.#open.length;
  }

  isOpen(name: string): boolean {
    return this.#open.some((frame) => frame.name === name);
  }

  /** The name of the nearest open aggregate that the specification knows, `above` further known ones up. */
  known(above = 0): string | null {
    let left = above;
    for (let index = this.#open.length - 1; index >= 0; index -= 1) {
      const frame = this.#open[index];
      if (!frame?.known) continue;
      if (left === 0) return frame.name;
      left -= 1;
    }
    return null;
  }

  /** A leaf's value in the innermost open aggregate that has it. */
  field(name: string): string | undefined {
    return this.#open.findLast((frame) => frame.fields.has(name))?.fields.get(name);
  }

  push(name: string): void {
    if (this.#open.length >= MAX_DEPTH) throw malformed(this.#place(), `at most ${MAX_DEPTH} open elements`, name);
    this.#lastLeaf = null;
    this.#open.push({ name, known: AGGREGATES.has(name), fields: new Map(), parts: null, size: 0 });
  }

  leaf(name: string, value: string): void {
    const frame = this.#open.at(-1);
    if (!frame) throw malformed(this.#place(), 'the root element OFX', name);
    this.#lastLeaf = name;
    // OFX 1.6 §2.3.2: aggregates have no values. A row with one would otherwise pass for a leaf and be lost.
    if (AGGREGATES.has(name)) throw malformed(this.#place(), `a tag after <${name}>`, value);
    if (frame.fields.has(name)) return;
    frame.size += value.length;
    if (frame.size > MAX_PART) throw tooLarge(this.#place(), frame.name, `${MAX_PART} bytes`);
    if (frame.fields.size >= MAX_ELEMENTS) throw tooLarge(this.#place(), frame.name, `${MAX_ELEMENTS} values`);
    frame.fields.set(name, value);
  }

  /** The aggregate that this end tag closes, null where it closes a leaf. */
  pop(name: string): Frame | null {
    if (this.#lastLeaf === name) {
      this.#lastLeaf = null;
      return null;
    }
    this.#lastLeaf = null;
    const index = this.#open.findLastIndex((frame) => frame.name === name || frame.known);
    const inner = this.#indexOf(name, Math.max(index, 0));
    if (inner < 0) throw malformed(this.#place(), `the end of ${this.#open[index]?.name ?? 'nothing'}`, `/${name}`);
    while (this.#open.length > inner + 1) this.#absorb();
    const frame = this.#open.pop() ?? null;
    const parent = this.#open.at(-1);
    if (frame?.known && parent) addPart(parent, frame.name, frame.fields);
    return frame;
  }

  #indexOf(name: string, from: number): number {
    for (let index = this.#open.length - 1; index >= from; index -= 1)
      if (this.#open[index]?.name === name) return index;
    return -1;
  }

  /** An element that nothing closed was an empty leaf: what seemed its content belongs to its parent. */
  #absorb(): void {
    const empty = this.#open.pop();
    const parent = this.#open.at(-1);
    if (!empty || !parent) return;
    for (const [name, value] of empty.fields) if (!parent.fields.has(name)) parent.fields.set(name, value);
    for (const [name, fields] of empty.parts ?? []) addPart(parent, name, fields);
  }
}

function addPart(parent: Frame, name: string, fields: ReadonlyMap<string, string>): void {
  parent.parts ??= new Map();
  if (!parent.parts.has(name)) parent.parts.set(name, fields);
}
