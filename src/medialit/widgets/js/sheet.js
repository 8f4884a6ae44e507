/* The page's half of every widget: a sheet of blocks, all below each other or one at a time. */
const VIEW = "medialit:quiz-view";
const ARROWS = { ArrowLeft: -1, ArrowRight: 1 };
const MARKS = { passed: "✓", complete: "◆", partly: "◐", "not yet": "○" };

/* JupyterLab takes keys away from a control, unless the control itself says that they are its own. It keeps those that
 * save, open the list of commands and leave a widget. On the window, because JupyterLab listens to the document. */
const OWN = "data-lm-suppress-shortcuts";
const keepKeys = (event) => {
  const control = event.target.closest?.(".ml") ? event.target : null;
  if (!control) return;
  const lab = event.key === "Escape" || ((event.ctrlKey || event.metaKey) && !event.altKey && (event.shiftKey ? /^c$/i : /^s$/i).test(event.key));
  if (lab) control.removeAttribute(OWN);
  else control.setAttribute(OWN, "true");
};

/* A box within a cell gets no line break from JupyterLab, which takes it for the key that edits the cell. */
const keepLines = (event) => event.inputType === "insertLineBreak" && event.target.closest?.(".ml") && event.stopPropagation();

const viewKept = () => {
  try {
    return localStorage.getItem(VIEW) === "all" ? "all" : "one";
  } catch {
    return "one";
  }
};

