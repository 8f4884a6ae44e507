/* The evidence desk: one claim at a time. Search the frozen page, open cards, cite them, then judge. */
kit.forms.verify = (form, here) => {
  let kept = {};
  let open = null; // the card on show
  let claims = form.claims;
  let current = claims[0]?.key;
  const cells = () => (kept[current] ??= {});
  const named = (key) => form.verdicts.find((verdict) => verdict.key === key)?.text.split(":")[0] ?? kit.t("not_judged");

  const tabs = kit.make("ol", { class: "ml-claims", "aria-label": kit.t("claims") });
  const says = kit.make("p", { class: "ml-claim" });
  const query = kit.typed({ label: kit.t("search_for"), changed: () => {} });
  const ideas = kit.make("div", { class: "ml-ideas", role: "group", "aria-label": kit.t("or_search") });
  const results = kit.make("ul", { class: "ml-results", "aria-label": kit.t("results") });
  const found = kit.live();
  const card = kit.live("ml-card");
  const cite = kit.button(kit.t("cite"), () => citeOpen(), { class: "ml-cite" });
  const cited = kit.make("ul", { class: "ml-cited" });
  const count = kit.make("p", { class: "ml-label" });
  cited.setAttribute("aria-labelledby", (count.id = kit.id("cited")));
  const verdict = kit.radios({ label: kit.t("verdict"), options: form.verdicts, changed: () => judge(), clear: true });
  const sure = here.certainty(() => judge());

  const search = async (words) => {
    query.put(words);
    const cards = (await here.ask("search", { query: words })) ?? [];
    found.say(cards.length ? kit.t("results_found", { n: cards.length }) : kit.t("nothing_found"));
    results.replaceChildren(
      ...cards.map(({ id, line }) => kit.make("li", {}, kit.button(line, () => show(id), { class: "ml-result", "data-card": id, "aria-pressed": String(id === open?.id) }))),
    );
  };
  const show = async (id) => {
    const told = await here.ask("open", { card: id });
    if (!told) return;
    open = { id, line: told.line, origin: told.origin };
    card.show(told.html);
    for (const button of results.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.dataset.card === id));
    cite.hidden = false;
    drawCited();
    card.scrollIntoView({ block: "nearest" });
  };
  const citeOpen = () => {
    if (!open) return;
    const list = (cells().evidence ??= []);
    if (!list.includes(open.id)) {
      list.push(open.id);
      lines.set(open.id, open);
      found.say(kit.t("cited_now", { card: open.line }));
      here.changed();
    }
    drawCited();
  };
  const lines = new Map(Object.entries(form.lines ?? {}).map(([id, [line, origin]]) => [id, { id, line, origin }]));
  const drawCited = () => {
    const list = cells().evidence ?? [];
    const origins = new Set(list.map((id) => lines.get(id)?.origin ?? id));
    count.textContent = kit.t("cited_count", { n: list.length, origins: origins.size });
    cited.replaceChildren(
      ...list.map((id) => {
        const { line, origin } = lines.get(id) ?? { line: id, origin: "" };
        const away = () => {
          cells().evidence = list.filter((each) => each !== id);
          here.changed();
          drawCited();
          found.say(kit.t("taken_away"));
          (cited.querySelector("button") ?? query.control).focus();
        };
        return kit.make(
          "li",
          { class: "ml-item" },
          kit.make("span", { class: "ml-words", text: origin ? kit.t("card_from", { card: line, origin }) : line }),
          kit.button(kit.t("take_away"), away, { class: "ml-small", "aria-label": `${kit.t("take_away")}: ${line}` }),
        );
      }),
    );
    cite.textContent = open && list.includes(open.id) ? kit.t("cited_already") : kit.t("cite");
    cite.setAttribute("aria-disabled", String(Boolean(open && list.includes(open.id))));
  };
  const judge = () => {
    const before = cells().verdict;
    for (const [name, value] of [["verdict", verdict.get()], ["certainty", sure.get()]]) {
      if (value) cells()[name] = value;
      else delete cells()[name];
    }
    if (cells().verdict && cells().verdict !== before) here.ask("judge", { claim: current });
    drawTabs();
    here.changed();
  };
  const drawTabs = () => {
    tabs.replaceChildren(
      ...claims.map((claim, place) => {
        const judged = kept[claim.key]?.verdict;
        const made = kit.button("", () => turn(claim.key), { class: "ml-tab", "aria-current": claim.key === current ? "true" : null, "data-claim": claim.key });
        made.append(kit.make("strong", { text: kit.t("claim_number", { n: place + 1 }) }), kit.make("span", { text: ` ${judged ? named(judged) : kit.t("not_judged")}` }));
        return kit.make("li", {}, made);
      }),
    );
  };
  const turn = (key) => {
    current = key;
    open = null;
    card.show("");
    cite.hidden = true;
    results.replaceChildren();
    query.put("");
    found.say("");
    draw();
    tabs.querySelector('[aria-current="true"]')?.focus();
  };
  const draw = () => {
    const claim = claims.find((each) => each.key === current) ?? claims[0];
    current = claim?.key;
    drawTabs();
    // Without a claim there is nothing to look up yet.
    says.replaceChildren(kit.inline(claim?.text ?? form.instead ?? ""));
    for (const part of desk) part.hidden = !claim;
    ideas.replaceChildren(...(form.ideas?.[current] ?? []).map((idea) => kit.button(idea, () => search(idea), { class: "ml-idea" })));
    verdict.put(kept[current]?.verdict ?? null);
    sure.put(kept[current]?.certainty ?? null);
    drawCited();
  };
  query.control.addEventListener("keydown", (event) => event.key === "Enter" && (event.preventDefault(), search(query.get())));
  const look = kit.make(
    "div",
    { class: "ml-desk-look" },
    kit.make("div", { class: "ml-search" }, query.el, kit.button(kit.t("search"), () => search(query.get()))),
    ideas,
    found,
    kit.make("div", { class: "ml-desk-two" }, results, kit.make("div", {}, card, cite)),
  );
  const desk = [tabs, look, count, cited, verdict.el, sure.el];
  cite.hidden = true;
  draw();
  return {
    el: kit.make("div", { class: "ml-desk" }, tabs, says, look, count, cited, verdict.el, sure.el),
    get: () => {
      const shown = new Set(claims.map((claim) => claim.key));
      const full = Object.entries(kept).filter(([key, given]) => shown.has(key) && !kit.blank(given));
      return Object.fromEntries(full.map(([key, given]) => [key, { ...given, ...(given.evidence ? { evidence: [...given.evidence] } : {}) }]));
    },
    put: (value) => {
      kept = structuredClone(value ?? {});
      draw();
    },
    /* Go on with these claims; what was said about others is kept, in case they come back. */
    offer: (given) => {
      claims = given.claims;
      Object.assign(form, given);
      draw();
    },
    signs: (rows) => {
      for (const tab of tabs.querySelectorAll("[data-claim]")) tab.classList.toggle("ml-again", Boolean(rows?.[tab.dataset.claim]));
    },
  };
};
