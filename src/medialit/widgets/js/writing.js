/* Forms that end in a text of the learner's own: a sentence told plainly, a paragraph put right, a card. */

/* A choice puts its words into the sentence; the sentence can also be typed. */
kit.forms.rewrite = (form, here) => {
  const made = new Map();
  const groups = form.sentences.map((sentence, place) => {
    const assemble = () => {
      let text = sentence.text;
      sentence.slots.forEach((slot, at) => {
        if (lists[at].get()) text = text.replace(slot.words, () => lists[at].get());
      });
      box.put(text);
      here.changed();
    };
    const lists = sentence.slots.map((slot) =>
      kit.select({ label: kit.t("instead_of", { words: slot.words }), options: slot.choices, none: kit.t("keep_words", { words: slot.words }), changed: assemble }),
    );
    const box = kit.typed({ label: kit.t("your_sentence", { n: place + 1 }), lines: 4, changed: here.changed });
    box.put(sentence.text);
    made.set(sentence.key, { sentence, lists, box });
    const id = kit.id("sentence");
    const name = kit.make("p", { id }, kit.make("strong", { text: place + 1 }), " · ", kit.inline(sentence.text));
    return kit.make("div", { class: "ml-row", role: "group", "aria-labelledby": id }, name, ...lists.map((each) => each.el), box.el);
  });
  return {
    el: kit.make("div", { class: "ml-table" }, ...groups),
    get: () => Object.fromEntries([...made].filter(([, { sentence, box }]) => box.get().trim() !== sentence.text).map(([key, { box }]) => [key, box.get()])),
    put: (value) => {
      for (const [key, { sentence, lists, box }] of made) {
        const text = (value ?? {})[key] || sentence.text;
        box.put(text);
        sentence.slots.forEach((slot, place) => {
          // The longest wording that is in the text: a short one may be part of another.
          const fits = text.includes(slot.words) ? [] : slot.choices.map((each) => each.key).filter((each) => text.includes(each));
          lists[place].put(fits.sort((a, b) => b.length - a.length)[0] ?? "");
        });
      }
    },
  };
};

const characters = (limit) => (text) => kit.t("characters", { n: text.length, of: limit });
const wordsOf = (limit) => (text) => kit.t("words_of", { n: text.trim() ? text.trim().split(/\s+/).length : 0, of: limit });

/* Choose a claim, read its paragraph, rewrite it. Each claim keeps its own text while another is tried. */
kit.forms.correct = (form, here) => {
  const drafts = {};
  let current = null;
  const offered = () => form.claims.filter((claim) => !form.offered || form.offered.includes(claim.key) || claim.key === current);
  const options = () => offered().map((claim) => ({ key: claim.key, text: `¶${claim.number}: ${claim.says}` }));
  const claim = kit.select({ label: kit.t("which_claim"), options: options(), changed: () => turn(claim.get()) });
  const original = kit.live("ml-original");
  const box = kit.typed({
    label: kit.t("corrected"), lines: 9, count: characters(form.limit),
    changed: () => {
      if (current) drafts[current] = box.get();
      here.changed();
    },
  });
  const show = () => {
    const told = form.claims.find((each) => each.key === current);
    original.show(told ? told.html : kit.make("p", { text: form.instead ?? "" }).outerHTML);
    claim.el.hidden = !told && Boolean(form.instead);
    box.el.hidden = !told;
    box.put(told ? (drafts[current] ?? told.paragraph) : "");
  };
  const turn = (key) => {
    current = key;
    show();
    here.changed();
  };
  show();
  return {
    el: kit.make("div", {}, claim.el, original, box.el),
    get: () => (current ? { claim: current, text: box.get() } : {}),
    put: (value) => {
      current = value?.claim ?? null;
      if (current) drafts[current] = value.text ?? "";
      claim.fill(options());
      claim.put(current);
      show();
    },
    offer: (given) => {
      Object.assign(form, given);
      claim.fill(options());
      claim.put(current);
      if (!current) show();
    },
  };
};

/* Parts of which only some matter, such as the evidence cards for one claim. Those that are filled in are shown, or else the
 * first few; the others are found by their words. Nothing moves while somebody fills them in. */
const FIRST = 6;
const plain = (text) => ` ${text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim()}`;
const finder = (groups) => {
  let all = groups.length <= FIRST + 1;
  const told = kit.make("p", { class: "ml-count", role: "status" });
  const sync = () => {
    const words = plain(query.get()).split(" ").filter(Boolean);
    const filled = groups.filter((group) => group.filled());
    const some = filled.length ? filled : groups.slice(0, FIRST);
    const shows = (group) => (words.length ? group.filled() || words.every((word) => group.text.includes(` ${word}`)) : all || some.includes(group));
    for (const group of groups) group.el.hidden = !shows(group);
    told.textContent = kit.t("parts_shown", { n: groups.filter((group) => !group.el.hidden).length, all: groups.length });
    more.textContent = kit.t(all ? "show_fewer_cards" : "show_all_cards", { n: groups.length });
  };
  const query = kit.typed({ label: kit.t("find_card"), changed: sync });
  const more = kit.button("", () => {
    all = !all;
    query.put("");
    sync();
  }, { class: "ml-small" });
  const tools = kit.make("div", { hidden: all }, kit.make("div", { class: "ml-search" }, query.el, more), told);
  sync();
  return { el: kit.make("div", { class: "ml-finder" }, tools, ...groups.map((group) => group.el)), sync };
};