function render({ model, el, words }) {
  kit.words = words;
  const root = kit.make("div", { class: "ml" });
  // Once for a page, however many widgets are on it.
  if (!window.medialitKeys) {
    window.addEventListener("keydown", keepKeys, true);
    window.addEventListener("beforeinput", keepLines, true);
  }
  window.medialitKeys = true;
  const title = model.get("title");
  const intro = kit.live("ml-intro");
  const foot = kit.live("ml-foot");
  const lostPlace = kit.live("ml-lost");
  const list = kit.make("div", { class: "ml-blocks" });
  const nav = kit.make("nav", { class: "ml-nav", "aria-label": title || kit.t("questions") });
  let blocks = [];
  let at = 0;
  let view = model.get("paged") ? viewKept() : "all";
  let waiting = new Map();
  let asked = 0;
  let isLost = false;

  const page = {
    send: (message) => {
      try {
        model.send(message);
      } catch {
        page.lost();
      }
    },
    /* A question that only Python can answer, such as a search; null when no answer comes. */
    ask: (message) =>
      new Promise((done) => {
        asked += 1;
        const number = asked;
        const end = setTimeout(() => (waiting.delete(number), page.lost(), done(null)), kit.ANSWER_WITHIN);
        waiting.set(number, (data) => (clearTimeout(end), page.found(), done(data)));
        page.send({ ...message, ask: number });
      }),
    lost: () => {
      if (isLost) return;
      isLost = true;
      // Whoever shows the page may start Python again by itself; else the learner is told how.
      const event = new CustomEvent("medialit:restart", { bubbles: true, cancelable: true, detail: { ready: false } });
      const again = kit.button(kit.t("start_again"), () => root.dispatchEvent(new CustomEvent("medialit:restart", { bubbles: true, detail: { ready: true } })));
      const helped = !root.dispatchEvent(event);
      lostPlace.replaceChildren(kit.note(kit.t(page.forgets ? "lost_and_open" : helped ? "lost" : "lost_by_hand")), ...(helped ? [again] : []));
    },
    found: () => {
      if (isLost) lostPlace.replaceChildren(kit.note(kit.t("found")));
      isLost = false;
    },
  };
  const onMessage = (message) => {
    if (message.ask && waiting.has(message.ask)) {
      waiting.get(message.ask)(message.data);
      waiting.delete(message.ask);
    }
    if (message.taken) blocks.forEach((block) => block.taken?.(message.taken));
    if (message.go === "top") {
      root.setAttribute("tabindex", "-1");
      root.focus({ preventScroll: true });
      root.scrollIntoView({ block: "start" });
    }
  };

  const build = () => {
    blocks.forEach((block) => block.close());
    blocks = model.get("blocks").map((spec) => (spec.kind === "text" ? textBlock(spec) : kit.block(structuredClone(spec), page)));
    list.replaceChildren(...blocks.map((block) => block.el));
    at = Math.min(at, Math.max(0, blocks.length - 1));
    update();
  };
  const textBlock = (spec) => ({
    el: kit.make("div", { class: "ml-story", html: spec.html }), id: spec.id, show: () => {}, close: () => {}, flush: () => {}, outcome: () => "",
  });
  const update = () => {
    const state = model.get("state");
    // The next step's state may arrive before its blocks: it says nothing about the ones that are still here.
    for (const block of blocks) if (state[block.id]) block.show(state[block.id]);
    intro.show(model.get("intro"));
    foot.show(model.get("foot"));
    turn();
  };
  const go = (to, focus = true) => {
    at = Math.max(0, Math.min(blocks.length - 1, to));
    turn();
    if (focus) nav.querySelector('[aria-current="true"]')?.focus();
  };
  const turn = () => {
    const paged = model.get("paged") && blocks.length > 1;
    const one = paged && view === "one";
    root.classList.toggle("ml-one", one);
    blocks.forEach((block, place) => block.el.classList.toggle("ml-away", one && place !== at));
    if (!paged) return;
    const dots = blocks.map((block, place) => {
      const said = kit.t(MARKS[block.outcome()] ? `said_${block.outcome().replace(" ", "_")}` : "said_open");
      const made = kit.button("", () => (one ? go(place) : blocks[place].el.scrollIntoView({ block: "start" })), {
        class: "ml-dot", "aria-label": kit.t("question_state", { n: place + 1, state: said }), "aria-current": one && place === at ? "true" : null, "data-outcome": block.outcome(),
      });
      made.append(kit.make("span", { text: String(place + 1) }), kit.make("span", { class: "ml-sign", "aria-hidden": "true", text: MARKS[block.outcome()] ?? "" }));
      return made;
    });
    const had = nav.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") : null;
    const all = kit.button(kit.t(one ? "show_all_questions" : "show_one"), () => {
      view = one ? "all" : "one";
      try {
        localStorage.setItem(VIEW, view);
      } catch {
        // Then the choice holds for this page alone.
      }
      turn();
      nav.querySelector(".ml-view").focus();
    }, { class: "ml-view" });
    nav.replaceChildren(kit.make("div", { class: "ml-dots" }, ...dots), all);
    if (had) [...nav.querySelectorAll("button")].find((each) => each.getAttribute("aria-label") === had)?.focus();
    step.hidden = !one;
    back.setAttribute("aria-disabled", String(at === 0));
    next.hidden = at === blocks.length - 1;
  };
  const move = (by) => {
    if (at + by < 0 || at + by >= blocks.length) return;
    go(at + by, false);
    const heading = blocks[at].el.querySelector(".ml-title");
    heading.setAttribute("tabindex", "-1");
    heading.focus({ preventScroll: true });
    nav.scrollIntoView({ block: "nearest" });
  };
  const back = kit.button(kit.t("back"), () => move(-1), { class: "ml-back" });
  const next = kit.button(kit.t("next"), () => move(1), { class: "ml-next" });
  const step = kit.make("div", { class: "ml-step", hidden: true }, back, next);
  nav.addEventListener("keydown", (event) => {
    if (!(event.key in ARROWS) || !event.target.classList.contains("ml-dot")) return;
    event.preventDefault();
    const dots = [...nav.querySelectorAll(".ml-dot")];
    const to = Math.max(0, Math.min(dots.length - 1, dots.indexOf(event.target) + ARROWS[event.key]));
    if (view === "one") go(to);
    else dots[to].focus();
  });

  // A link leads to one question: where they are shown one at a time, it is that one.
  list.addEventListener("medialit:turn-to", (event) => {
    const place = blocks.findIndex((block) => block.el === event.target);
    if (place >= 0) go(place, false);
  });
  root.append(
    ...(title ? [kit.make("h2", { class: "ml-head", text: title })] : []),
    intro, lostPlace, nav, list, step, foot,
  );
  nav.hidden = !model.get("paged");
  el.append(root);
  build();

  const flush = () => blocks.forEach((block) => block.flush());
  const visible = () => document.visibilityState === "hidden" && flush();
  const listeners = { "change:state": update, "change:blocks": build, "change:intro": update, "change:foot": update, "msg:custom": onMessage };
  for (const [event, act] of Object.entries(listeners)) model.on(event, act);
  document.addEventListener("visibilitychange", visible);
  window.addEventListener("pagehide", flush);
  return () => {
    for (const [event, act] of Object.entries(listeners)) model.off(event, act);
    document.removeEventListener("visibilitychange", visible);
    window.removeEventListener("pagehide", flush);
    blocks.forEach((block) => block.close());
  };
}
