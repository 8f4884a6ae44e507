"use strict";
(() => {
  const page = JSON.parse(document.getElementById("page").textContent);
  const all = [...document.querySelectorAll("article")];
  const by = document.getElementById("by");
  const store = {
    get() { try { return JSON.parse(localStorage.getItem(page.id)) || {}; } catch { return {}; } },
    set(value) { try { localStorage.setItem(page.id, JSON.stringify(value)); } catch { /* a browser without storage */ } },
  };
  const comments = new Set(page.comments);

  function mark(article) {
    const found = { ...JSON.parse(article.dataset.place) };
    for (const box of article.querySelectorAll("input[type=radio]:checked")) {
      if (box.dataset.level) (found.levels ??= {})[box.dataset.level] = box.value;
      else if (box.value !== "") found.score = Number(box.value);
    }
    for (const words of article.querySelectorAll("[data-words]")) {
      if (words.value.trim()) found[words.dataset.words] = words.value.trim();
    }
    return found;
  }
  function done(found) {
    return page.levels ? Object.keys(found.levels || {}).length === page.levels : "score" in found || "reply" in found;
  }
  function changed(article) {
    return JSON.stringify(mark(article)) !== article.dataset.first;
  }
  function keep() {
    const marked = all.filter((one) => { const is = done(mark(one)); one.classList.toggle("done", is); return is; });
    document.getElementById("count").textContent = `${marked.length} of ${all.length} marked.`;
    const held = {};
    for (const one of all) if (changed(one)) held[one.dataset.place] = mark(one);
    store.set({ by: by.value, held });
  }
  function lists() {
    for (const list of document.querySelectorAll("[data-reuse]")) {
      list.length = 1;
      for (const text of comments) list.add(new Option(text.slice(0, 80), text));
    }
  }
  for (const one of all) one.dataset.first = JSON.stringify(mark(one));
  const { by: who = "", held = {} } = store.get();
  by.value = who;
  for (const one of all) {
    const found = held[one.dataset.place];
    if (!found) continue;
    for (const box of one.querySelectorAll("input[type=radio]")) {
      const value = box.dataset.level ? found.levels?.[box.dataset.level] : String(found.score ?? "");
      box.checked = box.value === value;
    }
    for (const words of one.querySelectorAll("[data-words]")) words.value = found[words.dataset.words] ?? "";
  }
  document.addEventListener("input", keep);
  document.addEventListener("change", (event) => {
    const { target } = event;
    if (target.matches("[data-words=reason]") && target.value.trim()) { comments.add(target.value.trim()); lists(); }
    if (target.matches("[data-reuse]") && target.value) {
      const words = target.closest("article").querySelector("[data-words=reason]");
      words.value = [words.value.trim(), target.value].filter(Boolean).join(" ");
      target.value = "";
      words.focus();
    }
    keep();
  });
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    const here = all.findIndex((one) => one.contains(document.activeElement));
    const next = all[here + (event.key === "ArrowDown" ? 1 : -1)] ?? all[0];
    next?.focus();
    next?.scrollIntoView({ block: "start" });
  });
  document.getElementById("save").addEventListener("click", () => {
    const at = new Date().toISOString().replace(/\.\d+Z$/, "Z");
    const marks = all.filter((one) => changed(one)).map(mark);
    const text = JSON.stringify({ kind: "medialit marks", version: 1, at, by: by.value.trim(), marks }, null, 1);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = `marks-${page.task}-${at.replace(/[:]/g, "")}.json`;
    link.click();
    document.getElementById("count").textContent =
      `Saved ${marks.length} of ${all.length}. Give the file to: medialit mark GRADEBOOK --take FILE`;
  });
  lists();
  keep();
})();
