// One page of the course in its panel: it starts on its own, says what is wrong in plain words, and loses nothing.

import { CodeCell, ICellModel, MarkdownCell } from '@jupyterlab/cells';
import { INotebookModel, NotebookPanel, NotebookWindowedLayout } from '@jupyterlab/notebook';
import { PageConfig, PathExt } from '@jupyterlab/coreutils';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import { BOARD, IFound, IStory, itemsOf, LITE, placeOf } from './course';
import { button, h } from './dom';
import { ask, KernelError, literal } from './kernels';
import { FILE } from './progress';
import { plain, Steps } from './steps';
import type { View } from './view';

const SHOWN = 'show-code';
const DOOR = 'code-door';
/** How long (ms) the page has to show an answer that is in the progress file. */
const LATER = 2000;
/** How long (ms) a link waits for the task that it leads to. */
const DRAWN = 20_000;

export type State = 'starting' | 'running' | 'ready' | 'stopped';

/** Something to tell a learner, and what can be done about it. */
interface INotice {
  text: string;
  acts: [string, () => unknown][];
}

/** Is this cell what the kit built, somebody's own, or part of the code door, which nobody runs but the learner? */
type Kind = 'known' | 'changed' | 'door';

export class CoursePage {
  state: State = 'starting';
  /** Emitted when the state changes, and when an answer may have been saved. */
  readonly changed = new Signal<this, void>(this);
  /** Below the bar: how far the start is, and what is wrong. */
  readonly head = new Widget();
  /** After the last cell: where to go on. */
  readonly foot = new Widget();

  /** Which part of the page is on show. */
  readonly steps: Steps;

  /** Has the learner moved on the page, so that it no longer comes back to where it was left? */
  private moved = false;
  private notices = new Map<string, INotice>();
  private done = 0;
  private total = 0;
  private original: string;
  private line = h('div', { class: 'medialit-progress' }, h('span'));
  private said = h('p', { role: 'status', class: 'medialit-status' });
  private list = h('div', { class: 'medialit-notices' });

  constructor(
    readonly panel: NotebookPanel,
    readonly found: IFound,
    private view: View
  ) {
    this.head.addClass('medialit-head');
    this.foot.addClass('medialit-foot');
    this.head.node.append(this.line, this.said, this.list);
    panel.addClass('medialit-page');
    panel.toggleClass('medialit-solutions', found.solutions);
    panel.toolbar.hide();
    const { outerNode } = panel.content;
    Widget.attach(this.head, outerNode, outerNode.firstChild as HTMLElement | null);
    (panel.content.layout as NotebookWindowedLayout).footer = this.foot;
    this.original = texts(this.model);
    this.model.stateChanged.connect(this.stayClean, this);
    this.tagCells();
    this.fitWords();
    this.steps = new Steps(this, view);
    this.showCode();
    view.choices.changed.connect(this.showCode, this);
    this.watchKernel();
    this.checkCells();
    if (view.course.left?.[found.name]) {
      this.note('left', { text: 'Your class works on a story of its own, and this page is not part of it.', acts: [] });
    }
    const progress = view.progress(found.root);
    const permit = (): void =>
      this.note(
        'write',
        progress.writable
          ? null
          : {
              text:
                'The folder of the course cannot be written to. Your answers are kept while this window is open. ' +
                'Save them as a file before you leave.',
              acts: [['Save my answers as a file', () => this.download()]]
            }
      );
    const follow = (): void => {
      permit();
      window.setTimeout(() => this.compare(), LATER);
    };
    progress.changed.connect(follow);
    panel.disposed.connect(() => progress.changed.disconnect(follow));
    permit();
    this.guard();
    this.remember();
    panel.node.addEventListener('click', event => this.follow(event), true);
    // A widget that gets no answer asks whether Python can be started again from here: yes, by its button.
    panel.node.addEventListener('medialit:restart', event => {
      event.preventDefault();
      if ((event as CustomEvent<{ ready: boolean }>).detail.ready) {
        void this.start(true);
      }
    });
    // The page itself says when Python has stopped; JupyterLab's window about it would be in the way.
    const told = (panel as unknown as { _onSessionStatusChanged?: never })._onSessionStatusChanged;
    told && panel.sessionContext.statusChanged.disconnect(told, panel);
    panel.disposed.connect(() => {
      Signal.clearData(this);
      view.choices.changed.disconnect(this.showCode, this);
    });
  }

