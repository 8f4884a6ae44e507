/* What every form on a page is made of: elements, labels, radio buttons that look like cards or like one bar, places that
 * a screen reader announces. Words come from Python (`words`), so that a translator finds them in one file. */

/* Python should have answered within so many ms. */
const kit = { forms: {}, words: {}, ANSWER_WITHIN: 6000 };

/* Words written from right to left keep their order in any sentence, and a screen reader is told their language. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
kit.speak = (el, text) => {
  el.textContent = text;
  if (!RIGHT_TO_LEFT.test(text)) return;
  el.dir = "auto";
  if (kit.language && !/[A-Za-z]/.test(text)) el.lang = kit.language;
};

/* An element: `make("p", {class: "x", text: "…", on: {click: act}, "aria-label": "…"}, child, …)`. */
kit.make = (tag, given = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "text") kit.speak(made, value);
    else if (name === "html") made.innerHTML = value;
    else if (name === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
    else if (name === "value" || name === "checked") made[name] = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== "" && child !== false));
  return made;
};

/* A sentence of the interface with its blanks filled in: `say("mark_count", {n: 3})`. `{n|word|words}` agrees with a number. */
kit.t = (name, blanks = {}) =>
  (kit.words[name] ?? name)
    .replace(/\{(\w+)\|([^|}]*)\|([^}]*)\}/g, (_, key, one, many) => `${blanks[key]} ${blanks[key] === 1 ? one : many}`)
    .replace(/\{(\w+)\}/g, (whole, key) => (key in blanks ? String(blanks[key]) : whole));

// A page may hold widgets of two kernels, each with this file: they must not share a name, or their radio buttons are one group.
const scope = Math.random().toString(36).slice(2, 8);
let counter = 0;
kit.id = (stem) => `ml-${stem}-${scope}-${(counter += 1)}`;
kit.same = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/* True when nothing was answered, by the same rule as in Python. */
kit.blank = (value) => {
  if (value === null || value === undefined) return true;
  if (typeof value === "string") return !value.trim();
  if (Array.isArray(value)) return value.every(kit.blank);
  if (typeof value === "object") return Object.values(value).every(kit.blank);
  return false;
};

kit.button = (text, act, more = {}) =>
  kit.make("button", { type: "button", text, ...more, class: `ml-button ${more.class ?? ""}`.trim(), on: { click: act } });

/* A place that is announced when it changes; the same words a second time are said again. */
kit.live = (name = "ml-live") => {
  const place = kit.make("div", { class: name, role: "status", "aria-live": "polite" });
  place.say = (words) => {
    place.textContent = place.textContent === words && words ? `${words}\u00a0` : words;
  };
  place.show = (html) => {
    if (place.dataset.html !== html) place.innerHTML = html;
    place.dataset.html = html;
  };
  return place;
};

