// The course as the installed kit describes it: course.json beside this bundle, written by `medialit build`.

import { PageConfig, URLExt } from '@jupyterlab/coreutils';
import { NotebookPanel } from '@jupyterlab/notebook';

/** Does Python run in the browser? Then there is no server: pages have other addresses, and answers are in the browser. */
export const LITE = PageConfig.getOption('litePluginSettings') !== '';

/** The page that the pieces of the case board are on. */
export const BOARD = 'notebooks/05b-case-board';

/** A heading of a page, and what is answered under it: "quotes/q1". */
export interface ISection {
  title: string;
  items: string[];
  /** The exercises that a section shows once more, where it asks nothing itself. */
  after?: string[];
}

export interface IPage {
  title: string;
  minutes?: number;
  /** The code of every cell, as the kit built it. Nothing else ever runs on its own. */
  code: string[];
  sections: ISection[];
  /** Headings of what the story of the class has nothing for; their cells are not shown. */
  left?: string[];
  /** How long it takes on that story, in words, where that is less. */
  time?: string;
  /** Places in `code` of the cells that show the course's own story. */
  stories: number[];
  /** Place in `code` of a cell that asks for a guess: the guess, such as "quotes/p1". */
  guesses: Record<string, string>;
}

/** One step of the way: a unit with its lesson and exercises, or a page of its own. */
export interface IStep {
  title: string;
  unit?: string;
  pages: string[];
}

export interface IWorkshop {
  title: string;
  minutes: number;
  pages: string[];
}

export interface IBlock {
  kind: string;
  number: number;
  start: number;
  text: string;
}

export interface IItem {
  version: string;
  title?: string;
  /** What its page calls a task; answers are saved under its name. */
  number?: string;
  was?: string[];
  marks?: boolean;
  /** A guess before a result: it is ticked, and counted nowhere. */
  guess?: boolean;
  /** An optional task counts only once it was tried. */
  optional?: boolean;
  /** The case on which it is answered, where that is not the one of the exercises. */
  case?: string;
}

export interface IStory {
  case: string;
  title: string;
  language: string;
  /** What an invented story says of itself. */
  label: string;
  /** Whose text it is, and why it may be shown. */
  credit: string;
  blocks: IBlock[];
  glossary: Record<string, string>;
}

/**
 * A piece of the case board. It is filled when one answer fits: a guess (kind "event") that is one of `answers`, an attempt at a task or
 * question that passed (or came out partly, where `partly` says so), or an attempt whose rows hold these values.
 */
export interface IPiece {
  id: string;
  /** The question on its shape. */
  shape: string;
  /** What was found; shown only when the piece is filled. */
  found: string;
  from: {
    item: string;
    kind: string;
    version: string;
    partly: boolean;
    rows: Record<string, Record<string, string[]>>;
    answers: (string | number)[];
  }[];
}

export interface ICourse {
  version: string;
  /** The case of the exercises and the questions. */
  case: string;
  start: string;
  steps: IStep[];
  workshops: IWorkshop[];
  pages: Record<string, IPage>;
  items: Record<string, IItem>;
  board: { title: string; pieces: IPiece[] };
  /** The story that the lessons work through. */
  story: IStory;
  /** The story of the exercises, where that is another one. */
  own?: IStory;
  /** Pages that this story leaves out, and the page that comes next instead of each. */
  left?: Record<string, string>;
  /** What is on show in place of the course: pages for the author of a case, from the settings of the command that started. */
  brand?: string;
}

/** course.json of the installed extension. It is asked from the server's own folder of extensions, where no notebook can write. */
export async function loadCourse(): Promise<ICourse> {
  const url = URLExt.join(PageConfig.getOption('fullLabextensionsUrl'), 'medialit', 'course.json');
  const answer = await fetch(url, { cache: 'no-cache' });
  if (!answer.ok) {
    throw new Error(`${url}: ${answer.status}`);
  }
  const course = (await answer.json()) as ICourse;
  // What is different on another story, from the settings with which `medialit lab --case` starts the server.
  const { served, ...other } = JSON.parse(PageConfig.getOption('medialitCase') || '{}') as Partial<ICourse> & {
    served?: Record<string, Partial<IPage>>;
  };
  for (const [name, found] of Object.entries(served ?? {})) {
    Object.assign(course.pages[name], found);
  }
  return Object.assign(course, other);
}

const PLACE = /^(?:(.*)\/)?((?:notebooks|exercises|solutions)\/[^/]+|(?:begin|annotate|settle)-[^/]+)\.ipynb$/;

/** Where a file may be a page of the course: the course's own folder, and the page's place in it. Pages for authors are in the
 * folder of their case. */
export function placeOf(path: string): { root: string; folder: string; name: string } | null {
  const found = PLACE.exec(path);
  return found && { root: found[1] ?? '', folder: found[2].split('/')[0], name: found[2] };
}

/** A page of the course in a panel. */
export interface IFound {
  /** "notebooks/01-quotes" */
  name: string;
  /** The folder that holds notebooks/ and exercises/, as the server names it. */
  root: string;
  folder: string;
  page: IPage;
  /** An instructor's page: its solutions are in no list, and never run on their own. */
  solutions: boolean;
}

/** What a notebook says that it is, if the kit knows such a page. That alone lets nothing run. */
export function findPage(course: ICourse, panel: NotebookPanel): IFound | null {
  const place = placeOf(panel.context.path);
  const said = panel.context.model.getMetadata('medialit') as { page?: unknown } | undefined;
  if (!place || typeof said?.page !== 'string') {
    return null;
  }
  const solutions = said.page.startsWith('solutions/');
  const name = said.page;
  const known = solutions ? name.replace('solutions/', 'exercises/') : name;
  return Object.prototype.hasOwnProperty.call(course.pages, known)
    ? { root: place.root, folder: place.folder, name, page: course.pages[known], solutions }
    : null;
}

/** What is answered on a page. */
export function itemsOf(page: IPage): string[] {
  return page.sections.flatMap(section => section.items);
}

/** The page on which an item is answered: its own way comes before a workshop's. */
export function pageOf(course: ICourse, item: string): string | undefined {
  const own = course.steps.flatMap(step => step.pages).reverse();
  return own.find(name => itemsOf(course.pages[name]).includes(item));
}

/** The path of a page of the course, beside another one. */
export function pathOf(root: string, name: string): string {
  return `${root ? `${root}/` : ''}${name}.ipynb`;
}

/** The pages before and after this one. A workshop has an order of its own. */
export function neighbours(course: ICourse, name: string): { back?: string; next?: string } {
  if (course.brand) {
    return {};
  }
  const own = name.replace('solutions/', 'exercises/');
  const shop = course.workshops.find(workshop => workshop.pages.includes(own));
  const order = [course.start, ...(shop ? shop.pages : course.steps.flatMap(step => step.pages))];
  const at = order.indexOf(own);
  return at < 0 ? {} : { back: order[at - 1], next: shop && at === 0 ? undefined : order[at + 1] };
}
