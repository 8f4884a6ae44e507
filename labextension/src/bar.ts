// The learners' tool bar above a page, and the buttons at its end.

import { Dialog, showDialog } from '@jupyterlab/apputils';
import { Widget } from '@lumino/widgets';
import { button, h } from './dom';
import { ask, literal } from './kernels';
import { itemsOf, LITE, pageOf } from './course';
import { CoursePage } from './page';
import { Sides } from './sides';
import { View } from './view';

const SIZES = [80, 90, 100, 115, 130, 150, 175, 200];

export class Bar extends Widget {
  private code: HTMLButtonElement;
  private lab: HTMLButtonElement;
  private course: HTMLButtonElement;
  private story: HTMLButtonElement;
  private more: HTMLButtonElement;
  private menu: HTMLElement;
  private step: HTMLElement;
  private whole: HTMLButtonElement;

  constructor(
    private view: View,
    private page: CoursePage,
    private sides: Sides
  ) {
    super();
    this.addClass('medialit-bar');
    this.course = button(view.course.brand ? 'Steps' : 'Course', () => sides.toggle('course'), { class: 'medialit-icon-course' });
    this.story = button('Story', () => sides.toggle('story'), {
      class: 'medialit-icon-story',
      title: 'Show or hide the story: Alt+A'
    });
    this.lab = button('All of JupyterLab', () => this.done(() => sides.toggleFrame()), { 'aria-pressed': 'false' });
    this.code = button('Show code', () => view.choices.set('showCode', !view.choices.get('showCode')), { 'aria-pressed': 'false' });
    this.whole = button('Show the whole page', () => view.choices.set('wholePages', !view.choices.get('wholePages')), {
      'aria-pressed': 'false'
    });
    // The browser draws a popover above everything, and closes it by Escape or a click elsewhere.
    this.menu = h(
      'div',
      { class: 'medialit-menu', popover: 'auto' },
      h(
        'div',
        { class: 'medialit-sizes', role: 'group', 'aria-label': 'Text size' },
        h('span', {}, 'Text size'),
        button('Smaller', () => this.size(-1)),
        button('Larger', () => this.size(1))
      ),
      ...(page.steps.isLong ? [this.whole] : []),
      this.code,
      button('Start this page again', () => this.done(() => page.start(true))),
      ...(view.course.brand
        ? []
        : [
            button('Save my answers as a file', () => this.done(() => this.save())),
            button('Bring back my answers', () => this.done(() => this.bringBack())),
            button('Begin anew for the next person', () => this.done(() => this.beginAnew()))
          ]),
      button('Help', () => this.done(() => this.help())),
      this.lab
    );
    this.more = button('More', () => undefined, { class: 'medialit-icon-more', 'aria-expanded': 'false' });
    this.more.popoverTargetElement = this.menu;
    this.step = h('span', { class: 'medialit-bar-step' });
    const title = h('p', { class: 'medialit-bar-title' }, page.found.page.title, this.step);
    page.steps.changed.connect(this.draw, this);
    this.node.setAttribute('role', 'group');
    this.node.setAttribute('aria-label', 'Tools for this page');
    this.node.append(this.course, title, ...(page.found.page.code.length ? [this.story] : []), this.more, this.menu);
    this.menu.addEventListener('beforetoggle', event => {
      const place = this.more.getBoundingClientRect();
      this.menu.style.top = `${place.bottom + 4}px`;
      this.menu.style.right = `${Math.max(8, window.innerWidth - place.right)}px`;
      this.more.setAttribute('aria-expanded', String((event as ToggleEvent).newState === 'open'));
    });
    this.menu.addEventListener('focusout', event => {
      if (event.relatedTarget && !this.menu.contains(event.relatedTarget as Node)) {
        this.menu.hidePopover();
      }
    });
    view.choices.changed.connect(this.draw, this);
    sides.changed.connect(this.draw, this);
    this.draw();
  }

  private draw(): void {
    this.code.setAttribute('aria-pressed', String(this.view.choices.get('showCode')));
    const { steps } = this.page;
    this.whole.setAttribute('aria-pressed', String(this.view.choices.get('wholePages')));
    this.step.textContent = steps.on ? `${steps.at + 1} of ${steps.parts.length}` : '';
    this.story.hidden = !this.view.story.blocks.length;
    this.lab.setAttribute('aria-pressed', String(this.sides.frame));
    for (const [one, name] of [
      [this.course, 'course'],
      [this.story, 'story']
    ] as const) {
      one.setAttribute('aria-expanded', String(this.sides.isOpen(name)));
    }
  }

