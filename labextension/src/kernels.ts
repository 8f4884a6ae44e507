// One kernel for the whole sitting: a page that is left hands its kernel on, so the next page starts with everything loaded.

import { NotebookPanel } from '@jupyterlab/notebook';
import { Kernel, KernelMessage, ServiceManager, Session } from '@jupyterlab/services';
import { PathExt } from '@jupyterlab/coreutils';
import { Signal } from '@lumino/signaling';
import { ICourse, LITE, placeOf } from './course';

/** A kernel that does not answer within this time (ms) is not handed on. */
const PATIENCE = 5000;
/** Importing takes longer on a busy computer, or where Python runs in the browser. */
const LONG = 120_000;

/** What Python answered: the package's version, and the value of an expression. */
export type Answer = Record<string, unknown>;

/** Python could not do what the course view asked: the error's name and words. */
export class KernelError extends Error {
  constructor(
    readonly kind: string,
    message: string
  ) {
    super(message);
  }
}

/**
 * Ask the kit in a kernel: one call of `medialit.view`, whose answer is JSON.
 *
 * The folder of the page is taken off Python's path first: a file that lies beside a page, such as another medialit.py, must
 * never be loaded by a page that starts on its own.
 */
export async function ask(kernel: Kernel.IKernelConnection, call: string, patience = LONG): Promise<Answer> {
  const path = 'import os, sys; sys.path[:] = [p for p in sys.path if p and os.path.abspath(p) != os.getcwd()]';
  const asked = `__import__("medialit.view").view.${call}`;
  const future = kernel.requestExecute({
    // Python in the browser knows no user_expressions: there the answer is what the last line shows.
    code: LITE ? `${path}\n${asked}` : path,
    silent: true,
    store_history: false,
    user_expressions: LITE ? {} : { said: asked }
  });
  let shown: Record<string, any> | undefined;
  future.onIOPub = ({ header, content }) => {
    if (header.msg_type === 'execute_result' || header.msg_type === 'error') {
      shown = { status: header.msg_type === 'error' ? 'error' : 'ok', ...content };
    }
  };
  const reply = await within(patience, future.done);
  const said = LITE
    ? shown
    : (reply.content as KernelMessage.IReplyOkContent & { user_expressions?: Record<string, any> }).user_expressions?.said;
  if (said?.status !== 'ok') {
    // There the name of an error is the whole "<class 'ModuleNotFoundError'>".
    throw new KernelError(/\w+(?=\W*$)/.exec(said?.ename ?? '')?.[0] ?? 'Error', said?.evalue ?? 'Python gave no answer.');
  }
  return JSON.parse(said.data['text/plain']) as Answer;
}

/** Text as a Python literal: JSON's strings are Python's, too. */
export function literal(text: string): string {
  return JSON.stringify(text);
}

async function within<T>(patience: number, promise: Promise<T>): Promise<T> {
  let timer = 0;
  const late = new Promise<never>((_, reject) => {
    timer = window.setTimeout(() => reject(new KernelError('Timeout', 'Python does not answer.')), patience);
  });
  return Promise.race([promise, late]).finally(() => window.clearTimeout(timer));
}

export class Kernels {
  /** The session that waits for the next page. */
  private held: Session.ISessionConnection | null = null;
  /** One thing at a time: taking, keeping and giving follow each other. */
  private turn: Promise<unknown> = Promise.resolve();
  /** The kernel that was handed to a page which has not started yet, and what Python said in it; by the path of the page. */
  private begun = new Map<string, { id: string; said: Answer }>();
  /** The pages that have asked for a kernel. */
  private asked = new WeakSet<NotebookPanel>();

  constructor(
    private services: ServiceManager.IManager,
    private course: ICourse
  ) {}

  /**
   * Take the kernel of a page that is being left, and hand it to the page at `path`, if that is known. A busy or dead one is
   * shut down; one that another window uses stays.
   */
  take(panel: NotebookPanel, path?: string): Promise<void> {
    return this.after(async () => {
      if (!this.asked.has(panel)) {
        return;
      }
      // A page that is left while it is still connecting would leave its connection behind.
      await within(PATIENCE, panel.sessionContext.ready).catch(() => undefined);
      const session = panel.sessionContext.session;
      if (!session?.kernel || session.isDisposed) {
        return;
      }
      const { id, kernel } = session;
      const calm = kernel.status === 'idle';
      // The page lets go of the session, or it would follow it to the next page's name.
      Signal.disconnectBetween(session, panel.sessionContext);
      await this.services.sessions.refreshRunning();
      const now = this.find(running => running.id === id);
      const shared = !now || (now.kernel?.connections ?? 0) > 1;
      if (!shared && calm && !this.held && path && !this.find(running => running.path === path)) {
        // This connection is open already. What is on the page stays drawn until the next page is there.
        (kernel as { handleComms: boolean }).handleComms = false;
        return this.hand(session, path);
      }
      session.dispose();
      if (shared) {
        return;
      }
      if (!calm || this.held) {
        await this.services.sessions.shutdown(id);
      } else {
        this.held = this.connect(now);
      }
    });
  }

  /** Let this page find a kernel: one that it left behind, the held one, or that of a page nobody shows. */
  give(panel: NotebookPanel): Promise<void> {
    const { path } = panel.context;
    this.asked.add(panel);
    return this.after(async () => {
      if (this.begun.has(path)) {
        return;
      }
      await this.services.sessions.refreshRunning();
      const own = this.find(running => running.path === path);
      if (own?.kernel?.connections) {
        // Another window shows the page: then share, and leave its widgets alone.
        return;
      }
      const root = placeOf(path)?.root;
      const left = this.find(
        running =>
          running.kernel?.connections === 0 && placeOf(running.path)?.root === root && this.isPage(running.path)
      );
      const session = own ? this.connect(own) : (this.held ?? (left && this.connect(left)));
      if (session === this.held) {
        this.held = null;
      }
      if (session) {
        await this.hand(session, path);
      }
    });
  }

  /** What Python said when this kernel was made ready for a page in this folder; once. */
  async begin(kernel: Kernel.IKernelConnection, path: string, warm: boolean): Promise<Answer> {
    const begun = this.begun.get(path);
    this.begun.delete(path);
    return begun?.id === kernel.id ? begun.said : ask(kernel, `begin(${literal(PathExt.dirname(path))}, warm=${warm ? 'True' : 'False'})`);
  }

  private async hand(session: Session.ISessionConnection, path: string): Promise<void> {
    const { id, kernel } = session;
    try {
      const said = await ask(kernel!, `begin(${literal(PathExt.dirname(path))}, clear=True)`, PATIENCE);
      await session.setPath(path);
      this.begun.set(path, { id: kernel!.id, said });
      session.dispose();
    } catch {
      // The page starts a kernel of its own.
      session.dispose();
      await this.services.sessions.shutdown(id).catch(() => undefined);
    }
  }

  private isPage(path: string): boolean {
    return Object.keys(this.course.pages).some(name => path.endsWith(`${name}.ipynb`));
  }

  private find(test: (running: Session.IModel) => boolean): Session.IModel | undefined {
    return [...this.services.sessions.running()].find(test);
  }

  private connect(model: Session.IModel): Session.ISessionConnection {
    return this.services.sessions.connectTo({ model, kernelConnectionOptions: { handleComms: false } });
  }

  private after<T>(act: () => Promise<T>): Promise<T> {
    const done = this.turn.then(act, act);
    this.turn = done.catch(() => undefined);
    return done;
  }
}
