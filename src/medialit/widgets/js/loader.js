/* The script that every widget carries: it reads what draws them all, which comes once for all of them, and only once. */
const parts = (window.medialitParts ??= new Map());

const load = async (code) => {
  const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  const part = await import(url);
  URL.revokeObjectURL(url);
  return part.default;
};

const dress = (text) => {
  let style = document.getElementById("medialit-style");
  if (style?.textContent === text) return;
  style ??= document.head.appendChild(Object.assign(document.createElement("style"), { id: "medialit-style" }));
  style.textContent = text;
};

async function render({ model, el }) {
  const shared = await model.widget_manager.get_model(model.get("shared").replace("IPY_MODEL_", ""));
  const code = shared.get("script");
  if (!parts.has(code)) parts.set(code, load(code));
  const part = await parts.get(code);
  dress(shared.get("style"));
  return part.render({ model, el, words: shared.get("words") });
}

export default { render };