/* `**bold**`, `*emphasis*` and `code` in a line of text; nothing else, and no HTML. */
kit.inline = (text) => {
  const made = document.createDocumentFragment();
  for (const part of text.split(/(\*\*[^*]+\*\*|\*[^*\s][^*]*\*|`[^`]+`)/)) {
    if (/^\*\*.+\*\*$/.test(part)) made.append(kit.make("strong", { text: part.slice(2, -2) }));
    else if (/^\*.+\*$/.test(part)) made.append(kit.make("em", { text: part.slice(1, -1) }));
    else if (/^`.+`$/.test(part)) made.append(kit.make("code", { text: part.slice(1, -1) }));
    else made.append(RIGHT_TO_LEFT.test(part) ? kit.make("bdi", { text: part }) : part);
  }
  return made;
};

/* Native radio buttons or check boxes in a frame: `look` is "cards" (one below the other) or "bar" (side by side). */
const choices = (type, { label, options, changed, look = "cards", hidden = false }) => {
  const name = kit.id("group");
  const inputs = options.map((option) => kit.make("input", { type, name, value: option.key, on: { change: () => changed() } }));
  const el = kit.make(
    "fieldset",
    { class: `ml-choices ml-${look}` },
    kit.make("legend", { class: hidden ? "ml-hidden" : "ml-label" }, kit.inline(label)),
    ...options.map((option, place) =>
      kit.make(
        "label",
        { class: "ml-choice" },
        inputs[place],
        kit.make("span", { class: "ml-words" }, kit.inline(option.text), option.more && kit.make("small", { text: option.more })),
      ),
    ),
  );
  return { el, inputs };
};

/* One choice out of a few. */
kit.radios = ({ clear = false, ...given }) => {
  const { el, inputs } = choices("radio", given);
  const get = () => inputs.find((input) => input.checked)?.value ?? null;
  if (clear) {
    // A choice that is not required can be taken back: a second click on it, or Delete.
    let held = null;
    el.addEventListener("pointerdown", (event) => {
      held = event.target.closest("label")?.querySelector("input:checked") ?? null;
    });
    const off = (input) => {
      input.checked = false;
      given.changed();
    };
    el.addEventListener("click", (event) => event.target === held && off(held));
    el.addEventListener("keydown", (event) => {
      if ((event.key === "Delete" || event.key === "Backspace") && event.target.checked) off(event.target);
    });
  }
  return { el, get, put: (key) => inputs.forEach((input) => (input.checked = input.value === key)) };
};

/* Any number of choices, as check boxes. */
kit.checks = (given) => {
  const { el, inputs } = choices("checkbox", given);
  return {
    el,
    get: () => inputs.filter((input) => input.checked).map((input) => input.value),
    put: (keys) => inputs.forEach((input) => (input.checked = (keys ?? []).includes(input.value))),
  };
};

/* A list to choose from that folds away. */
kit.select = ({ label, options, changed, hidden = false, none = kit.t("choose"), more = {} }) => {
  const id = kit.id("select");
  const control = kit.make("select", { id, ...more, on: { change: () => changed() } });
  const fill = (choices) => {
    const now = control.value;
    control.replaceChildren(
      ...(none === null ? [] : [kit.make("option", { value: "", text: none })]),
      ...choices.map((option) => kit.make("option", { value: option.key, text: option.text })),
    );
    control.value = choices.some((option) => option.key === now) ? now : none === null ? control.value : "";
  };
  fill(options);
  const el = kit.make(
    "div",
    { class: "ml-field" },
    kit.make("label", { for: id, class: hidden ? "ml-hidden" : "ml-label" }, kit.inline(label)),
    control,
  );
  return { el, control, fill, get: () => control.value || null, put: (key) => (control.value = key ?? "") };
};

/* One line of text, or several. `count` says how much room is left. */
kit.typed = ({ label, lines = 1, changed, hidden = false, count = null, unit = "", inputmode = null }) => {
  const id = kit.id("text");
  const control = kit.make(lines > 1 ? "textarea" : "input", {
    id,
    ...(lines > 1 ? { rows: lines } : { type: "text", inputmode, autocomplete: "off" }),
    on: { input: () => (tell(), changed()) },
  });
  const said = count ? kit.make("p", { class: "ml-count", id: `${id}c` }) : null;
  const tell = () => said && (said.textContent = count(control.value));
  if (said) control.setAttribute("aria-describedby", said.id);
  tell();
  const el = kit.make(
    "div",
    { class: "ml-field" },
    kit.make("label", { for: id, class: hidden ? "ml-hidden" : "ml-label" }, kit.inline(label)),
    unit ? kit.make("span", { class: "ml-unit" }, control, kit.make("span", { text: unit })) : control,
    said,
  );
  return {
    el,
    control,
    get: () => control.value,
    put: (value) => {
      control.value = value ?? "";
      tell();
    },
  };
};

kit.note = (text, tone = "") => kit.make("p", { class: `ml-note ${tone}`.trim() }, kit.inline(text));
