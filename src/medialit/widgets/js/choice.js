/* Pick one option, or several. */
// The order is each learner's own, so no option shows its key: keys are for answers by code, and `unit.rows` lists them.
kit.forms.choice = (form, here) => {
  const given = {
    label: form.several ? kit.t("choose_all") : kit.t("your_answer"),
    options: form.options,
    changed: here.changed,
    hidden: !form.several,
    look: form.options.every((option) => option.text.length <= 16) && form.options.length <= 4 ? "bar" : "cards",
  };
  const made = form.several ? kit.checks({ ...given, hidden: false, look: "cards" }) : kit.radios(given);
  return made;
};
