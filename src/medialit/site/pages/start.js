// The first seconds of the live course: what is loading, in words and with a bar; and a plain sentence where it cannot work here.
'use strict';
(() => {
  const root = new URL('..', document.currentScript.src.replace(/[^/]*$/, 'x/')).href;
  const made = (name, words = '', kind = '') => Object.assign(document.createElement(name), { textContent: words, className: kind });
  const place = made('div', '', 'medialit-start');
  place.setAttribute('role', 'status');
  const title = made('h1', 'One news story, four lenses');
  const words = made('p', 'The course is loading.');
  const bar = made('div', '', 'medialit-start-bar');
  const done = made('span');
  bar.append(done);
  place.append(title, words, bar);
  const style = made(
    'style',
    `#jupyterlite-loading-indicator{display:none!important}
.medialit-start,.medialit-told{font:16px/1.6 system-ui,sans-serif;color:#1f1f1f;background:#fff}
.medialit-start{position:fixed;inset:0;z-index:2000;display:flex;flex-direction:column;justify-content:center;
max-width:34em;margin:auto;padding:24px;box-shadow:0 0 0 100vmax #fff}
.medialit-start h1{font-size:24px;line-height:1.3;margin:0 0 8px}.medialit-start p{margin:0 0 16px}
.medialit-start-bar{height:8px;border-radius:4px;background:#d8d8d8;overflow:hidden}
.medialit-start-bar span{display:block;height:100%;width:2%;background:#0072b2}
.medialit-told{position:fixed;inset:auto 0 0;z-index:1500;padding:12px 16px;border-top:3px solid #0072b2;display:flex;
flex-wrap:wrap;gap:8px 16px;align-items:center}.medialit-told p{margin:0;flex:1 1 20em}
.medialit-told button,.medialit-told a,.medialit-start a{font:inherit;color:#00558a}
.medialit-told button{border:1px solid;border-radius:6px;background:none;padding:6px 14px;cursor:pointer}
@media (prefers-color-scheme:dark){.medialit-start,.medialit-told{color:#eee;background:#161616}
.medialit-start{box-shadow:0 0 0 100vmax #161616}.medialit-start-bar{background:#444}.medialit-start-bar span{background:#6cb6ff}
.medialit-told button,.medialit-told a,.medialit-start a{color:#8ac7ff}}`
  );
  document.head.append(style);
  document.addEventListener('DOMContentLoaded', () => document.body.append(place));

  /** The course cannot run here: why, and where to go on. */
  function stop(...lines) {
    stopped = true;
    bar.remove();
    const link = Object.assign(made('a', 'Read the lessons without answering'), { href: `${root}../read/index.html` });
    const way = made('p');
    way.append(link);
    words.replaceWith(...lines.map(line => made('p', line)), way);
    document.body.append(place);
  }

  /** Something to know that stops nothing. */
  function tell(text, label, act) {
    const told = made('div', '', 'medialit-told');
    told.setAttribute('role', 'status');
    const away = made('button', 'Close');
    away.onclick = () => told.remove();
    told.append(made('p', text));
    if (label) {
      const button = made('button', label);
      button.onclick = act;
      told.append(button);
    }
    told.append(away);
    document.body.append(told);
    return told;
  }

  // Something that Python wanted to keep could not be kept. Said once, until it is closed.
  let full = null;
  window.addEventListener('medialit-drive', ({ detail }) => {
    console.warn('medialit: the drive', detail);
    if (/quota/i.test(`${detail?.name} ${detail?.message}`) && !full?.isConnected) {
      full = tell(
        'This browser’s storage is full, so your latest answers are not kept here. Save a copy now, before you close this page: ' +
          'choose More, then Save my answers as a file.'
      );
    }
  });

  let stopped = false;
  const drawn = () => document.querySelector('.jp-NotebookPanel .jp-Cell, .jp-DirListing-item');
  const look = setInterval(() => {
    if (!stopped && drawn()) {
      clearInterval(look);
      place.remove();
    }
  }, 100);

  async function begin() {
    if (location.protocol === 'file:') {
      return stop(
        'You opened this page as a file. A browser runs the course only when a small server hands it out.',
        'Close this page. In the folder of the course, start “Start the course”: it opens the right address. The README there says how.'
      );
    }
    if (typeof WebAssembly !== 'object') {
      return stop('This browser cannot run Python: WebAssembly is switched off or missing. Try a current Firefox, Chrome, Edge or Safari.');
    }
    if (!window.isSecureContext || !navigator.serviceWorker) {
      return stop(
        'This browser does not let the course start from this address. It needs one that begins with https, or 127.0.0.1 on this computer.',
        'Private windows of some browsers are strict, too: then try a usual window.'
      );
    }
    const list = await fetch(`${root}start.json`, { cache: 'no-cache' }).then(answer => answer.json()).catch(() => null);
    if (list) {
      await load(list);
    }
    await store();
    await keep(list);
  }

  /** Ask for the large files now, while the page is being drawn; the browser has them when Python asks. */
  async function load({ files }) {
    const all = Object.values(files).reduce((sum, size) => sum + size, 0);
    const waiting = Object.entries(files);
    const gone = [];
    let came = 0;
    const show = () => {
      const share = Math.min(1, came / all);
      done.style.width = `${Math.max(2, 100 * share)}%`;
      const mega = size => (size / 1e6).toFixed(0);
      words.textContent =
        share < 1
          ? `Loading the course into this browser: ${mega(came)} of ${mega(all)} MB. The next visit needs no network.`
          : 'Everything is here. The page is being drawn.';
    };
    show();
    await Promise.all(
      [1, 2, 3, 4].map(async () => {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          try {
            const answer = await fetch(root + next[0]);
            if (!answer.ok) {
              throw new Error(String(answer.status));
            }
            const got = (await answer.arrayBuffer()).byteLength;
            if (got !== next[1]) {
              throw new Error(`${got} of ${next[1]}`);
            }
          } catch {
            gone.push(next[0]);
          }
          came += next[1];
          show();
        }
      })
    );
    if (gone.length && !(navigator.onLine === false)) {
      stop(
        `${gone.length === 1 ? 'A file' : `${gone.length} files`} of this course did not arrive whole, such as ${gone[0]}.`,
        'Load this page again. If that does not help, the copy of the course at this address is incomplete: tell the person who runs it.'
      );
    }
  }

  /** Can answers be kept here? */
  async function store() {
    const works = await new Promise(resolve => {
      try {
        const asked = indexedDB.open('medialit-test');
        asked.onerror = () => resolve(false);
        asked.onsuccess = () => resolve(true);
      } catch {
        resolve(false);
      }
    });
    const { usage = 0, quota = 1e12 } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {};
    if (!works) {
      tell(
        'This browser keeps nothing for this page, as in a private window. Your answers last as long as the window is open: ' +
          'before you leave, choose More, then Save my answers as a file.'
      );
    } else if (quota - usage < 5e6) {
      tell('This browser has almost no room left. Choose More, then Save my answers as a file, before you leave.');
    }
    // Otherwise a browser that runs out of room may drop what it keeps.
    void navigator.storage?.persist?.().catch(() => false);
  }

  /** Once the page is ready: keep all that the course needs, and offer a newer version when there is one. */
  async function keep(list) {
    const { serviceWorker } = navigator;
    const registration = await serviceWorker.ready;
    const offer = () => {
      if (registration.waiting && serviceWorker.controller) {
        tell('A newer version of the course is here. Your answers stay.', 'Use it now', () => {
          serviceWorker.addEventListener('controllerchange', () => location.reload());
          registration.waiting.postMessage('use');
        });
      }
    };
    offer();
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', event => event.target.state === 'installed' && offer());
    });
    await new Promise(resolve => {
      const calm = setInterval(() => {
        if (/This page is ready/.test(document.querySelector('.medialit-status')?.textContent ?? '')) {
          clearInterval(calm);
          resolve();
        }
      }, 500);
    });
    const here = performance
      .getEntriesByType('resource')
      .map(entry => entry.name.split('#')[0])
      .filter(name => name.startsWith(root) && !/\/api\/(drive|stdin|service-worker)/.test(name));
    const own = location.href.split(/[?#]/)[0];
    const files = [...Object.keys(list?.files ?? {}), ...(list?.pages ?? [])].map(name => root + name);
    registration.active.postMessage({ keep: [...new Set([own, ...here, ...files])] });
  }

  navigator.serviceWorker?.addEventListener('message', event => {
    if (event.data?.kept) {
      document.documentElement.dataset.medialitKept = event.data.kept;
    }
  });
  document.addEventListener('DOMContentLoaded', () => void begin().catch(error => console.warn('medialit:', error)));
})();