/* The blanks of a card, each with its room. */
kit.forms.card = (form, here) => {
  const changed = () => (look(), here.changed());
  const before = kit.make("div", { class: "ml-before", role: "group" }); // what other boxes of this kind hold, under the one in use
  const cells = Object.fromEntries(
    form.blanks.map((blank) => {
      const given = { label: blank.label, changed, hidden: blank.found };
      if (!blank.options.length) {
        const count = blank.lines > 1 ? (blank.words ? wordsOf(blank.words) : characters(blank.limit)) : null;
        const box = kit.typed({ ...given, lines: blank.lines, count });
        if (blank.suggest) box.control.addEventListener("focus", () => (box.el.append(before), look()));
        return [blank.name, { ...box, typed: true }];
      }
      const longest = Math.max(...blank.options.map((option) => option.text.length));
      const few = blank.options.length <= (longest <= 4 ? 7 : 4);
      return [blank.name, few ? kit.radios({ ...given, options: blank.options, look: longest <= 16 ? "bar" : "cards", clear: blank.optional }) : kit.select({ ...given, options: blank.options })];
    }),
  );
  const get = () => Object.fromEntries(Object.entries(cells).filter(([, { el }]) => !el.hidden).map(([name, cell]) => [name, cell.get()]).filter(([, value]) => !kit.blank(value)));
  /* A blank with a part begins a group; a card without parts is one group. */
  const parts = [];
  const asked = []; // [cell, the first cell of its part, the keys of that one with which it is shown]
  for (const blank of form.blanks) {
    if (blank.part || !parts.length) parts.push({ ...blank, cells: [] });
    if (blank.when?.length) asked.push([cells[blank.name], cells[parts.at(-1).name], blank.when]);
    parts.at(-1).cells.push(cells[blank.name]);
  }
  const suggest = form.blanks.filter((blank) => blank.suggest);
  const look = () => {
    for (const [cell, first, when] of asked) cell.el.hidden = !when.includes(first.get());
    const now = Object.values(cells).find(({ el }) => before.parentElement === el);
    const typed = new Set(suggest.map(({ name }) => cells[name]).filter((cell) => cell !== now && !cell.el.hidden).map((cell) => cell.get().trim()));
    const offered = [...typed].filter((value) => value && value !== now?.get().trim());
    before.hidden = !offered.length;
    before.setAttribute("aria-label", kit.t("typed_before"));
    before.replaceChildren(...offered.map((value) => kit.button(value, () => (now.put(value), now.control.focus(), changed()), { class: "ml-small" })));
  };
  const group = (part) => {
    const id = kit.id("part");
    const fields = part.cells.map((cell) => cell.el);
    if (part.fold) return kit.make("details", { class: "ml-fields" }, kit.make("summary", { class: "ml-part", text: part.part }), kit.make("p", {}, kit.inline(part.note)), ...fields);
    const head = part.part ? [kit.make("p", { id, class: "ml-part", text: part.part }), part.note && kit.make("p", {}, kit.inline(part.note))] : [];
    return kit.make("div", { class: "ml-fields", ...(part.part ? { role: "group", "aria-labelledby": id } : {}) }, ...head, ...fields);
  };
  const found = parts.filter((part) => part.found).map((part) => ({
    el: group(part), text: plain(`${part.part} ${part.note}`), filled: () => part.cells.some((cell) => !kit.blank(cell.get())),
  }));
  const find = found.length ? finder(found) : null;
  look();
  return {
    el: kit.make("div", {}, find?.el ?? null, ...parts.filter((part) => !part.found).map(group)),
    get,
    put: (value) => {
      Object.entries(cells).forEach(([name, cell]) => cell.put((value ?? {})[name] ?? (cell.typed ? "" : null)));
      find?.sync();
      look();
    },
    /* `{offered: {blank: [keys]}, suggested: {blank: value}}`: what is chosen or typed already stays. */
    offer: ({ offered = {}, suggested = {} }) => {
      for (const [name, keys] of Object.entries(offered)) {
        const blank = form.blanks.find((each) => each.name === name);
        const now = cells[name].get();
        cells[name].fill?.(blank.options.filter((option) => !keys.length || keys.includes(option.key) || option.key === now));
      }
      for (const [name, value] of Object.entries(suggested)) if (value && kit.blank(cells[name].get())) cells[name].put(value);
      look();
    },
  };
};