  get model(): INotebookModel {
    return this.panel.content.model!;
  }

  private get kernelName(): string {
    return this.panel.sessionContext.kernelPreference.name ?? this.model.defaultKernelName;
  }

  /** Has somebody changed a cell since the page was opened or saved? Outputs do not count. */
  get edited(): boolean {
    return texts(this.model) !== this.original;
  }

  /** Run every cell of the kit's, from the top. `restart` begins with a new Python. */
  async start(restart = false): Promise<void> {
    const { sessionContext } = this.panel;
    this.notices.delete('kernel');
    this.notices.delete('cell');
    // A page without code is ready at once; Python gets ready for the next one behind it.
    const empty = !this.found.page.code.length;
    this.set(empty ? 'ready' : 'starting');
    try {
      if (restart) {
        // Not a restart of the old one: it may hang, or have gone with a server that was restarted.
        await sessionContext.shutdown().catch(() => undefined);
        await sessionContext.changeKernel({ name: this.kernelName });
      }
      await sessionContext.ready;
      const kernel = sessionContext.session?.kernel;
      if (!kernel) {
        throw new KernelError('NoKernel', 'Python did not start.');
      }
      const answer = await this.view.kernels.begin(kernel, this.panel.context.path, empty);
      if (answer.version !== this.view.course.version) {
        this.note('version', {
          text:
            `The course view belongs to medialit ${this.view.course.version}, and Python has medialit ${String(answer.version)}. ` +
            'Close the course, install one of them again, and start it once more. Your answers are safe.',
          acts: [['Load the window again', () => window.location.reload()]]
        });
      }
      const { course } = this.view;
      if (course.brand && !course.story.blocks.length && !this.found.name.startsWith('begin-')) {
        // The case was made a moment ago, on the page before.
        course.story = (await ask(kernel, 'story()')) as unknown as IStory;
        this.view.currentChanged.emit();
      }
    } catch (error) {
      return this.stop(error);
    }
    if (!empty) {
      await this.run(this.cells().filter(cell => this.kindOf(cell.model) === 'known'));
    }
    const wanted = this.view.takeWanted(this.found.name);
    if (wanted && this.state === 'ready') {
      await this.find(wanted);
    }
  }

  /** Run these cells, one after the other. A cell that fails stops none of the others. */
  async run(cells: CodeCell[]): Promise<void> {
    const kernel = this.panel.sessionContext.session?.kernel;
    this.done = 0;
    this.total = cells.length;
    this.set('running');
    const failed: CodeCell[] = [];
    // All are sent at once: Python goes on while what came back is drawn. The tag lets it go on after an error, too.
    await Promise.all(
      cells.map(async cell => {
        const tags = ['raises-exception'];
        const reply = await CodeCell.execute(cell, this.panel.sessionContext, { tags }).catch(() => undefined);
        if (reply && reply.content.status === 'error') {
          failed.push(cell);
        }
        this.done += 1;
        this.draw();
      })
    );
    if (this.panel.isDisposed || this.panel.sessionContext.session?.kernel !== kernel) {
      return;
    }
    if (failed.length) {
      this.note('cell', {
        text: `${count(failed.length, 'part')} of this page could not start. Your answers are safe.`,
        acts: [
          ['Start this page again', () => this.start(true)],
          ['Show me where', () => this.lookAt(failed[0])]
        ]
      });
    }
    this.set('ready');
  }

  /** Show all code, or only what the lesson means to be read. */
  private showCode(): void {
    const all = this.view.choices.get('showCode');
    this.panel.toggleClass('medialit-code', all);
    for (const cell of this.cells()) {
      cell.inputHidden = !all && !this.isShown(cell.model);
    }
  }

