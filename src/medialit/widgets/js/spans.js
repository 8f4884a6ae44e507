/* Mark stretches of the article, with the pen or in a list of sentences: two ways to one answer. The pen is in `pen.js`. */
kit.forms.spans = (form, here) => {
  let marks = [];
  let signs = {}; // what a check said of the learner's own marks
  let missed = []; // what was missed, once it was asked for
  let count = 0; // how much that is

  // The pen asks for its data as a widget does; here is the answer's own small model.
  const held = {
    blocks: form.blocks, labels: form.labels, grey: form.grey, marks: [], signs: [], words: form.signs, said: [0, ""],
    language: form.language, key: "", since: 0, sent: 0, keep: 0, seen: 0, kept: 0,
  };
  const heard = {};
  const tell = (name) => (heard[`change:${name}`] ?? []).forEach((act) => act());
  const pen = {
    get: (name) => held[name],
    set: (name, value) => (held[name] = value),
    on: (event, act) => (heard[event] ??= []).push(act),
    off: (event, act) => (heard[event] = (heard[event] ?? []).filter((each) => each !== act)),
    save_changes: () => {
      held.seen = held.sent;
      held.kept = held.keep;
      if (!kit.same(held.marks, marks)) took(held.marks);
    },
  };
  const penPlace = kit.make("div");
  const listPlace = kit.make("div", { hidden: true });

  const took = (given) => {
    marks = [...given].sort((a, b) => a[0] - b[0] || a[1] - b[1] || String(a[2]).localeCompare(String(b[2])));
    // A sign belongs to a mark that was checked: one that changed has none.
    const now = new Set(marks.map((mark) => `${mark[0]},${mark[1]}`));
    for (const name of Object.keys(signs)) signs[name] = signs[name].filter(([a, b]) => now.has(`${a},${b}`));
    here.changed();
    sync();
  };
  const sync = () => {
    held.marks = marks;
    held.signs = Object.entries({ ...signs, missed }).flatMap(([name, list]) => list.map(([a, b]) => [a, b, name]));
    tell("signs");
    tell("marks");
    drawList();
    ask.hidden = !count || missed.length > 0;
    told.hidden = !missed.length;
    const lines = missed.map(([a, b]) => kit.make("li", { text: quoted(a, b) }));
    told.replaceChildren(...(lines.length ? [kit.make("p", { class: "ml-strong", text: kit.t("missed") }), kit.make("ul", {}, ...lines)] : []));
  };

  // --- the list of sentences ---
  const cut = (block, a, b) => [...block.text].slice(a, b).join("");
  const blockAt = (point) => [...form.blocks].reverse().find((block) => block.start <= point) ?? form.blocks[0];
  const textOf = ([a, b]) => {
    const block = blockAt(a);
    return cut(block, a - block.start, b - block.start);
  };
  const quoted = (a, b) => {
    const block = blockAt(a);
    return `${block.number ? `¶${block.number}` : kit.t("heading")}: “${textOf([a, b])}”`;
  };
  const sentences = form.blocks.flatMap((block) =>
    block.sentences.filter((sentence) => sentence.words.length).map((sentence) => {
      const pairs = [];
      for (let i = 0; i < sentence.words.length; i += 2) pairs.push([block.start + sentence.words[i], block.start + sentence.words[i + 1]]);
      return { key: String(sentence.number), pairs, text: `${block.number ? `¶${block.number}, ` : ""}S${sentence.number}: ${textOf([pairs[0][0], pairs[pairs.length - 1][1]])}` };
    }),
  );
  const say = kit.live();
  const sentence = kit.select({ label: kit.t("sentence"), options: sentences, none: null, changed: () => words() });
  const first = kit.select({ label: kit.t("first_word"), options: [], none: null, changed: () => preview() });
  const last = kit.select({ label: kit.t("last_word"), options: [], none: null, changed: () => preview() });
  const label = form.labels.length ? kit.select({ label: kit.t("label"), options: form.labels, none: null, changed: () => {} }) : null;
  const shown = kit.make("p", { class: "ml-quote" });
  const pairs = () => sentences.find((each) => each.key === sentence.get())?.pairs ?? [];
  const words = () => {
    const options = pairs().map((pair, place) => ({ key: String(place), text: `${place + 1} ${textOf(pair)}` }));
    first.fill(options);
    last.fill(options);
    last.put(String(options.length - 1));
    preview();
  };
  const chosen = () => {
    const [a, b] = [Number(first.get()), Number(last.get())];
    return a <= b && pairs()[b] ? [pairs()[a][0], pairs()[b][1]] : null;
  };
  const preview = () => (shown.textContent = chosen() ? `“${textOf(chosen())}”` : kit.t("last_before_first"));
  const add = () => {
    const span = chosen();
    if (!span) return say.say(kit.t("last_before_first"));
    const mark = label ? [...span, label.get()] : span;
    if (marks.some((each) => kit.same(each, mark))) return say.say(kit.t("marked_already"));
    took([...marks, mark]);
    say.say(kit.t("added", { text: textOf(span), n: marks.length }));
  };
  const list = kit.make("ol", { class: "ml-order" });
  const drawList = () => {
    list.replaceChildren(
      ...marks.map((mark) => {
        const sign = Object.entries(signs).find(([, spans]) => spans.some(([a, b]) => a === mark[0] && b === mark[1]));
        const told = [form.labels.find((each) => each.key === mark[2])?.name, sign && form.signs[sign[0]]].filter(Boolean).join(", ");
        const remove = () => {
          took(marks.filter((each) => !kit.same(each, mark)));
          say.say(kit.t("removed", { text: textOf(mark) }));
          (list.querySelector("button") ?? sentence.control).focus();
        };
        const name = `${quoted(mark[0], mark[1])}${told ? ` · ${told}` : ""}`;
        return kit.make("li", { class: "ml-item" }, kit.make("span", { class: "ml-words", text: name }), kit.button(kit.t("remove"), remove, { class: "ml-small", "aria-label": `${kit.t("remove")}: ${name}` }));
      }),
    );
  };
  listPlace.append(
    sentence.el, first.el, last.el, label ? label.el : "", shown,
    kit.button(kit.t("add"), add), say, kit.make("p", { class: "ml-label", text: kit.t("your_marks") }), list,
  );

  const ask = kit.button(kit.t("show_missed"), async () => {
    missed = (await here.ask("missed")) ?? [];
    sync();
    told.querySelector("p")?.scrollIntoView({ block: "nearest" });
  });
  const told = kit.make("div", { role: "status" });
  const way = kit.radios({
    label: kit.t("way_to_mark"),
    options: [{ key: "pen", text: kit.t("pen") }, { key: "list", text: kit.t("sentence_list") }],
    look: "bar",
    changed: () => {
      penPlace.hidden = way.get() !== "pen";
      listPlace.hidden = way.get() !== "list";
      if (way.get() === "pen") tell("marks");
    },
  });
  way.put("pen");
  let close = kit.pen({ model: pen, el: penPlace });
  words();
  sync();
  return {
    el: kit.make("div", {}, way.el, penPlace, listPlace, ask, told),
    get: () => marks.map((mark) => [...mark]),
    put: (value) => {
      marks = [...(value ?? [])];
      signs = {};
      missed = [];
      count = 0;
      sync();
    },
    signs: (found) => {
      const { missed: left = 0, ...own } = structuredClone(found ?? {});
      signs = own;
      missed = [];
      count = left;
      sync();
    },
    close: () => close?.(),
  };
};
