/* Type a number, or words. What is no number is handed on as typed, so that the check can say so. */
kit.forms.number = (form, here) =>
  kit.typed({ label: kit.t("your_number"), unit: form.unit, inputmode: "decimal", changed: here.changed });

kit.forms.text = (form, here) => kit.typed({ label: form.label || kit.t("your_words"), lines: form.lines, changed: here.changed });

/* Do something once with a button; what it returns is the answer. */
kit.forms.act = (form, here) => {
  let result = {};
  const said = kit.live();
  const tell = () => {
    const told = Object.entries(result).map(([name, text]) => `${name}: ${text}`);
    said.say(told.length ? kit.t("act_done", { what: told.join("; ") }) : "");
  };
  const act = async () => {
    result = (await here.ask("act")) ?? {};
    tell();
    here.changed();
  };
  return {
    el: kit.make("div", {}, kit.button(form.label, act), said),
    get: () => ({ ...result }),
    put: (value) => {
      result = { ...value };
      tell();
    },
  };
};
