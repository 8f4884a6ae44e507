// The course at a glance: units with their minutes, what is done and what is open, the sections of this page.

import { Widget } from '@lumino/widgets';
import { BOARD, IPiece, IStep, itemsOf, LITE, pageOf } from './course';
import { button, h } from './dom';
import { Done, Progress } from './progress';
import type { CoursePage } from './page';
import { View } from './view';

const SIGN: Record<Done, string> = { open: '○', tried: '◐', passed: '✓' };
const WORD: Record<Done, string> = { open: 'open', tried: 'not all passed', passed: 'passed' };

export class CoursePanel extends Widget {
  constructor(
    private view: View,
    private files: () => void
  ) {
    super();
    this.id = 'medialit-course-panel';
    this.addClass('medialit-panel');
    this.title.label = '';
    this.title.caption = 'Course';
    this.title.iconClass = 'medialit-tab medialit-icon-course';
    view.currentChanged.connect(this.turn, this);
    this.turn();
  }

  private progress: Progress | null = null;

  private shown: CoursePage | null = null;

  private turn(): void {
    this.shown?.steps.changed.disconnect(this.draw, this);
    this.shown = this.view.current;
    this.shown?.steps.changed.connect(this.draw, this);
    const progress = this.view.current ? this.view.progress() : this.progress;
    if (progress !== this.progress) {
      this.progress?.changed.disconnect(this.draw, this);
      this.progress = progress;
      progress?.changed.connect(this.draw, this);
    }
    this.draw();
  }

  private draw(): void {
    const { view, progress } = this;
    if (!progress) {
      return;
    }
    const { course } = view;
    // What a lesson lets a class do on another story counts for nothing, here as on My course.
    const all = course.steps.flatMap(step => step.pages).flatMap(name => this.items(name)).filter(item => !course.items[item]?.case);
    const { of, tried } = progress.done(all);
    // The next page is offered where this one ends, and not in the middle of it.
    const next = !view.current || view.current.steps.isLast ? view.neighbours().next : undefined;
    const focus = document.activeElement?.getAttribute('data-key');
    this.node.replaceChildren(
      h(
        'nav',
        { 'aria-label': 'Course' },
        h(
          'div',
          { class: 'medialit-panel-head' },
          h('p', { class: 'medialit-brand' }, course.brand ?? 'One news story, four lenses'),
          ...(of
            ? [
                h('p', { class: 'medialit-count' }, `${tried} of ${of} questions and exercises done`),
                meter(tried, of, 'Done in the whole course')
              ]
            : [])
        ),
        h('ol', { class: 'medialit-steps' }, ...this.steps.map(step => this.step(step))),
        course.workshops.length > 0 &&
        h(
          'details',
          { open: course.workshops.some(shop => shop.pages.includes(view.current?.found.name ?? '')) },
          h('summary', {}, 'Workshops'),
          h(
            'ul',
            { class: 'medialit-pages' },
            ...course.workshops.flatMap(shop =>
              shop.pages.map((name, part) =>
                h(
                  'li',
                  {},
                  this.link(
                    name,
                    `${shop.minutes} minutes${shop.pages.length > 1 ? `, part ${part + 1}` : ''}`,
                    name === view.current?.found.name ? 'medialit-here' : ''
                  )
                )
              )
            )
          )
        )
      ),
      h(
        'div',
        { class: 'medialit-panel-foot' },
        next ? this.link(next, `Next: ${course.pages[next].title}`, 'medialit-primary') : null,
        // Elsewhere a list of files would take the place of the course, without a way back.
        this.view.lab && !LITE ? button('All files', this.files, { 'data-key': 'files' }) : null
      )
    );
    if (focus) {
      this.node.querySelector<HTMLElement>(`[data-key="${focus}"]`)?.focus({ preventScroll: true });
    }
  }

  /** An author has nothing to do with the pages of another coder, and some are not there yet. */
  private get steps(): IStep[] {
    const { course, current } = this.view;
    return course.brand ? course.steps.filter(step => step.pages.includes(current?.found.name ?? '')) : course.steps;
  }

  private items(name: string): string[] {
    return itemsOf(this.view.course.pages[name]);
  }

