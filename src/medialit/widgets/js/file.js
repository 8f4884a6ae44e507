/* Choose a file; what is in it goes to Python and nowhere else: its text, or with `whole` its name and its bytes. */
kit.forms.file = (form, here) => {
  const input = kit.make("input", { type: "file", accept: form.accept, id: kit.id("file"), class: "ml-file" });
  let held = null;
  const bytes = (file) =>
    new Promise((done) => {
      const reader = new FileReader();
      reader.onloadend = () => done((reader.result ?? "").replace(/^[^,]*,/, ""));
      reader.readAsDataURL(file);
    });
  input.addEventListener("change", async () => {
    if (!input.files.length) return;
    const [file] = input.files;
    // One message to Python has room for so much.
    held = form.whole ? { name: file.name, size: file.size, data: file.size > form.most ? "" : await bytes(file) } : await file.text();
    here.changed();
    input.value = "";
  });
  return {
    el: kit.make("div", { class: "ml-field" }, kit.make("label", { for: input.id, class: "ml-label", text: form.label }), input),
    get: () => held,
    put: () => {},
  };
};