  /** The learner's progress file: with what Python could not write yet, or as it is on the disk when Python is gone. */
  private async answers(): Promise<string> {
    const kernel = this.panel.sessionContext.session?.kernel;
    const said = kernel && this.state === 'ready' ? await ask(kernel, 'saved()', 5000).catch(() => null) : null;
    return said ? String(said.text) : this.view.progress(this.found.root).text();
  }

  /** Hand the progress file over. False when there is nothing in it yet. */
  async download(): Promise<boolean> {
    const text = await this.answers().catch(() => null);
    if (text === null) {
      return false;
    }
    const link = h('a', { href: URL.createObjectURL(new Blob([text], { type: 'application/x-ndjson' })), download: FILE });
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    return true;
  }

  /**
   * Begin with nothing, for the next person at this computer. Where answers are kept in the browser they are handed over as a file
   * first, and then all of it is forgotten; on a computer the file gets another name and stays.
   */
  async beginAnew(): Promise<void> {
    const { contents, sessions } = this.view.app.serviceManager;
    const progress = this.view.progress(this.found.root);
    const handed = LITE && (await this.download());
    // No Python may be left that has something to write.
    await sessions.shutdownAll();
    if (LITE) {
      // A download that has only begun would end with the page.
      await new Promise(done => window.setTimeout(done, handed ? 1000 : 0));
      const base = new URL(PageConfig.getBaseUrl(), window.location.href).pathname;
      for (const { name } of await window.indexedDB.databases()) {
        await (name?.startsWith('JupyterLite Storage') && name.endsWith(` ${base}`) && empty(name));
      }
    } else if (progress.exists) {
      const now = new Date().toISOString().slice(0, 19).replace(/[T:]/g, '-');
      await contents.rename(progress.path, progress.path.replace('.jsonl', `-until-${now}.jsonl`));
    }
    forget();
    window.location.assign(this.view.address(this.view.course.start, this.found.root));
  }

  /** Bring a heading into view, and the keyboard with it. */
  goTo(title: string): void {
    for (const heading of this.panel.content.node.querySelectorAll<HTMLElement>('.jp-MarkdownOutput h2')) {
      if (plain(heading.textContent ?? '') === plain(title)) {
        this.moved = true;
        this.steps.reach(this.panel.content.widgets.find(cell => cell.node.contains(heading))!);
        heading.tabIndex = -1;
        heading.focus({ preventScroll: true });
        heading.scrollIntoView({ block: 'start' });
        return;
      }
    }
    // A moment after a page was opened, its headings may not be drawn yet.
    const part = this.steps.parts.findIndex(one => plain(one.title) === plain(title));
    if (part >= 0) {
      this.moved = true;
      this.steps.go(part);
    }
  }

  private lookAt(cell: CodeCell): void {
    this.steps.reach(cell);
    cell.node.scrollIntoView({ block: 'center' });
  }

  /** Save what somebody changed on the page. False, with a sentence on the page, when that fails. */
  async save(): Promise<boolean> {
    try {
      await this.panel.context.save();
      this.original = texts(this.model);
      return true;
    } catch {
      this.note('save', {
        text: 'What you changed on this page could not be saved: the folder cannot be written to. Your answers are kept apart from it.',
        acts: [['Leave without saving', () => this.forget()]]
      });
      return false;
    }
  }

  private forget(): void {
    this.original = texts(this.model);
    this.note('save', null);
  }

  /** Tell something, until it is told otherwise. */
  note(name: string, notice: INotice | null): void {
    if (notice) {
      this.notices.set(name, notice);
    } else {
      this.notices.delete(name);
    }
    this.draw();
  }

  /** A key pressed or a double click made by mistake changes no page. In an editor, and with code shown, all keys work. */
  private guard(): void {
    const { node } = this.panel.content;
    const plain = (event: Event): boolean =>
      !this.view.choices.get('showCode') && !(event.target as Element).closest('.jp-InputArea-editor');
    node.addEventListener('keydown', event => node.toggleAttribute('data-lm-suppress-shortcuts', plain(event)), true);
    // JupyterLab gives the focus to the first cell. The page itself has it here, so that keys scroll, and nothing is framed.
    const { outerNode } = this.panel.content;
    outerNode.tabIndex = 0;
    const toPage = (target: Element | null): void => {
      if (target?.classList.contains('jp-Cell') && node.contains(target) && !this.view.choices.get('showCode')) {
        outerNode.focus({ preventScroll: true });
      }
    };
    node.addEventListener('focusin', event => toPage(event.target as Element));
    toPage(document.activeElement);
    node.addEventListener('dblclick', event => plain(event) && event.stopPropagation(), true);
  }

