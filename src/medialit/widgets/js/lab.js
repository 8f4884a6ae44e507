/* The reliability lab: choose two codings, work out their agreement by buttons or by five lines in order, and read the interval. */
kit.forms.lab = (form, here) => {
  let codings = { ...form.codings }; // {key: [title, {item: label}]}
  const options = () => Object.entries(codings).map(([key, [title]]) => ({ key, text: title }));
  const changed = () => (compare(), here.changed());
  const sides = {
    first: kit.select({ label: kit.t("first_coding"), options: options(), changed }),
    second: kit.select({ label: kit.t("second_coding"), options: options(), changed }),
  };
  const coding = (name) => codings[sides[name].get()]?.[1] ?? null;
  const refill = () => Object.values(sides).forEach((side) => side.fill(options()));
  const said = kit.live();
  const table = kit.live("ml-wide");
  const steps = kit.live();
  const ran = kit.live();
  const file = kit.make("input", { type: "file", accept: ".json", id: kit.id("file"), class: "ml-file" });
  file.addEventListener("change", async () => {
    if (!file.files.length) return;
    const told = await here.ask("read", { text: (await file.files[0].text()).slice(0, 200_000) });
    said.say(told?.said ?? "");
    if (told?.coding) {
      codings.partner = [kit.t("partners_file"), told.coding];
      refill();
    }
    file.value = "";
  });
  const pair = () => ({ first: coding("first"), second: coding("second") });
  const compare = async () => {
    steps.show("");
    ran.show("");
    table.show(coding("first") && coding("second") ? ((await here.ask("compare", pair())) ?? "") : "");
  };
  const lines = kit.forms.order({ options: [form.lines[form.lines.length - 1], ...form.lines.slice(1, -1).reverse(), form.lines[0]], optional: false }, { ...here, changed: () => {} });
  const way = kit.make(
    "details",
    { class: "ml-more" },
    kit.make("summary", { text: kit.t("code_way") }),
    lines.el,
    kit.button(kit.t("run_lines"), async () => ran.show((await here.ask("run", { lines: lines.get(), ...pair() })) ?? "")),
    ran,
  );
  const band = kit.radios({ label: kit.t("band"), options: form.bands, changed: here.changed });
  const reading = kit.radios({ label: kit.t("reading"), options: form.readings, changed: here.changed });
  const work = async () => steps.show((await here.ask("work", pair())) ?? "");
  return {
    el: kit.make(
      "div",
      {},
      kit.make("div", { class: "ml-beside" }, sides.first.el, sides.second.el),
      kit.make("div", { class: "ml-field" }, kit.make("label", { for: file.id, class: "ml-label", text: kit.t("load_partner") }), file),
      said,
      table,
      kit.button(kit.t("work_out"), work),
      steps,
      way,
      band.el,
      reading.el,
    ),
    get: () => {
      const given = { first: coding("first"), second: coding("second"), band: band.get(), reading: reading.get() };
      return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
    },
    put: (value) => {
      for (const name of ["first", "second"]) {
        const given = value?.[name];
        let key = given ? Object.keys(codings).find((each) => kit.same(codings[each][1], given)) : null;
        if (given && !key) codings[(key = `kept-${name}`)] = [kit.t(`kept_${name}`), given];
        refill();
        sides[name].put(key ?? "");
      }
      band.put(value?.band ?? null);
      reading.put(value?.reading ?? null);
      compare();
    },
    /* A coding that was just made is offered at once. */
    offer: (given) => {
      codings = { ...codings, ...given.codings };
      refill();
    },
  };
};
