/* Pick one option, or several. */
const lettered = (options) =>
  options.map((option) => ({ ...option, text: option.key.length === 1 ? `${option.key}) ${option.text}` : option.text }));

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
