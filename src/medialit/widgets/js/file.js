/* Choose a file; its text goes to Python and nowhere else. */
kit.forms.file = (form, here) => {
  const input = kit.make("input", { type: "file", accept: form.accept, id: kit.id("file"), class: "ml-file" });
  let text = null;
  input.addEventListener("change", async () => {
    if (!input.files.length) return;
    text = await input.files[0].text();
    here.changed();
    input.value = "";
  });
  return {
    el: kit.make("div", { class: "ml-field" }, kit.make("label", { for: input.id, class: "ml-label", text: form.label }), input),
    get: () => text,
    put: () => {},
  };
};