  private done(act: () => unknown): void {
    this.menu.hidePopover();
    void act();
  }

  private size(step: number): void {
    const { choices } = this.view;
    const at = SIZES.findIndex(size => size >= choices.get('textSize'));
    choices.set('textSize', SIZES[Math.min(SIZES.length - 1, Math.max(0, (at < 0 ? 2 : at) + step))]);
  }

  private async save(): Promise<void> {
    if (!(await this.page.download())) {
      await say('Nothing is saved yet', 'There is a file as soon as you have answered something.');
    }
  }

  private async bringBack(): Promise<void> {
    const kernel = this.page.panel.sessionContext.session?.kernel;
    const file = h('input', { type: 'file', accept: '.jsonl' });
    if (!kernel) {
      return say('Open a lesson first', 'Your answers are brought back from a page with questions.');
    }
    file.addEventListener('change', async () => {
      const text = await file.files?.[0]?.text();
      if (text !== undefined) {
        try {
          const answer = await ask(kernel, `bring_back(${literal(text)})`);
          await say(answer.ok ? 'Your answers are back' : 'Nothing was brought back', String(answer.said));
          await (answer.ok && this.page.start());
        } catch (error) {
          await say('Nothing was brought back', error instanceof Error ? error.message : String(error));
        }
      }
    });
    file.click();
  }

  private async beginAnew(): Promise<void> {
    const lines = LITE
      ? [
          'First, your answers are saved as a file: keep it if you want to go on later. Then this browser forgets everything that was done in the course.',
          'Close other tabs of the course before you go on.'
        ]
      : [
          'The course begins with nothing. Your answers stay in the folder of the course, in a file with today’s date in its name.',
          'Files that you made, such as a correction card, stay as well.'
        ];
    const body = paragraphs(lines);
    const buttons = [Dialog.cancelButton({ label: 'Cancel' }), Dialog.warnButton({ label: 'Begin anew' })];
    if ((await showDialog({ title: 'Begin anew for the next person?', body, buttons, defaultButton: 0 })).button.accept) {
      await this.page.beginAnew();
    }
  }

  private help(): Promise<void> {
    if (this.view.course.brand) {
      return say(
        'Help',
        'Work from step to step, in any order. What you do is saved as you go, in the folder of your article on this computer.',
        'In the list of parts, ✓ means that everything in a part is done.',
        'Alt+A shows and hides the story. Tab and the arrow keys reach everything.',
        'Something looks stuck? Choose “Start this page again”. Your work stays.'
      );
    }
    return say(
      'Help',
      'Read down, and answer as you go. Press Check as often as you like: your best try counts, and you cannot break anything.',
      LITE
        ? 'Your answers are saved in this browser alone, which may clear them. Now and then, save them as a file: “More” at the top.'
        : 'Your answers are saved on this computer, in the file my-progress.jsonl. Nobody else sees them.',
      'You can close the window at any time. When you open the course again, the start page takes you to where you stopped.',
      'In the list of pages, ✓ means passed, ◐ means that not all of it is passed, and ○ means open.',
      'Alt+A shows and hides the story. Tab and the arrow keys reach everything.',
      'Something looks stuck? Choose “Start this page again”. Your answers stay.'
    );
  }
}

