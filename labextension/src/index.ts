// The course view: pages of the installed course are shown as a course, every other document as JupyterLab shows it.

import { ILabShell, JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { Bar, drawFoot } from './bar';
import { findPage, loadCourse, placeOf } from './course';
import { CoursePanel } from './coursepanel';
import { CoursePage } from './page';
import { Choices } from './settings';
import { Sides } from './sides';
import { StoryPanel } from './storypanel';
import { View } from './view';

const ID = 'medialit:view';

interface IOpened {
  view: View;
  sides: Sides;
}

const plugin: JupyterFrontEndPlugin<void> = {
  id: ID,
  description: 'Pages of the media literacy course, shown as a course.',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ILabShell, ISettingRegistry],
  activate: (app: JupyterFrontEnd, tracker: INotebookTracker, lab: ILabShell | null, registry: ISettingRegistry | null) => {
    const begun = begin(app, lab, registry).catch(error => {
      console.warn('medialit: the course view could not be loaded.', error);
      return null;
    });
    tracker.widgetAdded.connect((_, panel) => {
      if (placeOf(panel.context.path)) {
        prepare(panel, begun);
      }
    });
    void begun.then(opened => {
      const show = (): void => {
        const shown = app.shell.currentWidget;
        opened?.view.show(shown instanceof NotebookPanel ? shown : null);
      };
      app.shell.currentChanged?.connect(show);
    });
  }
};

async function begin(app: JupyterFrontEnd, lab: ILabShell | null, registry: ISettingRegistry | null): Promise<IOpened | null> {
  const [course, settings] = await Promise.all([loadCourse(), registry?.load(ID).catch(() => null) ?? null]);
  const choices = new Choices(settings);
  if (!choices.get('courseView')) {
    return null;
  }
  const view = new View(app, lab, course, choices);
  const story = new StoryPanel(view);
  const panel = new CoursePanel(view, () => sides.files());
  const sides = new Sides(view, { course: panel, story });
  const size = (): void => document.body.style.setProperty('--medialit-size', String(choices.get('textSize') / 100));
  choices.changed.connect(size);
  size();
  return { view, sides };
}

/** Before a page of the course asks for its kernel, the one that the last page left behind is handed to it. */
function prepare(panel: NotebookPanel, begun: Promise<IOpened | null>): void {
  const { sessionContext, context } = panel;
  const initialize = sessionContext.initialize.bind(sessionContext);
  sessionContext.initialize = async () => {
    const view = (await begun)?.view;
    const found = view && findPage(view.course, panel);
    if (view && found) {
      // A page that JupyterLab opens behind another one needs nothing until somebody looks at it.
      await panel.revealed;
      await view.kernels.give(panel).catch(() => undefined);
      if (panel.isDisposed) {
        return false;
      }
    }
    return initialize();
  };
  // Every cell is drawn, so that all of them can run and be found.
  panel.content.notebookConfig = { ...panel.content.notebookConfig, windowingMode: 'none' };
  void context.ready.then(async () => {
    const opened = await begun;
    const found = opened && !panel.isDisposed && findPage(opened.view.course, panel);
    if (opened && found) {
      show(opened, new CoursePage(panel, found, opened.view));
    }
  });
}

function show({ view, sides }: IOpened, page: CoursePage): void {
  page.panel.contentHeader.insertWidget(0, new Bar(view, page, sides));
  const progress = view.progress(page.found.root);
  const foot = (): void => drawFoot(view, page);
  progress.changed.connect(foot);
  page.steps.changed.connect(foot);
  page.panel.disposed.connect(() => progress.changed.disconnect(foot));
  foot();
  view.add(page);
  if (view.app.shell.currentWidget === page.panel) {
    view.show(page.panel);
  }
  void page.panel.revealed.then(() => page.start());
}

export default plugin;