  /** Come back to where the learner was; a page that was never read begins at its top. */
  private remember(): void {
    const { outerNode } = this.panel.content;
    const key = `medialit/${this.panel.context.path}`;
    let wait = 0;
    const keep = (): void => {
      window.clearTimeout(wait);
      wait = window.setTimeout(() => {
        const top = outerNode.scrollTop;
        const cells = this.panel.content.widgets;
        const at = Math.max(0, cells.findIndex(cell => cell.node.offsetTop + cell.node.offsetHeight > top));
        if (this.state === 'ready' && cells[at]) {
          store(key, JSON.stringify([cells[at].model.id, Math.round(top - cells[at].node.offsetTop)]));
        }
      }, 300);
    };
    outerNode.addEventListener('scroll', keep);
    this.steps.changed.connect(keep);
    for (const sign of ['wheel', 'touchmove', 'keydown', 'pointerdown']) {
      outerNode.addEventListener(sign, () => (this.moved = true), { passive: true, capture: true });
    }
    this.changed.connect(() => {
      const [id, offset] = JSON.parse(stored(key) ?? '["", 0]');
      const cell = this.panel.content.widgets.find(one => one.model.id === id);
      if (this.state !== 'starting' && cell && !this.moved) {
        this.steps.reach(cell);
        outerNode.scrollTop = cell.node.offsetTop + offset;
      }
    });
  }

  /** Bring a task, question or guess into view, wherever it is on the page, and the keyboard with it. */
  async find(item: string): Promise<void> {
    const { course } = this.view;
    this.moved = true;
    const section = this.found.page.sections.find(one => one.items.includes(item));
    if (!section) {
      return;
    }
    this.goTo(section.title);
    const name = course.items[item]?.number ?? item.split('/')[1];
    const block = await this.drawn(`.ml-block[data-id="${CSS.escape(name)}"]`);
    const cell = block && this.panel.content.widgets.find(one => one.node.contains(block));
    if (cell) {
      this.steps.reach(cell);
      // In a quiz that shows one question at a time, this is the one.
      block.dispatchEvent(new CustomEvent('medialit:turn-to', { bubbles: true }));
      const title = block.querySelector<HTMLElement>('.ml-title') ?? block;
      title.tabIndex = -1;
      title.focus({ preventScroll: true });
      block.scrollIntoView({ block: 'start' });
    }
  }

  /** This part of the page, when it is drawn; null when it never is. */
  private async drawn(selector: string): Promise<HTMLElement | null> {
    for (const end = Date.now() + DRAWN; Date.now() < end && !this.panel.isDisposed; ) {
      const found = this.panel.content.node.querySelector<HTMLElement>(selector);
      if (found) {
        return found;
      }
      await new Promise(done => window.setTimeout(done, 50));
    }
    return null;
  }

  /** A link to another page of the course opens that page here. */
  private follow(event: MouseEvent): void {
    const link = (event.target as Element).closest?.('a[href]');
    const href = link?.getAttribute('href') ?? '';
    // A page for authors leads to one in the folder of a case, by its path from here.
    const path = decodeURIComponent(href);
    const there = link?.classList.contains('medialit-open')
      ? placeOf(PathExt.join(folderOf(this.panel.context.path), path))
      : null;
    if (there && this.view.course.pages[there.name] && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      event.stopPropagation();
      void this.view.open(there.name, '', there.root);
      return;
    }
    const [name, item] = this.leadsTo(href);
    if (this.view.course.pages[name] && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      event.stopPropagation();
      void this.view.open(name, item);
    }
  }

