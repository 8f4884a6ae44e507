// The numbered story beside the page: the paragraph that a question is about, hard words explained, the learner's own marks.

import { Widget } from '@lumino/widgets';
import { IBlock, IStory } from './course';
import { Child, h } from './dom';
import { IMark, Progress } from './progress';
import type { CoursePage } from './page';
import { View } from './view';

const NUMBER = /¶(\d+)(?:(?:\s+to\s+|\s*[–-]\s*)¶?(\d+))?/g;
/** What belongs to one question or one row of a table: words further out are about something else. */
const FRAME = '.ml-row, .ml-matrix tbody tr, .ml-item, .ml-block';
/** What in such a frame says something else than what it is about: what can be chosen, and what was said of an answer. */
const ASIDE = '.ml-choices, .ml-form, .ml-live, .ml-buttons, .ml-tools, select, textarea, details';

export class StoryPanel extends Widget {
  private body = h('div', { class: 'medialit-story', tabindex: '0', role: 'region', 'aria-label': 'The story' });
  private own = h('input', { type: 'checkbox', checked: true });
  private choice: HTMLElement;
  private about = h('p', { class: 'medialit-about', role: 'status' });
  private progress: Progress | null = null;
  private story: IStory | null = null;
  private now: number[] = [];
  /** The block that somebody works on. */
  private task: Element | null = null;
  private page: CoursePage | null = null;
  private marks = '';

  constructor(private view: View) {
    super();
    this.id = 'medialit-story-panel';
    this.addClass('medialit-panel');
    this.title.caption = 'The story';
    this.title.iconClass = 'medialit-tab medialit-icon-story';
    this.choice = h('label', { class: 'medialit-own', hidden: true }, this.own, ' Show what I marked');
    this.own.addEventListener('change', () => this.draw());
    this.node.append(
      h('div', { class: 'medialit-panel-head' }, h('h2', {}, 'The story'), this.choice, this.about),
      this.body
    );
    view.currentChanged.connect(this.turn, this);
    for (const sign of ['focusin', 'pointerdown'] as const) {
      document.addEventListener(sign, event => this.follow(event.target), true);
    }
    this.draw();
    this.turn();
  }

  /** Mark these paragraphs, and bring the first of them into view. */
  point(numbers: number[]): void {
    if (numbers.join() === this.now.join()) {
      return;
    }
    this.now = numbers;
    this.about.textContent = numbers.length ? `The bar marks what this task is about: ${numbers.map(one => `¶${one}`).join(', ')}.` : '';
    for (const block of this.body.querySelectorAll<HTMLElement>('[data-number]')) {
      block.toggleAttribute('aria-current', numbers.includes(Number(block.dataset.number)));
    }
    this.reveal();
  }

  onAfterShow(): void {
    this.reveal();
  }

  private reveal(): void {
    const first = this.body.querySelector<HTMLElement>('[aria-current]');
    if (first && this.isVisible) {
      const box = this.body.getBoundingClientRect();
      const place = first.getBoundingClientRect();
      if (place.top < box.top || place.bottom > box.bottom) {
        this.body.scrollTop += place.top - box.top - 24;
      }
    }
  }

  private turn(): void {
    this.page?.steps.changed.disconnect(this.step, this);
    this.page = this.view.current;
    this.page?.steps.changed.connect(this.step, this);
    if (this.view.story !== this.story) {
      this.now = [];
      this.draw();
    }
    this.step();
    if (this.view.current && this.view.progress() !== this.progress) {
      this.progress?.changed.disconnect(this.remark, this);
      this.progress = this.view.progress();
      this.progress.changed.connect(this.remark, this);
      this.remark();
    }
  }

  private remark(): void {
    if (JSON.stringify(this.progress?.marks(this.wanted.case) ?? []) !== this.marks) {
      this.draw();
    }
  }

  /** The story of this page; that of the class where a lesson asks about it. */
  private get wanted(): IStory {
    const { own } = this.view.course;
    const asked = this.task instanceof HTMLElement && this.task.dataset.story;
    return own && asked === own.case ? own : this.view.story;
  }

  /** Another task is at hand: it may be about the other story. */
  private at(task: Element | null): void {
    this.task = task;
    if (this.wanted !== this.story) {
      this.now = [];
      this.draw();
    }
  }

  /** Another part of the page is on show: its task says what it is about, if it has just one. */
  private step(): void {
    if (this.task?.isConnected && !this.task.closest('.medialit-away, .lm-mod-hidden')) {
      return;
    }
    const steps = this.page?.steps;
    const blocks = steps?.on ? steps.parts[steps.at].cells.flatMap(cell => [...cell.node.querySelectorAll<HTMLElement>('.ml-block')]) : [];
    this.at(blocks.length === 1 && blocks[0].dataset.story ? blocks[0] : null);
    this.point(blocks.length === 1 ? numbersIn(topicOf(blocks[0])) : []);
  }

