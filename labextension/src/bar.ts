// The learners' tool bar above a page, and the buttons at its end.

import { Dialog, showDialog } from '@jupyterlab/apputils';
import { Widget } from '@lumino/widgets';
import { button, h } from './dom';
import { ask, literal } from './kernels';
import { itemsOf } from './course';
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

  constructor(
    private view: View,
    private page: CoursePage,
    private sides: Sides
  ) {
    super();
    this.addClass('medialit-bar');
    this.course = button('Course', () => sides.toggle('course'), { class: 'medialit-icon-course' });
    this.story = button('Story', () => sides.toggle('story'), {
      class: 'medialit-icon-story',
      title: 'Show or hide the story: Alt+A'
    });
    this.lab = button('All of JupyterLab', () => this.done(() => sides.toggleFrame()), { 'aria-pressed': 'false' });
    this.code = button('Show code', () => view.choices.set('showCode', !view.choices.get('showCode')), { 'aria-pressed': 'false' });
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
      this.code,
      button('Start this page again', () => this.done(() => page.start(true))),
      button('Save my answers as a file', () => this.done(() => this.save())),
      button('Bring back my answers', () => this.done(() => this.bringBack())),
      button('Help', () => this.done(() => this.help())),
      this.lab
    );
    this.more = button('More', () => undefined, { class: 'medialit-icon-more', 'aria-expanded': 'false' });
    this.more.popoverTargetElement = this.menu;
    const title = h('p', { class: 'medialit-bar-title' }, page.found.page.title);
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

  private help(): Promise<void> {
    return say(
      'Help',
      'Read down, and answer as you go. Press Check as often as you like: your best try counts, and you cannot break anything.',
      'Your answers are saved on this computer, in the file my-progress.jsonl. Nobody else sees them.',
      'Alt+A shows and hides the story. Tab and the arrow keys reach everything.',
      'Something looks stuck? Choose “Start this page again”. Your answers stay.'
    );
  }
}

/** The end of a page: what is done, back, and on to the next one. The start page leads to where the learner stopped. */
export function drawFoot(view: View, page: CoursePage): void {
  const progress = view.progress(page.found.root);
  const { back, next } = view.neighbours(page);
  const last = page.found.name === view.course.start ? pageWith(view, progress.last) : undefined;
  const { of, tried } = progress.count(itemsOf(page.found.page));
  const link = (name: string | undefined, words: string, kind: string): Node | null => {
    const there = name ? view.course.pages[name] : undefined;
    if (!name || !there) {
      return null;
    }
    const anchor = h(
      'a',
      { href: view.address(name, page.found.root), class: `medialit-go medialit-${kind}` },
      h('span', {}, words),
      h('strong', {}, there.title)
    );
    view.follow(anchor, name);
    return anchor;
  };
  page.foot.node.replaceChildren(
    h(
      'p',
      { class: 'medialit-done', role: 'status' },
      of && tried === of ? '✓ You have answered everything on this page.' : ''
    ),
    h(
      'nav',
      { 'aria-label': 'Back and next' },
      link(back, 'Back', 'back'),
      link(last ?? next, last ? 'Go on with' : back ? 'Next' : 'Begin with', 'next')
    )
  );
}

function pageWith(view: View, item: string): string | undefined {
  const pages = view.course.steps.flatMap(step => step.pages);
  return pages.find(name => itemsOf(view.course.pages[name]).includes(item));
}

async function say(title: string, ...lines: string[]): Promise<void> {
  const body = new Widget({ node: h('div', {}, ...lines.map(line => h('p', {}, line))) });
  await showDialog({ title, body, buttons: [Dialog.okButton({ label: 'Close' })] });
}