  private step(step: IStep): Node {
    const { view } = this;
    const here = view.current?.found.name.replace('solutions/', 'exercises/') ?? '';
    const inside = step.pages.includes(here);
    const items = [...new Set(step.pages.flatMap(name => this.items(name)))];
    const { of, tried, passed } = this.progress!.count(items);
    const done = this.progress!.done(items);
    const minutes = view.course.pages[step.pages[0]].minutes;
    const first = this.link(step.pages[0], step.title, inside && !step.unit ? 'medialit-here' : '');
    const { pieces } = view.course.board;
    if (step.pages.includes(BOARD) && pieces.length) {
      // The board is as far as its pieces are.
      const found = pieces.filter(piece => this.progress!.isFound(piece)).length;
      first.prepend(sign(stateOf({ of: pieces.length, tried: found, passed: found })));
    } else if (of) {
      first.prepend(sign(stateOf({ of, tried, passed })));
    } else {
      first.prepend(h('span', { class: 'medialit-sign', 'aria-hidden': 'true' }, '·'));
    }
    first.append(h('span', { class: 'medialit-minutes' }, minutes ? `${minutes} min` : ''));
    if (done.tried) {
      first.title = `${done.tried} of ${done.of} done`;
    }
    return h(
      'li',
      { class: inside ? 'medialit-inside' : '' },
      first,
      inside && step.unit
        ? h('ul', { class: 'medialit-pages' }, ...step.pages.map((name, at) => this.page(step, name, at ? 'Exercises' : 'Lesson', here)))
        : inside
          ? this.sections(here)
          : null,
      step.pages.includes(BOARD) ? this.board() : null
    );
  }

  private page(step: IStep, name: string, words: string, here: string): Node {
    // What a lesson borrows from its exercises is counted there.
    const later = step.pages.slice(step.pages.indexOf(name) + 1).flatMap(one => this.items(one));
    const { of, tried } = this.progress!.done(this.items(name).filter(item => !later.includes(item)));
    const link = this.link(name, words, name === here ? 'medialit-here' : '');
    link.append(h('span', { class: 'medialit-minutes' }, of ? `${tried} of ${of} done` : ''));
    return h('li', {}, link, name === here ? this.sections(name) : null);
  }

  private sections(name: string): Node {
    return h(
      'ul',
      { class: 'medialit-sections' },
      ...this.view.course.pages[name].sections
        .filter(section => section.title)
        .map((section, at) => {
          const found = this.progress!.count(section.items);
          const made = this.view.current?.steps.isDone(section.title) ? 'passed' : null;
          return this.section(section.title, found.of ? stateOf(found) : made, at);
        })
    );
  }

  private section(title: string, done: Done | null, at: number): Node {
    const steps = this.view.current?.steps;
    const here = !!steps?.on && steps.parts[steps.at]?.title === title;
    const made = button('', () => this.view.current?.goTo(title), {
      'data-key': `section-${at}`,
      'aria-current': here ? 'step' : undefined
    });
    // Nobody passes or fails a part for authors.
    const shown = done && sign(done, this.view.course.brand ? 'done' : undefined);
    made.append(shown ?? h('span', { class: 'medialit-sign', 'aria-hidden': 'true' }, '·'), h('span', {}, title));
    return h('li', {}, made);
  }

  /** The pieces of the case board: what the learner has found so far. */
  private board(): Node | null {
    const { pieces } = this.view.course.board;
    if (!pieces.length) {
      return null;
    }
    const found = pieces.filter(piece => this.progress!.isFound(piece));
    const made = h(
      'details',
      { class: 'medialit-board', open: this.boardOpen },
      h('summary', {}, `${found.length} of ${pieces.length} pieces found`),
      h(
        'ul',
        {},
        ...pieces.map(piece =>
          h(
            'li',
            { class: found.includes(piece) ? 'medialit-found' : '' },
            sign(found.includes(piece) ? 'passed' : 'open'),
            found.includes(piece)
              ? h('span', {}, piece.shape, h('span', { class: 'medialit-found-words' }, piece.found))
              : this.toFind(piece)
          )
        )
      )
    );
    made.addEventListener('toggle', () => (this.boardOpen = made.open));
    return made;
  }

  private boardOpen = false;

  /** An empty shape leads to where it can be found out. */
  private toFind(piece: IPiece): Node {
    const { item } = piece.from[0];
    const page = pageOf(this.view.course, item);
    return page ? this.link(page, piece.shape, '', item) : h('span', {}, piece.shape);
  }

  private link(name: string, words: string, kind = '', item = ''): HTMLAnchorElement {
    const here = kind.includes('medialit-here');
    const link = h(
      'a',
      {
        href: this.view.address(name),
        class: kind,
        'data-key': `${name} ${kind}${item}`,
        'aria-current': here ? 'page' : undefined
      },
      h('span', { class: 'medialit-words' }, words)
    );
    this.view.follow(link, name, item);
    return link;
  }
}

function stateOf({ of, tried, passed }: { of: number; tried: number; passed: number }): Done {
  return !tried ? 'open' : passed === of ? 'passed' : 'tried';
}

/** A sign, and the same in words for who does not see it. */
function sign(done: Done, word = WORD[done]): HTMLElement {
  return h(
    'span',
    { class: `medialit-sign medialit-sign-${done}` },
    h('span', { 'aria-hidden': 'true' }, SIGN[done]),
    h('span', { class: 'medialit-hidden' }, `${word}: `)
  );
}

function meter(value: number, of: number, label: string): HTMLElement {
  const bar = h('span', {});
  bar.style.width = `${(100 * value) / Math.max(1, of)}%`;
  return h('div', { class: 'medialit-meter', role: 'img', 'aria-label': `${label}: ${value} of ${of}` }, bar);
}
