// Before JupyterLite's own worker: keeps the files of this version of the course, so that it works without the network.
// A newer version waits until the learner takes it, or until all pages of this one are closed.
const KEPT = 'medialit-{{ digest }}';

async function answer(request) {
  const cache = await caches.open(KEPT);
  const found = await cache.match(request, { ignoreSearch: true });
  if (found) {
    return found;
  }
  const came = typed(request, await fetch(request, { cache: 'no-cache' }));
  if (came.ok && !came.redirected) {
    await cache.put(request.url.split(/[?#]/)[0], came.clone()).catch(() => undefined);
  }
  return came;
}

/** Some servers name another type for Python, which the browser would then refuse to run. */
function typed(request, came) {
  const wrong = /\.wasm(\?|$)/.test(request.url) && came.ok && !/^application\/wasm/.test(came.headers.get('Content-Type') ?? '');
  return wrong ? new Response(came.body, { headers: { 'Content-Type': 'application/wasm' } }) : came;
}

self.addEventListener('fetch', event => {
  const { origin, pathname } = new URL(event.request.url);
  const own = origin === location.origin && pathname.startsWith(new URL(self.registration.scope).pathname);
  if (event.request.method === 'GET' && own && !/\/api\/(drive|stdin|service-worker)|\/start\.json$/.test(pathname)) {
    event.stopImmediatePropagation();
    event.respondWith(answer(event.request));
  }
});

self.addEventListener('activate', event => {
  const old = names => names.filter(name => name.startsWith('medialit-') && name !== KEPT);
  event.waitUntil(caches.keys().then(names => Promise.all(old(names).map(name => caches.delete(name)))));
});

self.addEventListener('message', event => {
  if (event.data === 'use') {
    self.skipWaiting();
  } else if (event.data?.keep) {
    event.waitUntil(
      (async () => {
        let kept = 0;
        for (const url of event.data.keep) {
          kept += (await answer(new Request(url)).catch(() => null))?.ok ? 1 : 0;
        }
        event.source?.postMessage({ kept: `${kept} of ${event.data.keep.length}` });
      })()
    );
  }
});

