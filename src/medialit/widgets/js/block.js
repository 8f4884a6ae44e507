/* One block: a question or a task with its form, its buttons, and the places for feedback, hints and the solution.
 *
 * A press carries what the form holds, so nothing that was typed a moment ago can be overtaken. What is typed is kept in
 * this browser at once and in the progress file a moment later; it is shown as not checked yet until it is.
 */
const KEEP_AFTER = 600; // ms of quiet before a draft goes to the progress file

kit.certainty = (changed, pays = true) => {
  const made = kit.radios({ label: kit.t("how_sure"), options: [1, 2, 3].map((n) => ({ key: String(n), text: kit.t(`sure_${n}`), more: pays ? kit.t(`pays_${n}`) : "" })), look: "bar", changed, clear: true });
  return { ...made, get: () => Number(made.get()) || null, put: (value) => made.put(value ? String(value) : null) };
};

kit.block = (spec, page) => {
  if (spec.language) kit.language = spec.language;
  const session = Math.random().toString(36).slice(2);
  let count = 0;
  let last = ""; // name of the last message sent
  let acked = "";
  let timer = 0;
  let watchdog = 0;
  let checked = null; // what was checked last, to tell whether the form holds something newer
  let quiet = false;
  let put = -1;

  const stashName = spec.key ? `medialit:${spec.key}` : "";
  const stash = {
    get: () => {
      try {
        return stashName ? JSON.parse(localStorage.getItem(stashName) ?? "null") : null;
      } catch {
        return null;
      }
    },
    /* True when this browser holds it now. */
    set: (value) => {
      try {
        if (!stashName) return false;
        if (value === null) localStorage.removeItem(stashName);
        else localStorage.setItem(stashName, JSON.stringify(value));
        return true;
      } catch {
        // A browser may forbid it; then the draft in the progress file is all there is.
        page.forgets = true;
        return false;
      }
    },
  };

  const send = (act, more = {}) => {
    count += 1;
    last = `${session}-${count}`;
    page.send({ act, id: spec.id, n: last, ...more });
    clearTimeout(watchdog);
    watchdog = setTimeout(() => acked !== last && page.lost(), kit.ANSWER_WITHIN);
  };
  const given = () => ({ answer: form.get(), certainty: sure?.get() ?? null });
  const keep = () => {
    clearTimeout(timer);
    timer = 0;
    if (spec.drafts) send("draft", given());
  };
  const changed = () => {
    if (quiet) return;
    const now = given();
    // Where the browser cannot hold it, Python is told while somebody types, and not only in a pause.
    if (stash.set({ ...now, time: Date.now() }) || !timer) {
      clearTimeout(timer);
      timer = setTimeout(keep, KEEP_AFTER);
    }
    mark(!kit.same(now, checked) && !kit.blank(now.answer));
    if (spec.sends) send("choose", now);
  };
  const mark = (given) => {
    const open = spec.checks && given;
    unchecked.textContent = open ? kit.t("not_checked") : "";
    el.classList.toggle("ml-open", open);
  };

  const sure = spec.certainty ? kit.certainty(changed, spec.pays) : null;
  const form = spec.form
    ? kit.forms[spec.form.kind](spec.form, {
        changed,
        ask: (what, more = {}) => page.ask({ act: "ask", id: spec.id, what, ...more }),
        certainty: kit.certainty,
      })
    : { get: () => null, put: () => {}, el: kit.make("div") };

  const press = (act) => {
    clearTimeout(timer);
    timer = 0;
    const now = given();
    checked = now;
    mark(false);
    send(act, now);
  };
  const buttons = spec.buttons.map(({ act, text, name, primary }) =>
    kit.button(text, () => (act === "contest" ? openContest() : press(act)), { class: primary ? "ml-primary" : "", "data-act": act, "aria-label": name ? name : null }),
  );
  const unchecked = kit.make("span", { class: "ml-unchecked" });
  const [feedback, hints, solution, said] = [kit.live("ml-live ml-feedback"), kit.live(), kit.live(), kit.live()];
  const contest = kit.make("div", { hidden: true });
  const openContest = () => {
    if (!contest.children.length) {
      const why = kit.typed({ label: kit.t("why_disagree"), lines: 3, changed: () => {} });
      contest.append(why.el, kit.button(kit.t("save_reason"), () => send("contest", { text: why.get() })));
    }
    contest.hidden = !contest.hidden;
    if (!contest.hidden) contest.querySelector("textarea").focus();
  };

  const titleId = kit.id("title");
  const el = kit.make(
    "section",
    { class: "ml-block", "aria-labelledby": titleId, "data-id": spec.id, "data-kind": spec.form?.kind ?? "", "data-story": spec.story },
    kit.make("header", {}, spec.over && kit.make("p", { class: "ml-over", text: spec.over }), kit.make("h3", { id: titleId, class: "ml-title", text: spec.title })),
    spec.prompt && kit.make("div", { class: "ml-prompt", html: spec.prompt }),
    kit.make("div", { class: "ml-form" }, form.el),
    sure && sure.el,
    kit.make("div", { class: "ml-buttons" }, ...buttons, unchecked),
    feedback, hints, solution, contest, said,
  );

  /* What Python says about this block. `put` counts answers that come from there: saved work, or an answer by code. */
  const taken = (name, kept = true) => {
    if (!last || name !== last || acked === last) return;
    clearTimeout(watchdog);
    acked = last;
    page.found();
    // What was typed since that message left is not in it.
    if (kept && !timer) stash.set(null);
  };
  const show = (state) => {
    taken(state.n, state.kept);
    if (state.put !== undefined && state.put !== put) {
      put = state.put;
      quiet = true;
      form.put(state.answer ?? null);
      sure?.put(state.certainty ?? null);
      quiet = false;
      const now = given();
      checked = state.draft ? null : now;
      mark(Boolean(state.draft) && !kit.blank(now.answer));
      if (put === 0) restore(state);
    }
    feedback.show(state.feedback ?? "");
    hints.show(state.hints ?? "");
    solution.show(state.solution ?? "");
    said.show(state.said ?? "");
    if (state.offer && !kit.same(state.offer, offered)) form.offer?.((offered = state.offer));
    if (!kit.same(state.signs, signed)) form.signs?.((signed = state.signs));
    const before = el.dataset.outcome;
    el.dataset.outcome = state.outcome ?? "";
    if (state.outcome === "passed" && before !== undefined && before !== "passed" && last) el.classList.add("ml-just-passed");
    for (const [place, button] of buttons.entries()) {
      const { act } = spec.buttons[place];
      button.hidden = (state.hide ?? []).includes(act);
      if (state.texts?.[act]) button.textContent = state.texts[act];
    }
  };
  let offered;
  let signed;

  /* Something newer may wait in this browser: typed while Python did not answer, or a moment before the page was closed. */
  const restore = (state) => {
    const waiting = stash.get();
    if (!waiting) return;
    const now = given();
    if (kit.same({ answer: waiting.answer, certainty: waiting.certainty }, now) || waiting.time < (state.time ?? 0)) {
      stash.set(null);
      return;
    }
    quiet = true;
    try {
      form.put(waiting.answer);
      sure?.put(waiting.certainty);
    } finally {
      quiet = false;
    }
    mark(!kit.blank(waiting.answer));
    keep();
  };

  return {
    el,
    id: spec.id,
    show,
    taken,
    outcome: () => el.dataset.outcome ?? "",
    close: () => {
      if (timer) keep();
      clearTimeout(watchdog);
      form.close?.();
    },
    flush: () => timer && keep(),
  };
};
