/* The paragraphs of a text, to be corrected: each is a box of its own. Enter cuts one in two, Backspace at its start joins it to the
 * one before. What was left out is beside them. What was left out here goes back to its place; the rest comes in below the
 * paragraph that was touched last. */
kit.forms.lines = (form, here) => {
  let rows = [];
  let left = []; // {text, after}: what is left out, and the row below which it was, if it was left out here
  let last = null;
  const said = kit.live("ml-hidden");
  const count = kit.make("p", { class: "ml-count" });
  const list = kit.make("ol", { class: "ml-paras" });
  const out = kit.make("ul", { class: "ml-left" });
  const outHead = kit.make("summary", {});
  const outBox = kit.make("details", { class: "ml-more", open: true }, outHead, out);

  /* Where something goes that was left out on this page: null when it was not, or when the row above it is gone. */
  const placeOf = ({ after }) => (after === null ? 0 : rows.includes(after) ? rows.indexOf(after) + 1 : null);
  const nameOf = (row) => (row.n ? `¶${row.n}` : kit.t("heading"));
  const name = () => {
    rows.forEach((row) => {
      row.number.textContent = row.n ? `¶${row.n}` : "";
      row.box.setAttribute("aria-label", row.n ? kit.t("paragraph_n", { n: row.n }) : kit.t("heading"));
      row.el.classList.toggle("ml-line-head", !row.n);
      row.drop.setAttribute("aria-label", `${kit.t("leave_out")}: ${row.box.value.slice(0, 40)}`);
    });
    const under = rows.includes(last) ? last : rows.at(-1);
    left.forEach((each) => {
      const below = under ? kit.t("put_in_below", { what: nameOf(under) }) : kit.t("put_in");
      each.button.textContent = placeOf(each) === null ? below : kit.t("put_back");
    });
  };
  const changed = () => {
    name();
    here.changed();
  };
  const touch = (row) => {
    last?.el.classList.remove("ml-line-here");
    last = row;
    row?.el.classList.add("ml-line-here");
    name();
  };
  const place = (row, at) => {
    rows.splice(at, 0, row);
    list.insertBefore(row.el, list.children[at] ?? null);
  };
  const gone = (row) => {
    rows = rows.filter((each) => each !== row);
    row.el.remove();
  };
  const focus = (row, caret) => {
    touch(row);
    row.box.focus();
    row.box.setSelectionRange(caret, caret);
  };
  const make = (text) => {
    const number = kit.make("span", { class: "ml-line-n", "aria-hidden": "true" });
    const box = kit.make("textarea", { dir: "auto", spellcheck: "false", value: text });
    const drop = kit.button("×", () => {
      const at = rows.indexOf(row);
      left.unshift({ text: box.value, after: rows[at - 1] ?? null });
      gone(row);
      drawLeft();
      said.say(kit.t("left_out", { text: box.value.slice(0, 60) }));
      (rows[at] ?? rows[at - 1])?.box.focus();
      changed();
    }, { class: "ml-small", title: kit.t("leave_out") });
    const row = { n: 0, number, box, drop, el: kit.make("li", {}, number, box, drop) };
    const size = () => (box.rows = Math.max(1, Math.ceil(box.value.length / 64)));
    // Tab only passes through: what is typed in or clicked was touched.
    box.addEventListener("pointerdown", () => touch(row));
    box.addEventListener("input", () => {
      touch(row);
      const parts = box.value.split(/\s*\n\s*/);
      if (parts.length > 1) {
        const at = rows.indexOf(row);
        box.value = parts[0];
        parts.slice(1).forEach((part, step) => place(make(part), at + 1 + step));
        focus(rows[at + parts.length - 1], 0);
      }
      size();
      changed();
    });
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Tab" && event.key !== "Shift") touch(row);
      const at = rows.indexOf(row);
      if (event.key === "Backspace" && !box.selectionStart && !box.selectionEnd && at > 0) {
        event.preventDefault();
        const before = rows[at - 1];
        const caret = before.box.value.length;
        before.box.value = [before.box.value, box.value].filter(Boolean).join(" ");
        before.box.rows = Math.max(1, Math.ceil(before.box.value.length / 64));
        gone(row);
        focus(before, caret);
        changed();
      }
    });
    size();
    return row;
  };
  const drawLeft = () => {
    outHead.textContent = kit.t("left_out_count", { n: left.length });
    outBox.hidden = !left.length;
    out.replaceChildren(
      ...left.map((each) => {
        each.button = kit.button("", () => {
          const row = make(each.text);
          place(row, placeOf(each) ?? (rows.includes(last) ? rows.indexOf(last) : rows.length - 1) + 1);
          left = left.filter((other) => other !== each);
          drawLeft();
          focus(row, 0);
          changed();
        }, { class: "ml-small" });
        return kit.make("li", {}, kit.make("span", { text: each.text, dir: "auto" }), each.button);
      }),
    );
  };
  return {
    el: kit.make("div", { class: "ml-paras-two" }, kit.make("div", {}, count, list, said), outBox),
    get: () => ({ lines: rows.map((row) => row.box.value), left: left.map((each) => each.text) }),
    put: (value) => {
      rows = [];
      last = null;
      list.replaceChildren();
      (value?.lines ?? []).forEach((text) => place(make(text), rows.length));
      left = (value?.left ?? []).map((text) => ({ text }));
      drawLeft();
      name();
    },
    /* `{numbers: [1, 2, 0, …], words: 612}`: which lines are paragraphs is Python's to say. */
    signs: (given) => {
      if (!given) return;
      const { numbers, words } = given;
      count.textContent = kit.t("words_in_paragraphs", { n: words, p: numbers.filter(Boolean).length });
      if (numbers.length === rows.length) rows.forEach((row, at) => (row.n = numbers[at]));
      name();
    },
  };
};
