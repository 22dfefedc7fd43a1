// Finds the amounts of a statement file with patterns alone, as a person with a text editor would: the second opinion on what a reader read.

/**
 * The amounts of a file's rows as decimals without needless zeros (`-12.3`), in no order that matters. Null where the text does not tell plainly,
 * so that nobody is judged by a guess.
 */
export type AmountsInText = (text: string) => readonly string[] | null;

/** `-0012.30` as `-12.3`; null where it is no plain decimal. */
function plainDecimal(written: string): string | null {
  const match = /^([+-]?)0*(\d+?)(?:\.(\d*?)0*)?$/.exec(written.trim());
  if (!match) return null;
  const [, sign = '', whole = '', fraction = ''] = match;
  const digits = fraction === '' ? whole : `${whole}.${fraction}`;
  return sign === '-' && /[1-9]/.test(digits) ? `-${digits}` : digits;
}

/** An amount of a row in the same form. */
export function plainAmount({ amountMinor, exponent }: { amountMinor: string; exponent: number }): string {
  const digits = amountMinor.replace('-', '').padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const sign = amountMinor.startsWith('-') ? '-' : '';
  return plainDecimal(`${sign}${whole}.${digits.slice(digits.length - exponent)}`) ?? amountMinor;
}

/** All parts, or null where one of them is. */
function everyOne<T>(parts: Iterable<T>, amountOf: (part: T) => string | null): string[] | null {
  const amounts: string[] = [];
  for (const part of parts) {
    const amount = amountOf(part);
    if (amount === null) return null;
    amounts.push(amount);
  }
  return amounts;
}

/** What lies between the tags of each `name`; null where tags are missing or the markup holds comments, sections or other declarations. */
function elements(text: string, name: string): string[] | null {
  const markup = text.replace(/<\?[^]*?\?>/g, '');
  const found = Array.from(
    markup.matchAll(new RegExp(`<${name}>([^]*?)</${name}\\s*>`, 'g')),
    ([, inner = '']) => inner,
  );
  const ends = markup.match(new RegExp(`</${name}\\s*>`, 'gi'))?.length ?? 0;
  return markup.includes('<!') || ends !== found.length ? null : found;
}

function single(text: string, pattern: RegExp): RegExpMatchArray | null {
  const all = Array.from(text.matchAll(pattern));
  return all.length === 1 ? (all[0] ?? null) : null;
}

export const amountsInOfx: AmountsInText = (text) => {
  const rows = elements(text, 'STMTTRN');
  return rows && everyOne(rows, (row) => plainDecimal(single(row, /<TRNAMT>([^<]*)/gi)?.[1] ?? ''));
};

/** Booked and pending entries; one of another status is no row. */
export const amountsInCamt: AmountsInText = (text) => {
  const rows = elements(text, 'Ntry');
  return (
    rows &&
    everyOne(rows, (row) => {
      const match =
        /^<Amt Ccy="[A-Z]{3}">([^<]*)<\/Amt><CdtDbtInd>(DBIT|CRDT)<\/CdtDbtInd><Sts><Cd>(?:BOOK|PDNG)<\/Cd><\/Sts>/.exec(
          row,
        );
      const alone = ['<CdtDbtInd', '<Sts', '<Amt '].every((tag) => row.split(tag).length === 2);
      return match && alone ? plainDecimal(`${match[2] === 'DBIT' ? '-' : ''}${match[1]}`) : null;
    })
  );
};

export const amountsInSwift: AmountsInText = (text) =>
  everyOne(text.matchAll(/(?:^|[\r\n]):61:([^\r\n]*)/g), ([, line = '']) => {
    const match = /^\d{6}(?:\d{4})?(R[CD]|E[CD]|[CD])[A-Z]?(\d+,\d*)[A-Z][A-Z0-9]{3}/.exec(line);
    if (!match) return null;
    const [, mark = '', amount = ''] = match;
    return plainDecimal(`${/^(?:E?D|RC)$/.test(mark) ? '-' : ''}${amount.replace(',', '.')}`);
  });

/** Figures that stand in no plain row and no total leave the text open. `pattern` finds a whole row, its first group money out or a signed amount, its second money in. */
export function amountsInTable(pattern: RegExp, decimalMark: '.' | ','): AmountsInText {
  const plain = (cell: string): string =>
    decimalMark === ',' ? cell.replaceAll('.', '').replace(',', '.') : cell.replaceAll(',', '');
  return (text) => {
    if (/\d/.test(text.replace(pattern, '').replace(/Total[^\r\n]*/g, ''))) return null;
    return everyOne(text.matchAll(pattern), ([, first = '', second]) => {
      if (second === undefined) return plainDecimal(plain(first));
      const out = first === '' ? '0' : plainDecimal(`-${plain(first)}`);
      if (out !== '0' && second !== '') return /[1-9]/.test(second) ? null : out;
      return out === '0' && second !== '' ? plainDecimal(plain(second)) : out;
    });
  };
}

/** Records of one list, up to their `^`. */
export const amountsInQif: AmountsInText = (text) => {
  const [header = '', ...lines] = text.split(/\r\n|[\r\n]/);
  if (!/^!Type:(?:Bank|CCard)\s*$/.test(header) || lines.some((line) => line.startsWith('!'))) return null;
  const records = `\n${lines.join('\n')}`.split(/\n\^[^\n]*/);
  const rest = records.pop() ?? '';
  if (rest.trim() !== '') return null;
  return everyOne(records, (record) => {
    const amount = single(record, /\n[TU]([^\n]*)/g)?.[1] ?? '';
    return /^-?\d{1,3}(?:,\d{3})*\.\d\d$/.test(amount) ? plainDecimal(amount.replaceAll(',', '')) : null;
  });
};

/** Details at the beginnings of lines, in groups that are news or corrections. */
export const amountsInBai2: AmountsInText = (text) => {
  const groups = text.match(/(?:^|[\r\n]) *02,[^\r\n]*/g) ?? [];
  const read = groups.every((group) => /02,[^,]*,[^,]*,[13],/.test(group));
  if (!read || /\/ +(?:02|16),/.test(text)) return null;
  return everyOne(text.matchAll(/(?:^|[\r\n]) *16,([^\r\n]*)/g), ([, line = '']) => {
    const [, code = '', amount = ''] = /^(195|475),(\d+),/.exec(line) ?? [];
    const digits = amount.padStart(3, '0');
    return amount === ''
      ? null
      : plainDecimal(`${code === '475' ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`);
  });
};
