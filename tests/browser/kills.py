"""Kill the kernel or the page at a random moment while somebody types, and see which draft is there afterward.

The browser's half runs in a real browser, Python's half in this process, with a progress file on the disk. Messages between
them take time. Only the clock is made up: it runs as fast as both can work, so that 2,000 moments take minutes.
"""

import json
import random
from dataclasses import dataclass

from alone import _MODEL, _PAGE, _code, _traits

import medialit
from medialit.progress import Progress

SECOND = 1000
# (unit, item): a line of text, a long text, many choices.
PLACES = (("quotes", "q6"), ("correction", "5.3"), ("claims", "2.2"))
WORDS = "the writer of this story chose that verb because it keeps a distance from what was said about the test".split()

_KILLS = """
window.clock = {now: Date.now(), queue: [], last: 0};
window.setTimeout = (act, ms = 0) => {
  clock.queue.push({at: clock.now + ms, id: (clock.last += 1), act});
  return clock.last;
};
window.clearTimeout = id => { clock.queue = clock.queue.filter(one => one.id !== id); };
Date.now = () => clock.now;
const setItem = Storage.prototype.setItem;
window.until = async time => {
  for (;;) {
    const due = clock.queue.filter(one => one.at <= time).sort((a, b) => a.at - b.at || a.id - b.id)[0];
    if (!due) break;
    clock.queue = clock.queue.filter(one => one !== due);
    clock.now = Math.max(clock.now, due.at);
    await due.act();
  }
  clock.now = Math.max(clock.now, time);
};
const fieldsOf = place =>
  [...place.querySelectorAll(".ml-form :is(input, textarea, select)")].filter(one => !one.closest("[hidden]"));
const filled = place => fieldsOf(place)
  .map(one => (["radio", "checkbox"].includes(one.type) ? (one.checked ? one.value : "") : one.value)).join("|");
/* A page with one widget; messages need `delay` ms each way, and reach Python while it lives. */
window.opened = async (data, [code, shared], delay, kernel) => {
  window.widgets ??= await window.load_widgets(code);
  const heard = {};
  const tell = (event, ...given) => (heard[event] ?? []).forEach(act => act(...given));
  const shown = {alive: true};
  const model = {
    get: name => data[name],
    widget_manager: window.shared_by(shared),
    on: (event, act) => (heard[event] ??= []).push(act),
    off: () => {},
    // A page that is gone still has its listeners here, and must not use them.
    send: message => shown.alive && window.setTimeout(async () => {
      if (!kernel.alive) return;
      const {traits} = JSON.parse(await window.toPython(JSON.stringify(message)));
      window.setTimeout(() => {
        if (!shown.alive) return;
        const changed = Object.keys(traits).filter(name => JSON.stringify(traits[name]) !== JSON.stringify(data[name]));
        Object.assign(data, traits);
        changed.forEach(name => tell(`change:${name}`));
      }, delay);
    }, delay),
  };
  const place = document.createElement("div");
  document.querySelector("main").replaceChildren(place);
  const close = await window.widgets.render({model, el: place});
  return {...shown, place, close, shown};
};
window.episode = async (data, code, plan) => {
  Storage.prototype.setItem = plan.storage ? setItem : () => { throw new Error("forbidden"); };
  const kernel = {alive: true};
  const page = await window.opened(data, code, plan.delay, kernel);
  const start = clock.now;
  const seen = [{at: 0, filled: filled(page.place)}];
  let gone = false;
  const events = [...plan.keys.map(key => ({at: key.at, key})), {at: plan.kill, kill: true}].sort((a, b) => a.at - b.at);
  for (const event of events) {
    await window.until(start + event.at);
    if (event.kill) {
      if (plan.kind === "kernel") kernel.alive = false;
      else {
        if (plan.kind === "page closed") window.dispatchEvent(new Event("pagehide"));
        gone = true;
        break;
      }
    } else if (event.at <= plan.end) {
      const fields = fieldsOf(page.place);
      const field = fields[event.key.field % fields.length];
      const typed = field.tagName !== "SELECT" && field.type !== "radio";
      if (field.tagName === "SELECT") field.selectedIndex = event.key.option % field.options.length;
      else if (typed) field.value += event.key.text;
      else field.checked = true;
      field.dispatchEvent(new Event(typed ? "input" : "change", {bubbles: true}));
      seen.push({at: event.at, filled: filled(page.place)});
    }
  }
  const end = gone ? plan.kill : Math.max(plan.kill, plan.end);
  if (!gone) await window.until(start + end);
  page.shown.alive = false;
  if (gone) {
    // What was on its way arrives; no timer of the page runs any more.
    const line = clock.queue.filter(one => String(one.act).includes("kernel.alive"));
    clock.queue = [];
    for (const one of line) { clock.now = Math.max(clock.now, one.at); await one.act(); }
  } else page.close();
  clock.queue = [];
  clock.now = start + end + 2000;
  return {seen, end};
};
window.after = async (data, code) => {
  const page = await window.opened(data, code, 1, {alive: false});
  const found = filled(page.place);
  page.shown.alive = false;
  clock.queue = [];
  return found;
};
"""


