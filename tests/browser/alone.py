"""Widgets in a bare page, without JupyterLab: the browser's half in a real browser, Python's half in the test itself."""

import json

_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Widgets alone</title>
<meta name="viewport" content="width=device-width"><style>
body{font-family:sans-serif;margin:12px;background:var(--jp-layout-color1,#fff)}
body[data-jp-theme-light=false]{--jp-content-font-color1:#e6e6e6;--jp-content-font-color2:#b5b5b5;--jp-border-color1:#616161;
--jp-layout-color1:#111;--jp-layout-color2:#212121}</style></head>
<body data-jp-theme-light="true"><main></main></body></html>"""
# A model as a widget sees it. Every message is answered with all that Python holds now.
_MODEL = """
window.medialit = {settled: async () => {
  for (let calm = 0; calm < 2;) { await new Promise(done => setTimeout(done, 5)); calm = window.waiting ? 0 : calm + 1; }
  return '';
}};
window.waiting = 0;
window.load_widgets = async code => (await import(URL.createObjectURL(new Blob([code], {type: 'text/javascript'})))).default;
window.shared_by = ([name, data]) => ({
  get_model: async id => id === name ? {get: trait => data[trait]} : Promise.reject(new Error(`no model ${id}`)),
});
window.open_widget = async (number, data, code, shared) => {
  const widget = await window.load_widgets(code);
  const heard = {};
  const tell = (event, ...given) => (heard[event] ?? []).forEach(act => act(...given));
  const model = {
    get: name => data[name],
    widget_manager: window.shared_by(shared),
    on: (event, act) => (heard[event] ??= []).push(act),
    off: () => {},
    send: async message => {
      if (window.deaf) return;
      window.waiting += 1;
      const {traits, told} = JSON.parse(await window.toPython(number, JSON.stringify(message)));
      const changed = Object.keys(traits).filter(name => JSON.stringify(traits[name]) !== JSON.stringify(data[name]));
      told.filter(one => one.taken).forEach(one => tell('msg:custom', one)); // sent before what is shown instead
      Object.assign(data, traits);
      changed.forEach(name => tell(`change:${name}`));
      told.filter(one => !one.taken).forEach(one => tell('msg:custom', one));
      window.waiting -= 1;
    },
  };
  const place = document.createElement('div');
  document.querySelector('main').append(place);
  await widget.render({model, el: place});
};
"""


def _traits(widget):
    # JupyterLab may report the state before the blocks, which is harder, so here it always does.
    names = ("shared", "title", "intro", "foot", "paged", "state", "blocks")
    return json.loads(json.dumps(widget.get_state(names)))


def _code(widget):
    """What draws a widget: the script that it carries, and what all of them share, with its name."""
    shared = widget.shared
    return [widget._esm, [shared.model_id, shared.get_state(("script", "style", "words"))]]


class Alone:
    """A page of widgets; ``show(*widgets)`` opens it, again with fresh widgets when it is called again."""

    def __init__(self, page):
        self.page, self.widgets, self.messages = page, [], []
        page.expose_function("toPython", self._heard)
        page.route("http://alone.test/**", lambda route: route.fulfill(body=_PAGE, content_type="text/html"))

    def _heard(self, number, message):
        widget, told = self.widgets[number], []
        self.messages.append(json.loads(message))
        send, widget.send = widget.send, lambda content, buffers=None: told.append(content)
        try:
            widget._heard(widget, json.loads(message), [])
        finally:
            widget.send = send
        return json.dumps({"traits": _traits(widget), "told": told})

    def show(self, *widgets):
        """Open the page, as after loading it again: what waits in the browser is still there."""
        self.widgets = list(widgets)
        self.page.goto("http://alone.test/")
        self.page.add_script_tag(content=_MODEL)
        for number, widget in enumerate(self.widgets):
            self.page.evaluate("given => window.open_widget(...given)", [number, _traits(widget), *_code(widget)])
