// A page in steps: one section at a time, and what comes after a guess once the guess is made. Nothing is ever locked away.

import { Cell, CodeCell } from '@jupyterlab/cells';
import { Signal } from '@lumino/signaling';
import { button, h } from './dom';
import type { CoursePage } from './page';
import type { View } from './view';

/** Where a section begins. */
const HEADING = /^## +(.+)$/m;
/** Questions of earlier units: they come first, and are a step of their own. */
const REVIEW = /\.look_back\(/;
/** A cell that is not part of what is on show. Printing shows it all the same. */
const AWAY = 'medialit-away';
/** A cell that is not part of the page on the story of the class. */
const LEFT = 'medialit-left';
/** A block of a part of which everything is done. */
const DONE = '.ml-block[data-outcome="done"]';

export class Steps {
  /** Emitted when another part of the page is on show. */
  readonly changed = new Signal<this, void>(this);
  private now = 0;
  /** Guesses that somebody passed over. */
  private passed = new Set<string>();
  private watch: MutationObserver;

  constructor(
    private page: CoursePage,
    private view: View
  ) {
    view.choices.changed.connect(this.show, this);
    view.progress(page.found.root).changed.connect(this.show, this);
    page.panel.disposed.connect(() => {
      view.choices.changed.disconnect(this.show, this);
      view.progress(page.found.root).changed.disconnect(this.show, this);
      this.watch.disconnect();
    });
    // A guess is kept in the page a moment before it is in the progress file.
    this.watch = new MutationObserver(() => this.show());
    this.watch.observe(page.panel.content.node, { subtree: true, attributeFilter: ['data-outcome'] });
    this.begin();
  }

  /** The cells are new: look at them once more. */
  begin(): void {
    this.replaceStories();
    this.show();
  }

  /** Is this page shown in steps? A page that is no lesson, exercise or workshop is short, and shown whole. */
  get on(): boolean {
    return !this.view.choices.get('wholePages') && this.isLong;
  }

  get isLong(): boolean {
    const { course } = this.view;
    const name = this.page.found.name.replace('solutions/', 'exercises/');
    const pages = [...course.steps.filter(step => step.unit || course.brand), ...course.workshops].flatMap(step => step.pages);
    return pages.includes(name) && this.parts.length > 1;
  }

  get at(): number {
    return Math.min(this.now, this.parts.length - 1);
  }

  get isLast(): boolean {
    return !this.on || (this.at === this.parts.length - 1 && !this.waitsFor);
  }

  /**
   * The sections of the page with their cells, but those that the story of the class has nothing for. What comes before the first
   * heading belongs to it, unless it asks something.
   */
  get parts(): { title: string; cells: Cell[] }[] {
    const made: { title: string; cells: Cell[] }[] = [{ title: '', cells: [] }];
    let left = false;
    for (const cell of this.page.panel.content.widgets) {
      const found = cell.model.type === 'markdown' && HEADING.exec(cell.model.sharedModel.getSource());
      left = found ? !!this.page.found.page.left?.includes(plain(found[1])) : left;
      if (left) {
        continue;
      }
      if (found && (made[0].title || made[0].cells.some(one => REVIEW.test(one.model.sharedModel.getSource())))) {
        made[0].title ||= 'Before you begin';
        made.push({ title: '', cells: [] });
      }
      const last = made[made.length - 1];
      last.title ||= found ? plain(found[1]) : '';
      last.cells.push(cell);
    }
    return made;
  }

  /** The guess that what comes next on this step waits for. */
  get waitsFor(): Cell | undefined {
    return this.on ? this.parts[this.at].cells.find(cell => this.isOpen(cell)) : undefined;
  }

  /** Show this step, from its top; the keyboard goes with it. */
  go(step: number): void {
    this.now = Math.max(0, Math.min(this.parts.length - 1, step));
    this.show();
    const { outerNode } = this.page.panel.content;
    outerNode.scrollTop = 0;
    const first = this.parts[this.now].cells.find(cell => cell.isVisible) ?? this.parts[this.now].cells[0];
    const heading = first.node.querySelector<HTMLElement>('h1, h2') ?? outerNode;
    heading.tabIndex = heading === outerNode ? 0 : -1;
    heading.focus({ preventScroll: true });
  }

  /** Let this cell be on show. */
  reach(cell: Cell): void {
    const parts = this.parts;
    const step = parts.findIndex(part => part.cells.includes(cell));
    if (step >= 0 && step !== this.now) {
      this.now = step;
    }
    for (const before of parts[this.at]?.cells ?? []) {
      if (before === cell) {
        break;
      }
      this.passOver(before);
    }
    this.show();
  }

  /** Go on without a guess. */
  skip(): void {
    const waits = this.waitsFor;
    if (waits) {
      this.passOver(waits);
      this.show();
      this.page.panel.content.outerNode.focus({ preventScroll: true });
    }
  }

  private passOver(cell: Cell): void {
    const guess = this.guessOf(cell);
    guess && this.passed.add(guess);
  }

  private guessOf(cell: Cell): string | undefined {
    const { guesses, code } = this.page.found.page;
    return cell instanceof CodeCell ? guesses[code.indexOf(cell.model.sharedModel.getSource())] : undefined;
  }

  /** Does this cell ask for a guess that is not made yet? */
  private isOpen(cell: Cell): boolean {
    const guess = this.guessOf(cell);
    return (
      !!guess &&
      !this.passed.has(guess) &&
      this.view.progress(this.page.found.root).of(guess) === 'open' &&
      !cell.node.querySelector('.ml-block[data-outcome="kept"]')
    );
  }

  /** Does the page itself say that this part is done? Parts for authors do: no progress file knows of them. */
  isDone(title: string): boolean {
    return !!this.parts.find(part => part.title === title)?.cells.some(cell => cell.node.querySelector(DONE));
  }

  private seen = '';

  private show(): void {
    const { on, at } = this;
    const { parts } = this;
    const shown = new Set(parts.flatMap(part => part.cells));
    this.page.panel.content.widgets.forEach(cell => cell.toggleClass(LEFT, !shown.has(cell)));
    let said = `${on}${at}`;
    parts.forEach((part, step) => {
      let away = on && step !== at;
      said += this.isDone(part.title) ? '✓' : '';
      for (const cell of part.cells) {
        cell.toggleClass(AWAY, away);
        const open = on && this.isOpen(cell);
        // A guess that was passed over changes what comes next, even where nothing follows it on its step.
        said += away ? '-' : open ? '?' : '+';
        // A task that is called as its section is says its name once to the eye.
        for (const name of cell.node.querySelectorAll('.ml-title')) {
          name.classList.toggle('medialit-hidden', part.title.endsWith(` ${plain(name.textContent ?? '')}`));
        }
        away ||= open;
      }
    });
    if (said !== this.seen) {
      this.seen = said;
      this.changed.emit();
    }
  }

  /** The story is in its panel: where a page would print it once more, a line leads there. */
  private replaceStories(): void {
    const { stories, code } = this.page.found.page;
    for (const cell of this.page.panel.content.widgets) {
      const source = cell.model.sharedModel.getSource();
      if (!(cell instanceof CodeCell) || !stories.includes(code.indexOf(source))) {
        continue;
      }
      cell.addClass('medialit-story-cell');
      // Where a page only keeps it at hand, nothing needs to be said.
      if (!source.includes('folded')) {
        cell.node.append(
          h(
            'p',
            { class: 'medialit-to-story' },
            h('span', {}, 'The story is beside this page.'),
            button('Show the story', () => this.view.showStory(), { class: 'medialit-icon-story' })
          )
        );
      }
    }
  }
}

/** A heading without its markup, as course.json has it. */
export function plain(text: string): string {
  return text.replace(/<[^>]+>|[*`★☆¶]/g, '').replace(/\s+/g, ' ').trim();
}

