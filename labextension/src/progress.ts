// The learner's progress file, read as it grows. It is the kernel that writes it; here it is only looked at.

import { Contents } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';
import { ICourse, IPiece } from './course';

export const FILE = 'my-progress.jsonl';
/** How long to wait (ms) after a sign of an answer, and between looks for what another window wrote. */
const SOON = 300;
const NOW_AND_THEN = 10_000;
const NOT_SCORED = ['not attempted', 'could not check'];
/** What the learner has done: passed, or complete where a reader decides. */
const DONE = ['passed', 'complete'];

export type Done = 'open' | 'tried' | 'passed';

/** A stretch of the story that the learner marked, in code points. */
export interface IMark {
  start: number;
  end: number;
  label?: string;
}

interface IEntry {
  kind: string;
  case?: string;
  unit?: string;
  task?: string;
  version?: string;
  outcome?: string;
  text?: string;
  answer?: unknown;
}

export class Progress {
  /** Emitted when the file has changed. */
  readonly changed = new Signal<this, void>(this);
  /** Can the course's folder be written to? Unknown until it was looked at. */
  writable = true;
  /** Is there a file at all? */
  exists = false;
  /** What was answered last. */
  last = '';

  /** Was the file looked at yet? */
  read = false;

  private seen = '';
  private items = new Map<string, Done>();
  /** What a task is called today, by the names under which it was saved before. */
  private names = new Map<string, string>();
  private marked = new Map<string, IMark[]>();
  private found = new Set<string>();
  private looking = false;
  private soon = 0;

  constructor(
    private contents: Contents.IManager,
    private course: ICourse,
    readonly root: string
  ) {
    for (const [name, item] of Object.entries(course.items)) {
      const unit = name.split('/')[0];
      item.was?.forEach(was => this.names.set(`${unit}/${was}`, name));
    }
    window.setInterval(() => document.visibilityState === 'visible' && void this.look(), NOW_AND_THEN);
    void this.look();
  }

  get path(): string {
    return this.root ? `${this.root}/${FILE}` : FILE;
  }

  of(item: string): Done {
    return this.items.get(item) ?? 'open';
  }

  /** Is this piece of the case board filled? */
  isFound(piece: IPiece): boolean {
    return this.found.has(piece.id);
  }

  /** Of the exercises and questions among these: how many there are, were done and passed. My course counts the same. */
  done(items: string[]): { of: number; tried: number; passed: number } {
    const { items: known } = this.course;
    return this.count([...new Set(items)].filter(item => known[item] && !known[item].guess));
  }

  /** The same for everything that can be answered, also guesses and notes. */
  count(items: string[]): { of: number; tried: number; passed: number } {
    const counted = items.filter(item => !this.course.items[item]?.optional || this.of(item) !== 'open');
    const found = counted.map(item => this.of(item));
    return {
      of: counted.length,
      tried: found.filter(done => done !== 'open').length,
      passed: found.filter(done => done === 'passed').length
    };
  }

  /** What is marked in the story of this case. */
  marks(story: string): IMark[] {
    return [...this.marked].filter(([name]) => (this.course.items[name].case ?? this.course.case) === story).flatMap(([, marks]) => marks);
  }

  /** An answer may have been saved: look in a moment. */
  expect(): void {
    window.clearTimeout(this.soon);
    this.soon = window.setTimeout(() => void this.look(), SOON);
  }

  /** The whole file, for a download. */
  async text(): Promise<string> {
    const file = await this.contents.get(this.path, { type: 'file', format: 'text', content: true });
    return file.content as string;
  }

  private async look(): Promise<void> {
    if (this.looking) {
      return;
    }
    this.looking = true;
    try {
      // The folder is asked, because asking for a file that is not there is an error.
      const folder = await this.contents.get(this.root, { content: true });
      const file = (folder.content as Contents.IModel[]).find(one => one.name === FILE);
      const seen = `${folder.writable} ${file?.last_modified} ${file?.size}`;
      if (seen !== this.seen) {
        this.take(file ? await this.text() : '');
        this.seen = seen;
        this.read = true;
        this.exists = !!file;
        this.writable = folder.writable !== false;
        this.changed.emit();
      }
    } catch {
      // The server does not answer: what was seen last stays.
    } finally {
      this.looking = false;
    }
  }

  private take(text: string): void {
    this.items.clear();
    this.marked.clear();
    this.found.clear();
    this.last = '';
    for (const line of text.split('\n')) {
      const entry = parsed(line);
      if (entry) {
        this.add(entry);
      }
    }
  }

  private add(entry: IEntry): void {
    const { unit, task, kind } = entry;
    if (!unit || !task) {
      return;
    }
    const saved = `${unit}/${task}`;
    const name = unit.startsWith('test-') ? `${unit}/*` : (this.names.get(saved) ?? saved);
    const item = this.course.items[name];
    const { case: own, story } = this.course;
    // What a lesson asks and does not mark is kept under the case of the course.
    const cases = item ? [item.case ?? own] : [own, story.case];
    if ((item && entry.version !== item.version) || (entry.case && !cases.includes(entry.case) && !name.endsWith('*'))) {
      return;
    }
    for (const piece of this.course.board.pieces) {
      if (piece.from.some(origin => origin.item === name && origin.kind === kind && fits(origin, entry))) {
        this.found.add(piece.id);
      }
    }
    if (item?.marks && (kind === 'attempt' || kind === 'draft')) {
      this.marked.set(name, marksOf(entry.answer));
    }
    const counts = kind === 'attempt' ? !NOT_SCORED.includes(entry.outcome ?? '') : kind === 'event' || kind === 'note';
    if (counts) {
      this.last = name;
    }
    if (counts && this.of(name) !== 'passed' && !(name.endsWith('*') && kind !== 'attempt')) {
      this.items.set(name, kind === 'attempt' && !DONE.includes(entry.outcome ?? '') && !name.endsWith('*') ? 'tried' : 'passed');
    }
  }
}

function parsed(line: string): IEntry | null {
  try {
    const entry = JSON.parse(line) as IEntry;
    return entry && typeof entry === 'object' ? entry : null;
  } catch {
    return null;
  }
}

/** Does this answer fill a piece of the case board? The same rule as on the board's own page. */
function fits(origin: IPiece['from'][number], entry: IEntry): boolean {
  const rows = Object.entries(origin.rows);
  const answer = entry.answer as Record<string, Record<string, unknown>> | null | undefined;
  if (entry.kind === 'event') {
    return origin.answers.includes(entry.answer as string | number);
  }
  return rows.length
    ? rows.every(([row, fields]) =>
        Object.entries(fields).every(([field, values]) => values.includes(String(answer?.[row]?.[field] ?? '')))
      )
    : [...DONE, ...(origin.partly ? ['partly'] : [])].includes(entry.outcome ?? '');
}

function marksOf(answer: unknown): IMark[] {
  return (Array.isArray(answer) ? answer : [])
    .filter((mark): mark is [number, number, string?] => Array.isArray(mark) && mark.every((x, i) => i > 1 || Number.isInteger(x)))
    .map(([start, end, label]) => ({ start, end, label }));
}
