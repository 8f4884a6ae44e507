// Where the panels are: beside the page, or as drawers over it on a narrow screen; and JupyterLab's own frame, out of sight.

import { PageConfig, URLExt } from '@jupyterlab/coreutils';
import { MessageLoop } from '@lumino/messaging';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import { button, h } from './dom';
import { View } from './view';

export type Side = 'course' | 'story';

/** The part of the shells of JupyterLab and Notebook that opens and closes their side areas. */
interface IAreas {
  expandLeft?(id?: string): void;
  collapseLeft?(): void;
  expandRight?(id?: string): void;
  collapseRight?(): void;
}

const AREA = { course: 'left', story: 'right' } as const;
const CHOICE = { course: 'coursePanel', story: 'storyPanel' } as const;

export class Sides {
  readonly changed = new Signal<this, void>(this);
  private drawer: { side: Side; host: HTMLElement; back: Element | null } | null = null;
  /** Are JupyterLab's own menus and tabs shown around a page? */
  frame = false;
  private arranged = false;

  constructor(
    private view: View,
    private panels: Record<Side, Widget>
  ) {
    for (const side of ['course', 'story'] as const) {
      view.app.shell.add(panels[side], AREA[side], { rank: 1 });
    }
    view.showStory = () => {
      this.isOpen('story') || this.toggle('story');
      // Where it is open already, the keyboard and its frame show where it is.
      panels.story.node.querySelector<HTMLElement>('.medialit-story')?.focus();
    };
    view.currentChanged.connect(() => this.arrange());
    let narrow = view.narrow;
    window.addEventListener('resize', () => {
      if (view.narrow !== narrow) {
        narrow = view.narrow;
        this.arrange();
      }
    });
    window.addEventListener(
      'keydown',
      event => {
        if (event.altKey && !event.ctrlKey && !event.metaKey && event.code === 'KeyA' && view.hasStory) {
          event.preventDefault();
          event.stopPropagation();
          this.toggle('story');
        } else if (event.key === 'Escape' && this.drawer) {
          event.stopPropagation();
          this.close();
        }
      },
      true
    );
  }

  isOpen(side: Side): boolean {
    return this.view.narrow ? this.drawer?.side === side : this.panels[side].isVisible;
  }

  toggle(side: Side): void {
    if (this.view.narrow) {
      if (this.drawer?.side === side) {
        this.close();
      } else {
        this.pull(side);
      }
      return;
    }
    const open = !this.isOpen(side);
    this.view.choices.set(CHOICE[side], open);
    this.put(side, open);
    this.changed.emit();
  }

  /** Show JupyterLab's own menus and tabs around the pages, or hide them again. */
  toggleFrame(): void {
    this.frame = !this.frame;
    this.hideFrame(!this.frame);
    this.changed.emit();
  }

  /** With every document that is not the course's, the frame is there. */
  private hideFrame(hidden: boolean): void {
    document.body.classList.toggle('medialit-course', hidden);
    const { shell } = this.view.app;
    for (let widget: Widget | null = this.view.current?.panel ?? null; widget; widget = widget.parent) {
      MessageLoop.postMessage(widget, Widget.Msg.FitRequest);
    }
    MessageLoop.postMessage(shell, Widget.Msg.FitRequest);
  }

  /** Show the list of files in place of the course. */
  files(): void {
    this.close();
    if (this.view.lab) {
      this.view.app.shell.activateById('filebrowser');
    } else {
      window.location.assign(URLExt.join(PageConfig.getBaseUrl(), 'tree', URLExt.encodeParts(this.view.current?.found.root ?? '')));
    }
  }

  private arrange(): void {
    this.close();
    const on = !!this.view.current;
    this.hideFrame(on && !this.frame);
    if (!on) {
      this.arranged = false;
      return;
    }
    if (this.view.narrow) {
      this.put('course', false);
      this.put('story', false);
    } else if (!this.arranged) {
      this.put('course', this.view.choices.get('coursePanel'));
    }
    if (!this.view.narrow) {
      this.put('story', this.view.choices.get('storyPanel') && this.view.hasStory);
    }
    // A window that was narrow has closed both: when it is wide again, they open again.
    this.arranged = !this.view.narrow;
    this.changed.emit();
  }

  private put(side: Side, open: boolean): void {
    const shell = this.view.app.shell as unknown as IAreas;
    const { id } = this.panels[side];
    if (open) {
      (side === 'course' ? shell.expandLeft : shell.expandRight)?.call(shell, id);
      this.view.app.shell.activateById(id);
    } else {
      (side === 'course' ? shell.collapseLeft : shell.collapseRight)?.call(shell);
    }
  }

  private pull(side: Side): void {
    this.close();
    const panel = this.panels[side];
    const back = document.activeElement;
    const host = h('div', { class: `medialit-drawer medialit-drawer-${AREA[side]}`, role: 'dialog', 'aria-modal': 'true', 'aria-label': panel.title.caption });
    const shade = h('div', { class: 'medialit-shade', onclick: () => this.close() });
    const away = button('Close', () => this.close(), { class: 'medialit-close' });
    // A step of the page lies behind the drawer: going there closes it.
    host.addEventListener('click', event => (event.target as Element).closest('.medialit-sections button') && this.close(), true);
    host.append(away);
    document.body.append(shade, host);
    panel.parent = null;
    panel.show();
    Widget.attach(panel, host);
    this.drawer = { side, host, back };
    away.focus();
    this.changed.emit();
  }

  private close(): void {
    if (!this.drawer) {
      return;
    }
    const { side, host, back } = this.drawer;
    this.drawer = null;
    Widget.detach(this.panels[side]);
    this.view.app.shell.add(this.panels[side], AREA[side], { rank: 1 });
    host.previousElementSibling?.remove();
    host.remove();
    (back as HTMLElement | null)?.focus?.();
    this.changed.emit();
  }
}