  /** Somebody works on a question or on a row: the paragraphs that it names are shown here, and no others. */
  private follow(target: EventTarget | null): void {
    if (!(target instanceof Element) || !target.closest('.medialit-page .jp-OutputArea-output')) {
      return;
    }
    const block = target.closest('.ml-block');
    for (let at = target.closest<HTMLElement>(FRAME); at; at = at.parentElement?.closest<HTMLElement>(FRAME) ?? null) {
      const numbers = numbersIn(topicOf(at));
      if (numbers.length) {
        this.at(block);
        return this.point(numbers);
      }
    }
    // A step has replaced another one, and the focus is at its top: its first block says what it is about.
    const first = target.matches('.ml') ? target.querySelector<HTMLElement>('.ml-block') : null;
    if (first && first !== this.task) {
      this.at(first);
      return this.point(numbersIn(topicOf(first)));
    }
    // The row that somebody looked at last is still what the task is about when its button is clicked.
    if (block && block !== this.task) {
      this.at(block);
      this.point([]);
    }
  }

  private draw(): void {
    const story = this.wanted;
    const marks = this.progress?.marks(story.case) ?? [];
    this.story = story;
    this.marks = JSON.stringify(marks);
    this.body.lang = story.language;
    this.body.dir = 'auto';
    this.choice.hidden = !marks.length;
    const left = new Map(Object.entries(story.glossary));
    this.body.replaceChildren(
      // With a direction of its own, it does not decide that of the story.
      story.label ? h('p', { class: 'medialit-story-label', lang: 'en', dir: 'ltr' }, story.label) : '',
      story.blocks.length
        ? h('p', { class: 'medialit-story-end', lang: 'en', dir: 'ltr' }, '¶2 is the second paragraph. In a task, S2 is the second sentence, counted from the headline.')
        : '',
      ...story.blocks.map(block => this.block(block, this.own.checked ? marks : [], left)),
      Object.keys(story.glossary).length ? h('p', { class: 'medialit-story-end' }, 'Words with a dotted line are explained: click them.') : '',
      story.credit ? h('p', { class: 'medialit-story-end' }, story.credit) : ''
    );
    const now = this.now;
    this.now = [];
    this.point(now);
  }

  private block(block: IBlock, marks: IMark[], left: Map<string, string>): Node {
    const words = h(block.kind === 'heading' ? 'h3' : 'p', {}, ...this.words(block, marks, left));
    if (block.kind === 'heading') {
      return words;
    }
    return h(
      'div',
      { class: `medialit-par medialit-par-${block.kind}`, 'data-number': block.number },
      h('span', { class: 'medialit-number' }, `¶${block.number}`),
      h('div', {}, words)
    );
  }

  /** The words of a block, cut where a mark or an explained word begins or ends. Places count code points, as in Python. */
  private words(block: IBlock, marks: IMark[], left: Map<string, string>): Child[] {
    const text = Array.from(block.text);
    const terms: { start: number; end: number; why: string }[] = [];
    for (const [term, why] of [...left]) {
      const found = new RegExp(`(?<![\\p{L}\\p{N}_])${escaped(term)}(?![\\p{L}\\p{N}_])`, 'iu').exec(block.text);
      if (found) {
        const start = Array.from(block.text.slice(0, found.index)).length;
        const end = start + Array.from(found[0]).length;
        if (!terms.some(other => start < other.end && other.start < end)) {
          terms.push({ start, end, why });
          left.delete(term);
        }
      }
    }
    const here = marks.map(mark => ({ start: mark.start - block.start, end: mark.end - block.start }));
    const edges = new Set([0, text.length]);
    for (const { start, end } of [...terms, ...here]) {
      [start, end].filter(edge => edge > 0 && edge < text.length).forEach(edge => edges.add(edge));
    }
    const order = [...edges].sort((a, b) => a - b);
    const made: Child[] = [];
    for (let at = 0; at + 1 < order.length; at++) {
      const [start, end] = [order[at], order[at + 1]];
      const marked = here.some(mark => mark.start <= start && end <= mark.end);
      const piece = text.slice(start, end).join('');
      const term = terms.find(one => one.start <= start && end <= one.end);
      const inner = term ? explained(piece, term.why) : piece;
      made.push(marked ? h('mark', {}, inner) : inner);
    }
    return made;
  }
}

/** A word that says what it means when it is clicked. */
function explained(word: string, why: string): HTMLElement {
  // A button of its own kind: a real one cannot be broken over two lines.
  const made = h('span', { class: 'medialit-term', role: 'button', tabindex: '0', 'aria-expanded': 'false' }, word);
  const toggle = (): void => {
    const open = made.getAttribute('aria-expanded') === 'true';
    const place = made.closest('p, h3')!;
    place.parentElement!.querySelectorAll(':scope > .medialit-why').forEach(note => note.remove());
    place.querySelectorAll('[aria-expanded]').forEach(other => other.setAttribute('aria-expanded', String(!open && other === made)));
    if (!open) {
      place.after(h('p', { class: 'medialit-why' }, h('strong', {}, word), `: ${why}`));
    }
  };
  made.addEventListener('click', toggle);
  made.addEventListener('keydown', event => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      toggle();
    }
  });
  return made;
}

/** The words of a question or a row that say what it is about. */
function topicOf(frame: HTMLElement): string {
  const copy = frame.cloneNode(true) as HTMLElement;
  copy.querySelectorAll(ASIDE).forEach(aside => aside.remove());
  return copy.textContent ?? '';
}

function numbersIn(text: string): number[] {
  const found = new Set<number>();
  for (const [, first, last] of text.matchAll(NUMBER)) {
    for (let number = Number(first); number <= Math.min(Number(last ?? first), Number(first) + 30); number++) {
      found.add(number);
    }
  }
  return [...found].sort((a, b) => a - b);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
