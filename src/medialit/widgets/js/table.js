/* One or more fields for each row: short choices side by side, sentences as cards, long lists folded, numbers typed. */
const FEW = 7;
const SHORT = 40;
const TOGETHER = 130; // letters of all choices: two or three lines below a statement
const BESIDE = 48; // letters of all choices that stand beside it
const letters = (column) => column.options.reduce((sum, option) => sum + option.text.length, 0);
const isShown = (column) => column.options.length <= FEW && letters(column) <= TOGETHER && column.options.every((option) => option.text.length <= SHORT);

/* "mixed: part of it in quotation marks" is a name and its meaning. Rows show the names; a list above them says once what they mean. */
const NAMED = /^([^:]{1,26}): (.+)$/;
const named = (column, rows) => {
  const found = column.options.map((option) => NAMED.exec(option.text));
  if (rows < 3 || column.several || column.long || !found.length || found.length > FEW || !found.every(Boolean)) return [column, null];
  const list = kit.make("div", { class: "ml-key" }, ...found.map(([, name, means]) => kit.make("p", {}, kit.make("strong", { text: `${name}: ` }), kit.inline(means))));
  return [{ ...column, options: column.options.map((option, place) => ({ ...option, text: found[place][1] })) }, list];
};

/* Numbered options: their numbers can be typed, and the list of them unfolds to be clicked. Both are one list. */
const numbered = (column, row, changed) => {
  const numberOf = (key) => key.replace(/^\D+/, "");
  const stem = column.options[0].key.replace(/\d+$/, "");
  let keys = [];
  let list = null; // made when it is first unfolded: there can be a list of the whole text in every row
  const box = kit.typed({
    label: column.label,
    changed: () => {
      keys = [...new Set(box.get().match(/\d+/g) ?? [])].map((number) => `${stem}${Number(number)}`);
      list?.put(keys);
      changed();
    },
  });
  const order = () => column.options.map((option) => option.key).filter((key) => list.get().includes(key));
  const clicked = () => {
    put(order());
    changed();
  };
  const summary = kit.make("summary", { text: kit.t("choose_in_text"), "aria-label": `${kit.t("choose_in_text")}: ${row.name}` });
  const fold = kit.make("details", { class: "ml-fold-list" }, summary);
  fold.addEventListener("toggle", () => {
    if (list || !fold.open) return;
    list = kit.checks({ label: column.label, options: column.options, changed: clicked, look: "lines", hidden: true });
    list.put(keys);
    fold.append(list.el);
  });
  const put = (given) => {
    keys = [...(given ?? [])];
    box.put(keys.map(numberOf).join(", "));
    list?.put(keys);
  };
  return { el: kit.make("div", { class: "ml-numbered" }, box.el, fold), get: () => keys, put };
};

const field = (column, row, changed, alone) => {
  const label = alone ? kit.t("field_of_row", { field: column.label, row: row.name }) : column.label;
  if (!column.options.length) {
    return kit.typed({ label: column.label, changed, inputmode: "decimal", hidden: alone && !column.label });
  }
  if (column.several && column.folded) return numbered(column, row, changed);
  if (column.several) {
    return kit.checks({ label: column.label, options: column.options, changed, look: column.options.every((o) => o.text.length <= 4) ? "bar" : "cards" });
  }
  if (isShown(column)) return kit.radios({ label, options: column.options, changed, look: "bar", hidden: alone, clear: true });
  if (column.long) return kit.radios({ label, options: column.options, changed, look: "cards", hidden: alone, clear: true });
  return kit.select({ label, options: column.options, changed, hidden: alone });
};

/* The fields of one row; one that belongs to a choice in another is hidden until that is made. */
const fieldsOf = (columns, row, changed, alone) => {
  const bound = columns.filter((column) => column.when);
  const sync = () => bound.forEach(({ name, when }) => (made[name].el.hidden = made[when[0]].get() !== when[1]));
  const tell = () => (sync(), changed());
  const made = Object.fromEntries(columns.map((column) => [column.name, field(column, row, bound.length ? tell : changed, alone)]));
  for (const cell of bound.length ? Object.values(made) : []) {
    const { put } = cell;
    cell.put = (value) => (put(value), sync());
  }
  sync();
  return made;
};

const rowsOf = (form) =>
  form.rows.map((row) => {
    // The first line names the row; further ones explain it.
    const [name, ...more] = row.text.split("\n");
    return { ...row, name, more };
  });

const cellsOf = (cells) => ({
  get: () => {
    const filled = {};
    for (const [row, fields] of cells) {
      const given = Object.entries(fields).map(([name, cell]) => [name, cell.get()]).filter(([, value]) => !kit.blank(value));
      if (given.length) filled[row] = Object.fromEntries(given);
    }
    return filled;
  },
  put: (value) => {
    for (const [row, fields] of cells) {
      for (const [name, cell] of Object.entries(fields)) cell.put((value ?? {})[row]?.[name] ?? null);
    }
  },
});

/* A table that a lesson may do in part: one button turns between the short form and all of it. Nothing filled in is lost. */
const shorten = (form, rows) => {
  if (!form.short) return null;
  let few = false;
  const turn = kit.button(form.short.few, () => {
    few = !few;
    for (const [key, row] of rows) row.hidden = few && !form.short.rows.includes(key);
    turn.textContent = few ? form.short.all : form.short.few;
  });
  return turn;
};