/** The end of what is on show: on to the next step, then to the next page. The start page leads to where the learner stopped. */
export function drawFoot(view: View, page: CoursePage): void {
  const { steps } = page;
  const { back, next } = view.neighbours(page);
  const last = page.found.name === view.course.start ? goOn(view, page) : undefined;
  const link = (name: string | undefined, words: string, kind: string): Node | null => {
    const there = name ? view.course.pages[name] : undefined;
    if (!name || !there) {
      return null;
    }
    const anchor = h(
      'a',
      { href: view.address(name, page.found.root), class: `medialit-go medialit-${kind}` },
      h('span', {}, words),
      h('strong', {}, there.title, there.minutes ? h('small', {}, ` ${there.minutes} minutes`) : '')
    );
    view.follow(anchor, name);
    return anchor;
  };
  const step = (to: number, words: string, kind: string): Node => {
    const made = button('', () => steps.go(to), { class: `medialit-go medialit-${kind}`, 'data-key': kind });
    made.append(h('span', {}, words), h('strong', {}, steps.parts[to].title));
    return made;
  };
  if (page.found.name === view.course.start) {
    // The way in is at the top of the start page, too.
    const top = page.panel.content.widgets[0]?.node;
    top?.querySelector('.medialit-begin')?.remove();
    top?.append(h('nav', { class: 'medialit-begin', 'aria-label': 'Begin' }, link(last ?? next, last ? 'Go on with' : 'Begin with', 'next')));
  }
  const { on, at, waitsFor } = steps;
  // A part of an author's page has steps and buttons of its own: the way past them stays in the background.
  const author = !view.course.start;
  const before = on && at > 0 ? step(at - 1, 'Back', 'back') : link(back, 'Back', 'back');
  const after = waitsFor
    ? button('Go on without a guess', () => steps.skip(), { class: 'medialit-go medialit-skip', 'data-key': 'next' })
    : steps.isLast
      ? link(last ?? next, last ? 'Go on with' : back ? 'Next' : 'Begin with', 'next')
      : author
        ? step(at + 1, 'Next part', 'later')
        : step(at + 1, 'Continue', 'next');
  const focus = document.activeElement?.getAttribute('data-key');
  page.foot.node.replaceChildren(
    finished(view, page),
    waitsFor ? h('p', { class: 'medialit-waits' }, 'The page goes on when you keep your guess.') : '',
    h('nav', { 'aria-label': 'Back and next' }, before, after),
    steps.isLong
      ? h(
          'p',
          { class: 'medialit-whole' },
          on ? h('span', {}, `Step ${at + 1} of ${steps.parts.length}`) : null,
          button(on ? 'Show the whole page' : 'Show one step at a time', () => view.choices.set('wholePages', on), {
            'data-key': 'whole'
          })
        )
      : ''
  );
  if (focus) {
    page.foot.node.querySelector<HTMLElement>(`[data-key="${focus}"]`)?.focus({ preventScroll: true });
  }
}

/** Where the learner stopped: the page of the last answer, or the next one with something open when that page is done. */
function goOn(view: View, page: CoursePage): string | undefined {
  const progress = view.progress(page.found.root);
  const pages = view.course.steps.flatMap(step => step.pages);
  const last = pages.indexOf(pageOf(view.course, progress.last) ?? '');
  const isOpen = (name: string): boolean => {
    // Guesses and notes can be left out, and the recheck opens on a day of its own.
    const asked = itemsOf(view.course.pages[name]).filter(
      item => item.endsWith('/*') ? !item.startsWith('test-recheck/') : view.course.items[item] && !view.course.items[item].guess
    );
    const { of, tried } = progress.count(asked);
    return tried < of;
  };
  return last < 0 ? undefined : ([...pages.slice(last), ...pages.slice(0, last)].find(isOpen) ?? pages[last]);
}

/** Units whose end was seen in this window, so that it is celebrated once. */
const ended = new Map<string, boolean>();

/** What is said when everything on a page, or in a unit, is answered. */
function finished(view: View, page: CoursePage): Node {
  const progress = view.progress(page.found.root);
  const name = page.found.name.replace('solutions/', 'exercises/');
  const unit = view.course.steps.find(step => step.unit && step.pages.includes(name));
  const here = progress.done(itemsOf(page.found.page));
  const all = progress.done((unit?.pages ?? []).flatMap(one => itemsOf(view.course.pages[one])));
  const whole = !!unit && all.tried === all.of;
  const place = h('div', { class: 'medialit-done', role: 'status' });
  if (unit && whole) {
    const before = ended.get(unit.unit!);
    const left = all.of - all.passed;
    place.classList.add('medialit-unit-done');
    place.classList.toggle('medialit-fresh', before === false);
    place.append(
      h('span', { class: 'medialit-seal', 'aria-hidden': 'true' }, '✓'),
      h(
        'div',
        {},
        h('strong', {}, `You have finished ${unit.title.replace(/^\d+ · /, '')}`),
        h(
          'p',
          {},
          left
            ? `You did all ${all.of} questions and exercises, and passed ${all.passed} of them. The others are worth a second try.`
            : `You did all ${all.of} questions and exercises, and passed them.`
        )
      )
    );
  } else if (here.of && here.tried === here.of) {
    place.append('✓ You have done all questions and exercises on this page.');
  }
  if (unit && progress.read) {
    ended.set(unit.unit!, whole);
  }
  return place;
}

function paragraphs(lines: string[]): Widget {
  return new Widget({ node: h('div', {}, ...lines.map(line => h('p', {}, line))) });
}

async function say(title: string, ...lines: string[]): Promise<void> {
  await showDialog({ title, body: paragraphs(lines), buttons: [Dialog.okButton({ label: 'Close' })] });
}
