// What all parts of the course view share: the course, the page on show, the way from page to page.

import { ILabShell, JupyterFrontEnd } from '@jupyterlab/application';
import { PageConfig, URLExt } from '@jupyterlab/coreutils';
import { NotebookPanel } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';
import { ICourse, IStory, LITE, neighbours, pathOf } from './course';
import { Kernels } from './kernels';
import { CoursePage } from './page';
import { Progress } from './progress';
import { Choices } from './settings';

/** Below this width (px) there is room for the page alone: panels become drawers. */
export const NARROW = 900;

export class View {
  readonly kernels: Kernels;
  /** Emitted when another page is on show, or none of the course. */
  readonly currentChanged = new Signal<this, void>(this);
  current: CoursePage | null = null;
  /** Bring the story into view. */
  showStory = (): void => undefined;

  private pages = new Map<NotebookPanel, CoursePage>();
  private kept = new Map<string, Progress>();

  constructor(
    readonly app: JupyterFrontEnd,
    readonly lab: ILabShell | null,
    readonly course: ICourse,
    readonly choices: Choices
  ) {
    this.kernels = new Kernels(app.serviceManager, course);
    if (LITE && !lab) {
      // The browser's own Back and Forward; JupyterLab would open a second document behind this one.
      const turned = (event: Event): void => {
        const asked = new URLSearchParams(window.location.search).get('path');
        const name = Object.keys(course.pages).find(one => pathOf(this.current?.found.root ?? '', one) === asked);
        if (this.current && name) {
          event.stopImmediatePropagation();
          void (name !== this.current.found.name && this.turn(this.current, name));
        }
      };
      window.addEventListener('popstate', turned, true);
    }
  }

  /** The story of the page on show. Python, too, goes by the folder of the page. */
  get story(): IStory {
    return (this.current?.found.folder === 'exercises' && this.course.own) || this.course.story;
  }

  /** Is there a story to show beside the page? */
  get hasStory(): boolean {
    return this.story.blocks.length > 0 && !!this.current?.found.page.code.length;
  }

  get narrow(): boolean {
    return window.innerWidth < NARROW;
  }

  /** The progress of the course that lies in this folder of the server. */
  progress(root = this.current?.found.root ?? ''): Progress {
    let progress = this.kept.get(root);
    if (!progress) {
      progress = new Progress(this.app.serviceManager.contents, this.course, root);
      this.kept.set(root, progress);
    }
    return progress;
  }

  /** A page was opened. */
  add(page: CoursePage): void {
    this.pages.set(page.panel, page);
    page.panel.disposed.connect(() => {
      this.pages.delete(page.panel);
      this.show(this.current?.panel === page.panel ? null : this.current?.panel ?? null);
    });
  }

  /** This panel is on show now; null when it is something else than a notebook. */
  show(panel: NotebookPanel | null): void {
    const page = (panel && this.pages.get(panel)) ?? null;
    if (page !== this.current) {
      this.current = page;
      this.currentChanged.emit();
      if (page) {
        this.leaveOthers();
      }
    }
  }

  /** Close the pages that nobody sees any more, so that their kernels are given back. What was changed on them is saved. */
  private leaveOthers(): void {
    for (const [panel, page] of [...this.pages]) {
      if (page !== this.current && !panel.isVisible) {
        void (page.edited ? page.save() : Promise.resolve(true)).then(async saved => {
          if (saved && !panel.isVisible) {
            await this.kernels.take(panel);
            panel.dispose();
          }
        });
      }
    }
  }

  /** The address of a page, for a link. */
  address(name: string, root = this.current?.found.root ?? ''): string {
    if (LITE) {
      const path = encodeURIComponent(pathOf(root, name));
      return URLExt.join(PageConfig.getBaseUrl(), this.lab ? 'lab' : 'notebooks', `index.html?path=${path}`);
    }
    return URLExt.join(PageConfig.getBaseUrl(), this.lab ? 'lab/tree' : 'notebooks', URLExt.encodeParts(pathOf(root, name)));
  }

  /** What a link led to on a page that is still opening: "claims/verify". */
  private wanted: [page: string, item: string] = ['', ''];

  /** The item that this page was opened for; asked once. */
  takeWanted(name: string): string {
    const [page, item] = this.wanted;
    this.wanted = ['', ''];
    // Where each page is a window of its own, the address says it.
    return page === name ? item : this.lab || page ? '' : decodeURIComponent(window.location.hash.slice(1));
  }

  /** Open a page of the course where this one is, at this item, and hand it this one's kernel. */
  async open(name: string, item = '', root = this.current?.found.root ?? ''): Promise<void> {
    const from = this.current;
    const here = from && from.found.name === name && from.found.root === root;
    if (from && here && item) {
      return from.find(item);
    }
    if (!from || here) {
      return;
    }
    if (from.edited && !(await from.save())) {
      return;
    }
    this.wanted = [name, item];
    if (!this.lab) {
      const address = this.address(name, root) + (item && `#${item}`);
      if (!LITE) {
        return window.location.assign(address);
      }
      await this.turn(from, name);
      return window.history.pushState(null, '', address);
    }
    const there = [...this.pages.values()].find(page => page.found.name === name && page.found.root === root);
    // A page that is open already comes to the front; else the new one stands where this one stood.
    const path = pathOf(root, name);
    const taken = this.kernels.take(from.panel, path);
    await this.app.commands.execute('docmanager:open', {
      path,
      factory: 'Notebook',
      options: { ref: from.panel.id, mode: 'tab-after' }
    });
    await taken;
    if (this.current !== from) {
      from.panel.dispose();
    }
    if (there && item) {
      this.takeWanted(name);
      await there.find(item);
    }
  }

  /** One document fills the window, and Python runs in it: loading another window would start Python again. */
  private async turn(from: CoursePage, name: string): Promise<void> {
    const path = pathOf(from.found.root, name);
    await this.kernels.take(from.panel, path);
    from.panel.dispose();
    await this.app.commands.execute('docmanager:open', { path, factory: 'Notebook', options: { ref: '_noref' } });
  }

  /** Let a link open its page here, as a click without a key does. */
  follow(link: HTMLAnchorElement, name: string, item = ''): void {
    link.addEventListener('click', event => {
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey && !event.button) {
        event.preventDefault();
        event.stopPropagation();
        void this.open(name, item);
      }
    });
  }

  neighbours(page = this.current): { back?: string; next?: string } {
    return page ? neighbours(this.course, page.found.name) : {};
  }
}