/* What a check says of single rows: `{row: reason}`. Such a row carries a sign, its reason opens on request, and a button
 * goes through these rows one at a time. `places` are where the reasons go. */
const lookAgain = (lines, places) => {
  let open = [];
  let at = -1;
  const said = kit.make("span", { role: "status" });
  const show = (to) => {
    at = to < open.length ? to : -1;
    for (const [key, line] of lines) line.classList.toggle("ml-not-now", at >= 0 && key !== open[at]);
    one.textContent = kit.t(at < 0 ? "one_row" : at + 1 < open.length ? "next_row" : "all_rows");
    if (at >= 0) lines.get(open[at]).querySelector("input, select")?.focus();
  };
  const one = kit.button(kit.t("one_row"), () => show(at + 1), { class: "ml-small" });
  const reasons = () => [...places.values()].flatMap((place) => [...place.querySelectorAll("details")]);
  const why = kit.button(kit.t("all_reasons"), () => {
    show(-1);
    for (const reason of reasons()) reason.open = true;
  }, { class: "ml-small" });
  const all = kit.make("div", { class: "ml-rows-again", hidden: true }, said, one, why);
  return {
    el: all,
    signs: (rows) => {
      open = [...lines.keys()].filter((key) => key in (rows ?? {}));
      for (const [key, place] of places) {
        const reason = rows?.[key] ?? "";
        place.replaceChildren(
          ...(!open.includes(key) ? [] : reason ? [kit.make("details", {}, kit.make("summary", { text: kit.t("look_again_why") }), kit.make("p", {}, kit.inline(reason)))] : [kit.make("p", { text: kit.t("look_again") })]),
        );
        lines.get(key).classList.toggle("ml-again", open.includes(key));
      }
      all.hidden = !open.length;
      why.hidden = reasons().length < 2;
      said.textContent = open.length ? kit.t("rows_again", { n: open.length }) : "";
      show(-1);
    },
  };
};

kit.forms.table = (form, here) => {
  const cells = new Map();
  const places = new Map();
  const both = form.fields.map((column) => named(column, form.rows.length));
  const columns = both.map(([column]) => column);
  const alone = columns.length === 1;
  // One short field stands beside its row in a wide window.
  const side = alone && !columns[0].several && !columns[0].long && (!isShown(columns[0]) || letters(columns[0]) <= BESIDE);
  const lines = new Map();
  const rows = rowsOf(form).map((row) => {
    const made = fieldsOf(columns, row, here.changed, alone);
    cells.set(row.key, made);
    const id = kit.id("row");
    const place = kit.make("div", { class: "ml-row-says" });
    places.set(row.key, place);
    const line = kit.make(
      "div",
      { class: side ? "ml-row ml-side" : "ml-row", role: "group", "aria-labelledby": id, "data-row": row.key },
      kit.make("div", { class: "ml-row-name" }, kit.make("p", { id, class: "ml-strong" }, kit.inline(row.name)), ...row.more.map((text) => kit.make("p", {}, kit.inline(text)))),
      kit.make("div", { class: "ml-row-fields" }, ...Object.values(made).map((cell) => cell.el)),
      place,
    );
    lines.set(row.key, line);
    return line;
  });
  const again = lookAgain(lines, places);
  return { el: kit.make("div", { class: "ml-table" }, ...both.map(([, list]) => list), shorten(form, lines), ...rows, again.el), ...cellsOf(cells), signs: again.signs };
};

/* A grid: statements down, sources across. In a narrow window each row becomes a short list. */
kit.forms.matrix = (form, here) => {
  const cells = new Map();
  const lines = new Map();
  const places = new Map();
  const tints = new Map(form.fields[0].options.map((option, place) => [option.key, place]));
  const head = kit.make(
    "tr",
    {},
    kit.make("th", { scope: "col", text: kit.t("statement") }),
    ...form.fields.map((column) => kit.make("th", { scope: "col" }, kit.inline(column.label))),
  );
  const body = rowsOf(form).map((row) => {
    const made = {};
    const place = kit.make("div", { class: "ml-row-says" });
    places.set(row.key, place);
    const line = kit.make("tr", {}, kit.make("th", { scope: "row", class: "ml-row-name" }, kit.make("p", {}, kit.inline(row.name)), ...row.more.map((text) => kit.make("small", { text })), place));
    for (const column of form.fields) {
      const tint = () => (box.dataset.tint = tints.get(cell.get()) ?? "none");
      const cell = kit.select({
        label: kit.t("field_of_row", { field: column.label, row: row.name }),
        options: column.options,
        hidden: true,
        none: kit.t("choose_short"),
        changed: () => (tint(), here.changed()),
      });
      const box = kit.make("td", { "data-label": column.label }, kit.make("span", { class: "ml-narrow", "aria-hidden": "true", text: column.label }), cell.el);
      made[column.name] = { get: cell.get, put: (value) => (cell.put(value), tint()) };
      tint();
      line.append(box);
    }
    cells.set(row.key, made);
    lines.set(row.key, line);
    return line;
  });
  const table = kit.make("table", { class: "ml-matrix" }, kit.make("thead", {}, head), kit.make("tbody", {}, ...body));
  const wide = kit.make("div", { class: "ml-wide", tabindex: "0", role: "group", "aria-label": kit.t("table_scrolls") }, table);
  const again = lookAgain(lines, places);
  return { el: kit.make("div", {}, shorten(form, lines), wide, again.el), ...cellsOf(cells), signs: again.signs };
};