  /** The page that a link of this page names, and the item on it; empty when it names none. */
  private leadsTo(href: string): [string, string] {
    const found = /(?:(notebooks|exercises|solutions)\/)?([^/?#]+)\.ipynb(?:\?[^#]*)?(?:#(.*))?$/.exec(href);
    return found ? [`${found[1] ?? this.found.folder}/${decodeURIComponent(found[2])}`, decodeURIComponent(found[3] ?? '')] : ['', ''];
  }

  /** Let the words of the page fit what the story of the class serves, as soon as they are drawn. */
  private fitWords(): void {
    const { course } = this.view;
    const { page, name } = this.found;
    if (!course.left || course.left[name]) {
      return;
    }
    const told =
      name === course.start
        ? 'The exercises and the questions are about it. The lessons show how it is done on another story, and what follows here is about that one.'
        : course.steps.some(step => step.unit && step.pages[0] === name)
          ? 'The exercises, and the questions on this page, are about it. This lesson shows how it is done on another story.'
          : '';
    const { title: story, label } = course.own!;
    // The page of exercises is about it and needs no introduction, but nobody should take an invented story for a real one.
    const said = name.startsWith('exercises/') && label ? [label] : [];
    const words = told ? [h('strong', {}, `Your class works on “${story}”. `), label && `${label} `, told] : said;
    for (const cell of this.panel.content.widgets.filter(one => one instanceof MarkdownCell)) {
      const fit = (): void => {
        const title = words.length && !cell.node.querySelector('.medialit-taught') && cell.node.querySelector('h1');
        title && title.after(h('p', { class: 'medialit-taught' }, ...words));
        for (const row of page.time ? cell.node.querySelectorAll('tr') : []) {
          if (row.cells[0].textContent === 'Time' && row.cells[1].textContent !== page.time) {
            row.cells[1].textContent = page.time!;
          }
        }
        for (const link of cell.node.querySelectorAll('a')) {
          this.fitLink(link);
        }
      };
      const watch = new MutationObserver(fit);
      watch.observe(cell.node, { subtree: true, childList: true });
      cell.disposed.connect(() => watch.disconnect());
      fit();
    }
  }

  /** A page that is left out is in no list, and elsewhere its link leads to the one after it. */
  private fitLink(link: HTMLAnchorElement): void {
    const { course } = this.view;
    const [there] = this.leadsTo(link.getAttribute('href') ?? '');
    const { previousSibling: before, nextSibling: after } = link;
    const next = course.left![there];
    if (next && before?.textContent === ' · ') {
      before.remove();
      link.remove();
    } else if (next && there === BOARD) {
      // What there is to find on the board is about one story.
      link.closest('p')?.remove();
    } else if (next) {
      const instead = h('a', { href: this.view.address(next, this.found.root) }, course.pages[next].title);
      this.view.follow(instead, next);
      link.replaceWith(instead);
    } else if (after instanceof Text && course.pages[there]?.time) {
      const said = after.data.replace(/^\. \d+ minutes/, `. ${course.pages[there].minutes} minutes`);
      said === after.data || (after.data = said);
    }
  }

  private cells(): CodeCell[] {
    return this.panel.content.widgets.filter((cell): cell is CodeCell => cell instanceof CodeCell);
  }

  private kindOf(model: ICellModel): Kind {
    if (tagsOf(model).includes(DOOR)) {
      return 'door';
    }
    return this.found.page.code.includes(model.sharedModel.getSource()) ? 'known' : 'changed';
  }

  /** Where the kit put this code: its place among the code cells. The same code may be there twice. */
  private place(cell: CodeCell): number {
    const source = cell.model.sharedModel.getSource();
    const at = this.cells().indexOf(cell);
    return this.found.page.code[at] === source ? at : this.found.page.code.indexOf(source);
  }

  private isShown(model: ICellModel): boolean {
    return tagsOf(model).includes(SHOWN) || this.kindOf(model) === 'changed';
  }

  private tagCells(): void {
    for (const cell of this.panel.content.widgets) {
      const tags = tagsOf(cell.model);
      cell.toggleClass('medialit-door', tags.includes(DOOR));
      if (cell instanceof CodeCell) {
        cell.toggleClass('medialit-shown', this.isShown(cell.model));
        if (!cell.node.querySelector('.medialit-run')) {
          const run = button('Run', () => this.run([cell]), { class: 'medialit-run', 'aria-label': 'Run this code' });
          cell.node.querySelector('.jp-Cell-inputWrapper')?.append(run);
        }
      }
    }
  }

  /** Say which cells are not the kit's, and which are gone. */
  private checkCells(): void {
    const here = this.cells();
    const own = here.filter(cell => cell.model.sharedModel.getSource().trim() && this.kindOf(cell.model) === 'changed');
    const there = new Set(here.map(cell => cell.model.sharedModel.getSource()));
    const gone = this.found.solutions ? [] : this.found.page.code.filter(code => !there.has(code));
    // A page for authors is written anew by the command that opens it.
    const back: [string, () => unknown][] = this.view.course.brand
      ? []
      : [['Bring back the page as it was', () => this.bringBack()]];
    if (own.length) {
      this.note('changed', {
        text: this.found.solutions
          ? 'Solutions are shown, and run only when you want them to.'
          : `${count(own.length, 'code cell')} on this page ${own.length > 1 ? 'are' : 'is'} not as the course made ` +
            `${own.length > 1 ? 'them' : 'it'}, or belong${own.length > 1 ? '' : 's'} to another version. ` +
            'Such code never starts on its own.',
        acts: [
          ['Show me', () => this.lookAt(own[0])],
          ['Run it', () => this.run(own)],
          ...(this.found.solutions ? [] : back)
        ]
      });
    } else if (gone.length) {
      this.note('changed', {
        text: `${count(gone.length, 'part')} of this page ${gone.length > 1 ? 'are' : 'is'} missing.`,
        acts: back
      });
    } else if (!this.found.solutions && here.some((cell, at) => this.place(cell) !== at)) {
      this.note('changed', { text: 'Parts of this page were moved to another place.', acts: back });
    }
  }

  /** Was a question of this page answered in another window? Then the page shows less than the file holds. */
  private compare(): void {
    if (this.state !== 'ready' || this.panel.isDisposed) {
      return;
    }
    const progress = this.view.progress(this.found.root);
    const behind = itemsOf(this.found.page).filter(item => {
      const shown = this.view.course.items[item]?.number ?? item.split('/')[1];
      const blocks = this.panel.content.node.querySelectorAll<HTMLElement>(`.ml-block[data-id="${shown}"]`);
      return progress.of(item) !== 'open' && blocks.length === 1 && blocks[0].dataset.outcome === '';
    });
    this.note(
      'elsewhere',
      behind.length
        ? {
            text: `${count(behind.length, 'answer')} to this page ${behind.length > 1 ? 'were' : 'was'} given in another window. Nothing is lost.`,
            acts: [['Show it here', () => this.start()]]
          }
        : null
    );
  }

  /** Put the kit's page in place of this one. What was here is kept in a copy. */
  private async bringBack(): Promise<void> {
    const kernel = this.panel.sessionContext.session?.kernel;
    const { context } = this.panel;
    if (!kernel) {
      return this.stop(new KernelError('NoKernel', 'Python did not start.'));
    }
    try {
      const answer = await ask(kernel, `original(${literal(this.found.name)})`);
      if (!context.contentsModel || context.contentsModel.writable) {
        await context.save();
        await this.view.app.serviceManager.contents.copy(context.path, folderOf(context.path));
      }
      this.model.fromJSON(answer.page as any);
      await context.save();
    } catch (error) {
      return this.stop(error);
    }
    this.original = texts(this.model);
    this.notices.delete('changed');
    this.tagCells();
    this.fitWords();
    this.steps.begin();
    this.showCode();
    await this.start();
  }

  private watchKernel(): void {
    const { sessionContext } = this.panel;
    sessionContext.statusChanged.connect((_, status) => {
      if (status === 'dead' || status === 'autorestarting') {
        this.stop(new KernelError('Dead', 'Python stopped.'));
      } else if (status === 'idle') {
        this.view.progress(this.found.root).expect();
      }
    });
    sessionContext.connectionStatusChanged.connect((_, status) => {
      this.note(
        'connection',
        status === 'connected' || status === 'connecting'
          ? null
          : {
              text:
                'The connection to Python is lost. Is the computer online, and is the window in which the course was ' +
                'started still open? What you checked is saved.',
              acts: [['Connect again', () => sessionContext.session?.kernel?.reconnect()]]
            }
      );
    });
  }

  private stop(error: unknown): void {
    const kind = error instanceof KernelError ? error.kind : '';
    const words: Record<string, string> = {
      Dead: 'Python stopped in the middle of this page. What you checked is saved.',
      ModuleNotFoundError:
        'The Python of this page does not have the course in it. Start the course with “medialit lab”, or install medialit there.',
      Timeout: 'Python has not answered for two minutes. What you checked is saved.'
    };
    this.note('kernel', {
      text: words[kind] ?? `Python did not start. ${error instanceof Error ? error.message : ''}`,
      acts: [['Start this page again', () => this.start(true)]]
    });
    this.set('stopped');
  }

  /** Running a page changes outputs, which nobody needs to save: only changed text makes a page unsaved. */
  private stayClean(): void {
    if (this.model.dirty && !this.edited) {
      this.model.dirty = false;
    }
  }

  private set(state: State): void {
    this.state = state;
    this.draw();
    this.changed.emit();
  }

  private draw(): void {
    const busy = this.state === 'starting' || this.state === 'running';
    this.panel.toggleClass('medialit-busy', busy);
    this.panel.toggleClass('medialit-stopped', this.state === 'stopped');
    // Nothing can be typed where nobody would keep it.
    for (const output of this.panel.content.node.querySelectorAll('.jp-Cell-outputWrapper')) {
      output.toggleAttribute('inert', this.state === 'stopped');
    }
    this.line.hidden = !busy;
    const share = this.state === 'running' ? 0.3 + (0.7 * this.done) / Math.max(1, this.total) : 0.15;
    (this.line.firstChild as HTMLElement).style.width = `${100 * share}%`;
    const words = {
      starting: 'This page is getting ready. You can begin to read.',
      running: 'This page is getting ready. You can begin to read.',
      ready: 'This page is ready.',
      stopped: ''
    }[this.state];
    if (this.said.textContent !== words) {
      this.said.textContent = words;
    }
    this.said.classList.toggle('medialit-hidden', !busy);
    this.list.replaceChildren(
      ...[...this.notices.values()].map(notice =>
        h(
          'div',
          { class: 'medialit-notice', role: 'group', 'aria-label': 'Message about this page' },
          h('p', {}, notice.text),
          h('div', {}, ...notice.acts.map(([label, act]) => button(label, () => void act())))
        )
      )
    );
  }
}

function tagsOf(model: ICellModel): string[] {
  const tags = model.getMetadata('tags') as unknown;
  return Array.isArray(tags) ? tags : [];
}

function texts(model: INotebookModel): string {
  return JSON.stringify([...model.cells].map(cell => [cell.type, cell.sharedModel.getSource()]));
}

function store(key: string, value: string): void {
  try {
    window.localStorage.setItem(key, value);
  } catch {
    // A private window keeps nothing: the page then begins at its top.
  }
}

function stored(key: string): string | null {
  try {
    return window.localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Take everything out of a database of the browser. It cannot be deleted while this page has it open. */
function empty(name: string): Promise<void> {
  return new Promise((done, fail) => {
    const opening = window.indexedDB.open(name);
    opening.onerror = () => fail(opening.error);
    opening.onsuccess = () => {
      const stores = [...opening.result.objectStoreNames];
      const act = opening.result.transaction(stores, 'readwrite');
      stores.forEach(store => act.objectStore(store).clear());
      act.oncomplete = () => done();
      act.onabort = () => fail(act.error);
    };
  });
}

/** What was typed and not checked, and which step was on show. */
function forget(): void {
  try {
    Object.keys(window.localStorage)
      .filter(key => key.startsWith('medialit'))
      .forEach(key => window.localStorage.removeItem(key));
  } catch {
    // A private window keeps nothing.
  }
}

function folderOf(path: string): string {
  return path.split('/').slice(0, -1).join('/');
}

function count(number: number, what: string): string {
  return `${number === 1 ? 'One' : number} ${what}${number === 1 ? '' : 's'}`;
}
