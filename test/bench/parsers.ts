// How each parser reads a statement file and how many rows it found. Ours and every peer in the way that its own documentation recommends for large files.
import { closeSync, createReadStream, openSync, readFileSync, readSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { StatementProfile } from '../../shared/model/statement-profile.ts';
import { StatementStream } from '../../electron/adapters/statements/read-statement.ts';
import { type PeerName, importPeer } from './peers.ts';

/** A file to read and where the peers are. */
export interface Reading {
  readonly path: string;
  readonly peers: string;
  readonly profile: StatementProfile | null;
}

/** Loads what it needs and returns the work that is measured. */
type Parser = (reading: Reading) => Promise<() => number | Promise<number>>;

const CHUNK = 1_048_576;

/** As the program gets a file: slices of 1 MiB. */
function* chunksOf(path: string): Generator<Buffer> {
  const file = openSync(path, 'r');
  const chunk = Buffer.alloc(CHUNK);
  try {
    for (let length = readSync(file, chunk); length > 0; length = readSync(file, chunk))
      yield chunk.subarray(0, length);
  } finally {
    closeSync(file);
  }
}

function* textOf(path: string): Generator<string> {
  const decoder = new TextDecoder();
  for (const chunk of chunksOf(path)) yield decoder.decode(chunk, { stream: true });
}

const whole = (path: string, charset: 'utf8' | 'latin1' = 'utf8'): string => readFileSync(path, charset);

const ours: Parser = ({ path, profile }) =>
  Promise.resolve(() => {
    const stream = new StatementStream(profile);
    let rows = 0;
    const count = (events: ReturnType<StatementStream['write']>): void => {
      for (const event of events) if (event.type === 'transactions') rows += event.items.length;
    };
    for (const chunk of chunksOf(path)) count(stream.write(chunk));
    for (const events of stream.rest()) count(events);
    return rows;
  });

interface Saxes {
  SaxesParser: new (options: object) => {
    on(event: 'closetag', listener: (tag: { name: string }) => void): void;
    write(text: string): void;
    close(): void;
  };
}

/** Elements only: no row is made of them. */
const saxes: Parser = async ({ path, peers }) => {
  const { SaxesParser } = await importPeer<Saxes>(peers, 'saxes');
  return () => {
    let rows = 0;
    const parser = new SaxesParser({ xmlns: false });
    parser.on('closetag', ({ name }) => (rows += name === 'Ntry' || name === 'STMTTRN' ? 1 : 0));
    for (const text of textOf(path)) parser.write(text);
    parser.close();
    return rows;
  };
};

interface HtmlParser2 {
  Parser: new (
    handler: { onclosetag(name: string): void },
    options: object,
  ) => { write(text: string): void; end(): void };
}

/** Elements only. */
const htmlparser2: Parser = async ({ path, peers }) => {
  const { Parser } = await importPeer<HtmlParser2>(peers, 'htmlparser2');
  return () => {
    let rows = 0;
    const count = (name: string): void => void (rows += name === 'Ntry' || name === 'STMTTRN' ? 1 : 0);
    const parser = new Parser({ onclosetag: count }, { xmlMode: true });
    for (const text of textOf(path)) parser.write(text);
    parser.end();
    return rows;
  };
};

interface CamtTree {
  Document: { BkToCstmrStmt: { Stmt: { Ntry: unknown[] } } };
}
interface OfxTree {
  OFX: { BANKMSGSRSV1: { STMTTRNRS: { STMTRS: { BANKTRANLIST: { STMTTRN: unknown[] } } } } };
}
const ofxRows = ({ OFX }: OfxTree): number => OFX.BANKMSGSRSV1.STMTTRNRS.STMTRS.BANKTRANLIST.STMTTRN.length;

const fastXmlParser: Parser = async ({ path, peers }) => {
  const { XMLParser } = await importPeer<{ XMLParser: new (options: object) => { parse(text: string): unknown } }>(
    peers,
    'fast-xml-parser',
  );
  return () => {
    const tree = new XMLParser({ parseTagValue: false }).parse(whole(path)) as CamtTree | OfxTree;
    return 'OFX' in tree ? ofxRows(tree) : tree.Document.BkToCstmrStmt.Stmt.Ntry.length;
  };
};

const ofxJs: Parser = async ({ path, peers }) => {
  const { parse } = await importPeer<{ parse(text: string): OfxTree | Promise<OfxTree> }>(peers, 'ofx-js');
  return async () => ofxRows(await parse(whole(path, 'latin1')));
};

interface Statements {
  length: number;
  reduce(add: (sum: number, statement: { transactions: unknown[] }) => number, start: number): number;
}
const rowsIn = (statements: Statements): number =>
  statements.reduce((sum, { transactions }) => sum + transactions.length, 0);

const mt940js: Parser = async ({ path, peers }) => {
  const { Parser } = await importPeer<{ Parser: new () => { parse(text: string): Statements } }>(peers, 'mt940js');
  return () => rowsIn(new Parser().parse(whole(path, 'latin1')));
};

const mt940Js: Parser = async ({ path, peers }) => {
  const { read } = await importPeer<{ read(file: Buffer): Promise<Statements> }>(peers, 'mt940-js');
  return async () => rowsIn(await read(readFileSync(path)));
};

interface PapaParse {
  parse(
    stream: Readable,
    options: { step(row: { data: string[] }): void; complete(): void; error(problem: Error): void },
  ): void;
}

const papaparse: Parser = async ({ path, peers }) => {
  const { parse } = await importPeer<PapaParse>(peers, 'papaparse');
  return async () => {
    let rows = 0;
    const step = ({ data }: { data: string[] }): void => void (rows += data.length > 2 ? 1 : 0);
    await new Promise<void>((complete, error) =>
      parse(createReadStream(path, { encoding: 'utf8', highWaterMark: CHUNK }), { step, complete, error }),
    );
    return rows - 1;
  };
};

const csvParse: Parser = async ({ path, peers }) => {
  const { parse } = await importPeer<{ parse(options: object): NodeJS.ReadWriteStream }>(peers, 'csv-parse');
  return async () => {
    let rows = 0;
    const parser = parse({ delimiter: ';', relax_column_count: true, bom: true });
    parser.on('data', (cells: string[]) => (rows += cells.length > 2 ? 1 : 0));
    await pipeline(createReadStream(path, { highWaterMark: CHUNK }), parser);
    return rows - 1;
  };
};

interface Udsv {
  inferSchema(text: string, options: object): unknown;
  initParser(schema: unknown): { stringArrs(text: string): string[][] };
}

const udsv: Parser = async ({ path, peers }) => {
  const { inferSchema, initParser } = await importPeer<Udsv>(peers, 'udsv');
  return () => {
    // It knows no lines before the header.
    const text = whole(path).split('\r\n').slice(2).join('\r\n');
    return initParser(inferSchema(text, { col: ';' })).stringArrs(text).length;
  };
};

export const PARSERS = {
  strongroom: ours,
  saxes,
  htmlparser2,
  'fast-xml-parser': fastXmlParser,
  'ofx-js': ofxJs,
  'mt940-js': mt940Js,
  mt940js,
  papaparse,
  'csv-parse': csvParse,
  udsv,
} satisfies Partial<Record<PeerName | 'strongroom', Parser>>;
export type ParserName = keyof typeof PARSERS;
