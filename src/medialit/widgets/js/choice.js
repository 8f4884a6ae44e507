/* Pick one option, or several. */
// A letter goes with its option, wherever it is on the page: everybody can name it, in class and by code.
const lettered = (options) => options.map((option) => ({ ...option, tag: option.key.length === 1 ? option.key : "" }));

kit.forms.choice = (form, here) => {
  const given = {
    label: form.several ? kit.t("choose_all") : kit.t("your_answer"),
    options: lettered(form.options),
    changed: here.changed,
    hidden: !form.several,
    look: form.options.every((option) => option.text.length <= 16) && form.options.length <= 4 ? "bar" : "cards",
  };
  const made = form.several ? kit.checks({ ...given, hidden: false, look: "cards" }) : kit.radios(given);
  return made;
};
