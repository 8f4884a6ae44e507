/* Put items in order: each has a button up and a button down, and can be dragged. With `optional` some are left out. */
kit.forms.order = (form, here) => {
  const texts = new Map(form.options.map((option) => [option.key, option.text]));
  const start = () => (form.optional ? [] : [...texts.keys()]);
  let order = start();
  let dragged = null;
  const said = kit.live("ml-hidden");
  const list = kit.make("ol", { class: "ml-order" });
  const pool = kit.make("ul", { class: "ml-order ml-pool" });
  const outside = () => [...texts.keys()].filter((key) => !order.includes(key));

  const to = (key, place, focus) => {
    const rest = order.filter((each) => each !== key);
    if (place === null) order = rest;
    else order = [...rest.slice(0, place), key, ...rest.slice(place)];
    draw();
    const at = order.indexOf(key);
    said.say(at < 0 ? kit.t("left_out", { text: texts.get(key) }) : kit.t("now_number", { n: at + 1, of: order.length, text: texts.get(key) }));
    const line = el.querySelector(`[data-key="${CSS.escape(key)}"]`);
    (line?.querySelector(`[data-act="${focus}"]:not([aria-disabled="true"])`) ?? line?.querySelector("button"))?.focus({ preventScroll: false });
    here.changed();
  };

  const control = (key, act, sign, name, target) => {
    const off = target === undefined;
    return kit.button(sign, () => (off ? said.say(kit.t(act === "up" ? "already_first" : "already_last")) : to(key, target, act)), {
      class: "ml-small",
      "aria-label": `${name}: ${texts.get(key)}`,
      "data-act": act,
      "aria-disabled": off ? "true" : null,
    });
  };

  const line = (key, place) => {
    const inside = place >= 0;
    const made = kit.make(
      "li",
      { "data-key": key, draggable: inside ? "true" : null, class: "ml-item" },
      kit.make("span", { class: "ml-words" }, kit.inline(texts.get(key))),
      kit.make(
        "span",
        { class: "ml-tools" },
        inside && control(key, "up", "↑", kit.t("move_up"), place > 0 ? place - 1 : undefined),
        inside && control(key, "down", "↓", kit.t("move_down"), place < order.length - 1 ? place + 1 : undefined),
        form.optional && (inside ? control(key, "out", kit.t("leave_out"), kit.t("leave_out"), null) : control(key, "in", kit.t("put_in"), kit.t("put_in"), order.length)),
      ),
    );
    made.addEventListener("dragstart", (event) => {
      dragged = key;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", texts.get(key));
    });
    made.addEventListener("dragover", (event) => {
      if (dragged) event.preventDefault();
    });
    made.addEventListener("drop", (event) => {
      event.preventDefault();
      if (dragged && dragged !== key && inside) to(dragged, place, "up");
      dragged = null;
    });
    return made;
  };

  const draw = () => {
    list.replaceChildren(...order.map((key, place) => line(key, place)));
    pool.replaceChildren(...outside().map((key) => line(key, -1)));
    pool.hidden = !outside().length;
    empty.hidden = order.length > 0;
  };
  const empty = kit.make("p", { class: "ml-empty", text: kit.t("order_empty") });
  const name = kit.make("p", { class: "ml-label", id: kit.id("order"), text: kit.t(form.optional ? "your_choice_in_order" : "your_order") });
  list.setAttribute("aria-labelledby", name.id);
  pool.setAttribute("aria-label", kit.t("not_in_order"));
  const el = kit.make("div", {}, name, empty, list, form.optional && kit.make("p", { class: "ml-label", text: kit.t("not_in_order") }), form.optional && pool, said);
  draw();
  return {
    el,
    get: () => [...order],
    put: (value) => {
      order = kit.blank(value) ? start() : value.filter((key) => texts.has(key));
      draw();
    },
  };
};