@dataclass
class Outcome:
    """One moment: what was killed, the versions that were typed (ms, content), and what was there afterward."""

    plan: dict
    seen: list
    end: int
    found: str

    @property
    def lost(self):
        """How old, in ms, the newest version is that is gone; 0 when nothing is."""
        kept = [n for n, version in enumerate(self.seen) if version["filled"] == self.found]
        gone = self.seen[kept[-1] + 1 :] if kept else self.seen[1:]
        return self.end - gone[0]["at"] if gone else 0


def planned(chance):
    """A plan of one moment: bursts of typing, with pauses, and a kill in the middle."""
    kind = chance.choice(["kernel", "page", "page closed"])
    storage = kind == "kernel" or chance.random() < 0.7
    keys, at = [], 0
    for _ in range(chance.randint(3, 40)):
        at += chance.randint(15, 260) if chance.random() < 0.9 else chance.randint(400, 2500)
        keys.append(
            {
                "at": at,
                "text": " " + chance.choice(WORDS),
                "field": chance.randint(0, 30),
                "option": chance.randint(0, 9),
            }
        )
    kill = chance.randint(1, at + 1500)
    return {
        "kind": kind,
        "storage": storage,
        "keys": keys,
        "kill": kill,
        "end": kill + chance.choice([0, 300, 2000, 9000]) if kind == "kernel" else kill,
        "delay": chance.randint(1, 80),
        "place": chance.choice(PLACES),
    }


def door(unit, item):
    if item == "5.3" and not unit.progress.entries("attempt"):
        # Its sentence is offered once the three claims are chosen.
        unit.check("5.1", unit.tasks["5.1"].answer())
    return unit.quiz(item) if item.startswith("q") else unit.task(item)


class Kills:
    """A bare page in which moments are played one after another."""

    def __init__(self, page):
        self.page, self.widget = page, None
        page.expose_function("toPython", self._heard)
        page.route("http://alone.test/**", lambda route: route.fulfill(body=_PAGE, content_type="text/html"))
        page.goto("http://alone.test/")
        page.add_script_tag(content=_MODEL)
        page.add_script_tag(content=_KILLS)

    def _heard(self, message):
        self.widget._heard(self.widget, json.loads(message), [])
        return json.dumps({"traits": _traits(self.widget)})

    def play(self, plan, file):
        """One moment; then everything is opened again, Python too, from the file and from what the browser holds."""
        unit, item = plan["place"]
        self.page.evaluate("localStorage.clear()")
        self.widget = door(medialit.open_unit(unit, progress=Progress(file)), item)
        told = self.page.evaluate(
            "([data, code, plan]) => episode(data, code, plan)", [_traits(self.widget), _code(self.widget), plan]
        )
        again = door(medialit.open_unit(unit, progress=Progress(file)), item)
        found = self.page.evaluate("([data, code]) => after(data, code)", [_traits(again), _code(again)])
        return Outcome(plan, told["seen"], told["end"], found)


def outcomes(page, folder, numbers, seed):
    """(number, outcome) of these moments, each with a progress file of its own. A number is the same moment in every run."""
    kills = Kills(page)
    for number in numbers:
        yield number, kills.play(planned(random.Random(f"{seed}/{number}")), folder / f"{number}.jsonl")
