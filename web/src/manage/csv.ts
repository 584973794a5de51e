// Tables as text: what spreadsheets save (RFC 4180, and what is usual beside
// it), read and written. It knows nothing of what is in the cells. Pure.

/** A line of a table; blank ones are left out. */
export interface Line {
  number: number; // in the file, from 1; where a cell has line ends in it, of the first
  cells: string[]; // without the spaces around them
}

/** The file is not a table, or not as text. */
export class TableError extends Error {
  override name = 'TableError';
  readonly fault: 'encoding' | 'quote';
  readonly line: number; // 0: the whole file

  constructor(fault: TableError['fault'], line: number) {
    super(fault);
    this.fault = fault;
    this.line = line;
  }
}

/** The text of a file: UTF-8, with or without a mark at its beginning, or UTF-16 with one, as "Unicode text" is. */
export function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new TableError('encoding', 0);
  }
}

/** The lines of a table whose cells are parted by commas, semicolons or tabs. */
export function readTable(text: string): Line[] {
  const said = /^sep=(.)\r?\n/i.exec(text); // Excel's own first line
  const rest = said ? text.slice(said[0].length) : text;
  return new Reader(rest, said?.[1] ?? separatorOf(rest), said ? 2 : 1).lines();
}

/** What parts the cells of the first line that is not blank; a comma if nothing does. */
function separatorOf(text: string): string {
  const bare = (/\S.*/.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '');
  const counts = [',', ';', '\t'].map((each) => ({ each, count: bare.split(each).length }));
  return counts.toSorted((a, b) => b.count - a.count)[0]!.each; // sorting is stable: a comma wins a draw
}

class Reader {
  private readonly text: string;
  private readonly separator: string;
  private at = 0;
  private line: number;

  constructor(text: string, separator: string, line: number) {
    this.text = text;
    this.separator = separator;
    this.line = line;
  }

  lines(): Line[] {
    const found: Line[] = [];
    while (this.at < this.text.length) {
      const line = { number: this.line, cells: this.cells() };
      if (line.cells.some((cell) => cell !== '')) found.push(line);
    }
    return found;
  }

  /** Reads to the end of the line. */
  private cells(): string[] {
    const cells: string[] = [];
    for (;;) {
      cells.push(this.cell().trim());
      const end = this.text[this.at];
      this.at += 1;
      if (end === this.separator) continue;
      if (end === '\r' && this.text[this.at] === '\n') this.at += 1;
      this.line += 1;
      return cells;
    }
  }

  /** Reads up to what ends the cell. */
  private cell(): string {
    while (this.text[this.at] === ' ') this.at += 1;
    const quoted = this.text[this.at] === '"' ? this.quoted() : '';
    const from = this.at;
    while (this.at < this.text.length && !this.ends(this.text[this.at]!)) this.at += 1;
    return quoted + this.text.slice(from, this.at);
  }

  private quoted(): string {
    const opened = this.line;
    let found = '';
    for (;;) {
      const end = this.text.indexOf('"', this.at + 1);
      if (end < 0) throw new TableError('quote', opened);
      const piece = this.text.slice(this.at + 1, end);
      this.line += piece.match(/\r\n|\r|\n/g)?.length ?? 0;
      found += piece;
      this.at = end + 1;
      if (this.text[this.at] !== '"') return found;
      found += '"'; // two of them stand for one
    }
  }

  private ends(letter: string): boolean {
    return letter === this.separator || letter === '\n' || letter === '\r';
  }
}

// A spreadsheet computes what begins so; numbers, as those of phones, do no harm.
const formula = /^'*[=+\-@\t\r]/;
const number = /^[+-]?[\d\s().-]+$/;

/** Writes a table that every spreadsheet opens as it is, and that takes none of its cells for a formula. */
export function writeTable(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(written).join(',')}\r\n`).join('')}`;
}

function written(cell: string): string {
  const safe = formula.test(cell) && !number.test(cell) ? `'${cell}` : cell;
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A cell as it was before writeTable kept a spreadsheet from computing it. */
export function unguarded(cell: string): string {
  return /^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}
