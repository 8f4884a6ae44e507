/* The pen: an article with numbered paragraphs, and marks on its words.
 *
 * Positions are code points of the whole text, as Python counts them; the browser counts UTF-16 units. Paragraphs are
 * drawn once; a change draws again only those whose marks changed. Chips and brackets are generated content, so the
 * text of a paragraph stays exactly the text of the article. Nothing is fetched from anywhere.
 */

const KEEP_AFTER = 800; // ms of quiet before a draft is kept; more when there are thousands of marks
const ANSWER_WITHIN = 5000; // ms in which the kernel should have taken the marks
const STEPS = 200; // changes that can be taken back
const PAGE = 50; // marks listed at a time
const MANY_BLOCKS = 200; // from here on, paragraphs that are out of sight are not laid out
const DRAWN = 40; // a longer choice is drawn as whole paragraphs in its middle
const HELP =
  "Drag over words. Or tap the first word, press Extend, and tap the last one. A tap on a mark picks it; one more tap takes the " +
  "word alone. Keys: arrow keys move by word and by sentence, with Shift they choose more. ";

const make = (tag, classes, text) => {
  const made = document.createElement(tag);
  if (classes) made.className = classes;
  if (text !== undefined) made.textContent = text;
  return made;
};
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const equal = (mark, other) => mark[0] === other[0] && mark[1] === other[1] && mark[2] === other[2];
const length = (mark) => mark[1] - mark[0];
const compare = (a, b) => a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : a[2] > b[2] ? 1 : 0);
/* How many items of a sorted list are at most `value`. */
const upTo = (list, value) => {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
};

/* The text as words: for each word its start and end (code points), its sentence and its block. */
function readText(blocks) {
  const text = { start: [], end: [], sentence: [], block: [], sentences: [], starts: [] };
  blocks.forEach((block, place) => {
    text.starts.push(block.start);
    const points = [...block.text];
    block.length = points.length;
    block.units = null;
    if (points.length !== block.text.length) {
      block.units = [0];
      for (const point of points) block.units.push(block.units[block.units.length - 1] + point.length);
    }
    for (const { number, words } of block.sentences) {
      const before = text.sentences[text.sentences.length - 1];
      const run = before ? before.run + (before.number + 1 === number ? 0 : 1) : 0;
      if (!words.length) continue;
      text.sentences.push({ number, run, first: text.start.length, last: text.start.length + words.length / 2 - 1 });
      for (let i = 0; i < words.length; i += 2) {
        text.start.push(block.start + words[i]);
        text.end.push(block.start + words[i + 1]);
        text.sentence.push(text.sentences.length - 1);
        text.block.push(place);
      }
    }
  });
  return text;
}

/* What a check said: of the learner's own marks by place, and what was missed (after it was asked for). */
function signsOf(list) {
  const own = list.filter((sign) => sign[2] !== "missed").map(([start, end, name]) => [`${start},${end}`, name]);
  return { own: new Map(own), missed: list.filter((sign) => sign[2] === "missed") };
}

function render({ model, el }) {
  const blocks = model.get("blocks").map((block) => ({ ...block }));
  const labels = model.get("labels");
  const text = readText(blocks);
  const names = new Map(labels.map((label) => [label.key, label.name]));
  const looks = new Map(labels.map((label) => [label.key, label.look]));
  const id = `mlh${Math.random().toString(36).slice(2)}`;
  const stashName = model.get("key") ? `medialit:${model.get("key")}` : "";

  let marks = model.get("marks");
  let signs = signsOf(model.get("signs"));
  let byBlock = new Map();
  let undone = [];
  let done = [];
  let choice = null; // {anchor, focus}: words; exact: the stretch of a picked mark as it is
  let picked = null; // the mark that will be changed or removed
  let caret = -1;
  let byKeys = false; // the caret is where keys put it, and not where the mouse was
  let mine = 0; // number of the last change that was sent from here
  let page = 0;
  let drawn = []; // boxes of the choice and the caret
  let filled = []; // paragraphs that are chosen as a whole
  let inView = true; // the caret is on show
  let pointing = false;
  let away = false; // the kernel did not answer in time
  let extending = false;
  let untilChosen = false; // is what was said last true only as long as nothing is chosen?
  let keepTimer = 0;
  let watchdog = 0;
  let selectionTimer = 0;

  // --- the page ------------------------------------------------------------------------------------------------------

  const root = make("div", "mlh");
  root.dataset.lmSuppressShortcuts = "true"; // JupyterLab would take the arrow keys away
  const tools = make("div", "mlh-tools");
  const area = make("div", "mlh-text");
  const chosen = make("p", "mlh-chosen");
  const status = make("p", "mlh-status");
  const spoken = make("div", "mlh-hidden");
  const help = make("p", "mlh-help");
  const heading = make("p", "mlh-count");
  const list = make("ol", "mlh-list");
  const pages = make("div", "mlh-tools");

  const keysOfLabels = labels.length
    ? `${labels.length === 1 ? "1 marks" : `1 to ${Math.min(9, labels.length)} mark`} with a label`
    : "Enter marks";
  help.textContent = `${HELP}${keysOfLabels}, Space picks a mark, Delete removes it, Ctrl+Z takes back, Escape clears.`;
  help.id = `${id}h`;
  heading.id = `${id}c`;
  status.setAttribute("role", "status");
  spoken.setAttribute("role", "status");
  area.tabIndex = 0;
  area.setAttribute("role", "application");
  area.setAttribute("aria-roledescription", "text to mark");
  area.setAttribute("aria-label", "The article. Choose words to mark.");
  area.setAttribute("aria-describedby", help.id);
  list.setAttribute("aria-labelledby", heading.id);

  const button = (words, act, name) => {
    const made = make("button", "mlh-button", words);
    made.type = "button";
    if (name) made.setAttribute("aria-label", name);
    // The browser's own selection stays while a button is pressed, and so does the focus on the text.
    made.addEventListener("mousedown", (event) => event.preventDefault());
    made.addEventListener("click", act);
    return made;
  };
  const group = (name, ...children) => {
    const made = make("div", "mlh-group");
    made.setAttribute("role", "group");
    made.setAttribute("aria-label", name);
    made.append(...children);
    return made;
  };
  const undoButton = button("Undo", () => travel(done, undone, "Taken back."));
  const redoButton = button("Redo", () => travel(undone, done, "Done again."));
  const extendButton = button("Extend", () => {
    setExtending(!extending);
    const next = choice ? "The next word that you tap is the other end of your choice." : "Tap the first word, then the last one.";
    say(extending ? next : "A tap chooses one word again.");
  });
  extendButton.setAttribute("aria-pressed", "false");
  const markButtons = labels.length
    ? labels.map((label, place) => {
        const made = button("", () => apply(label.key));
        made.append(make("span", `mlh-sample mlh-${label.look}`, label.text));
        if (place < 9) made.title = `Key ${place + 1}`;
        return made;
      })
    : [button("Mark", () => apply())];
  tools.append(
    group(labels.length ? "Mark the chosen words as" : "Mark the chosen words", ...markButtons),
    group("Change marks", extendButton, button("Remove", () => remove()), undoButton, redoButton),
  );

  if (blocks.length > MANY_BLOCKS) area.classList.add("mlh-long");
  const paragraphs = blocks.map((block) => {
    if (block.skip) area.append(make("p", "mlh-skip", block.skip));
    const line = make("div", `mlh-para mlh-is-${block.kind}`);
    const number = make("span", "mlh-number", block.number ? `¶${block.number}` : "");
    const words = make("p", "mlh-words");
    if (model.get("language")) [words.lang, words.dir] = [model.get("language"), "auto"];
    line.append(number, words);
    area.append(line);
    return words;
  });
  const placeOf = new Map(paragraphs.map((words, place) => [words, place]));
  if (model.get("grey")) root.append(make("p", "mlh-help", "Words in gray italics are not part of this task."));
  const line = make("div", "mlh-line");
  line.append(chosen, status);
  root.append(help, tools, line, area, spoken, heading, list, pages);
  el.append(root);

  // --- positions -----------------------------------------------------------------------------------------------------

  const units = (block, point) => (block.units ? block.units[point] : point);
  const points = (block, unit) => (block.units ? upTo(block.units, unit) - 1 : unit);
  const blockAt = (point) => Math.max(0, upTo(text.starts, point) - 1);
  const wordAt = (point) => {
    // The word that holds the position, else the next one; the last one at the end.
    const place = upTo(text.start, point) - 1;
    if (place >= 0 && point < text.end[place]) return place;
    return Math.min(place + 1, text.start.length - 1);
  };
  const textOf = (start, end) => {
    const made = [];
    for (let i = blockAt(start); i < blocks.length && blocks[i].start < end; i++) {
      const block = blocks[i];
      const [a, b] = [Math.max(0, start - block.start), Math.min(block.length, end - block.start)];
      if (a < b) made.push(block.text.slice(units(block, a), units(block, b)));
    }
    return made.join(" ");
  };
  const short = (words) => {
    const parts = words.split(/\s+/);
    return parts.length > 14 ? `${parts.slice(0, 8).join(" ")} … ${parts.slice(-4).join(" ")}` : words;
  };
  const where = (point) => {
    const block = blocks[blockAt(point)];
    return block.number ? `paragraph ${block.number}` : "a heading";
  };
  const sign = (mark) => signs.own.get(`${mark[0]},${mark[1]}`);
  const named = (mark) => [names.get(mark[2]), model.get("words")[sign(mark)]].filter(Boolean).join(", ");

  /* A position in the page as a code point of the text: inside a paragraph, else the nearest edge. */
  function pointOf(node, offset) {
    const words = (node.nodeType === 1 ? node : node.parentElement)?.closest?.(".mlh-words");
    if (words && placeOf.has(words)) {
      const range = document.createRange();
      range.setStart(words, 0);
      range.setEnd(node, offset);
      const block = blocks[placeOf.get(words)];
      return { point: block.start + points(block, range.toString().length), outside: false };
    }
    const spot = document.createRange();
    spot.setStart(node, offset);
    const next = paragraphs.findIndex((each) => spot.comparePoint(each, 0) > 0);
    const last = blocks[blocks.length - 1];
    return { point: next < 0 ? last.start + last.length : blocks[next].start, outside: !area.contains(node) };
  }

  /* The text node and offset of a code point, for drawing. */
  function spotOf(place, point) {
    let left = units(blocks[place], Math.min(Math.max(0, point - blocks[place].start), blocks[place].length));
    const walker = document.createTreeWalker(paragraphs[place], NodeFilter.SHOW_TEXT);
    let node = walker.nextNode();
    while (node && left > node.data.length) {
      left -= node.data.length;
      node = walker.nextNode();
    }
    return [node, left];
  }

  // --- drawing marks -------------------------------------------------------------------------------------------------

  function shown() {
    return [
      ...marks.map((mark) => ({
        start: mark[0],
        end: mark[1],
        look: sign(mark) === "extra" && !mark[2] ? "extra" : (looks.get(mark[2]) ?? "plain"),
        chip: named(mark).replace(", ", " "),
        picked: picked !== null && equal(mark, picked),
      })),
      ...signs.missed.map(([start, end]) => ({ start, end, look: "missed", chip: "missed", picked: false })),
    ].sort((a, b) => a.start - b.start || b.end - a.end);
  }

  function draw(all = false) {
    const now = new Map();
    for (const mark of shown()) {
      for (let i = blockAt(mark.start); i < blocks.length && blocks[i].start < mark.end; i++) {
        if (mark.start >= blocks[i].start + blocks[i].length) continue;
        if (!now.has(i)) now.set(i, []);
        now.get(i).push(mark);
      }
    }
    const touched = all ? blocks.keys() : new Set([...byBlock.keys(), ...now.keys()]);
    for (const i of touched) {
      if (all || !same(byBlock.get(i), now.get(i))) drawBlock(i, now.get(i) ?? []);
    }
    byBlock = now;
    drawChoice();
  }

  function drawBlock(i, here) {
    const block = blocks[i];
    const cuts = new Set([0, block.length]);
    const off = [];
    let at = 0;
    for (const [a, b] of block.asked) {
      if (at < a) off.push([at, a]);
      at = b;
    }
    if (at < block.length) off.push([at, block.length]);
    for (const [a, b] of off) cuts.add(a).add(b);
    const opens = new Map(block.sentences.map((sentence) => [sentence.start, sentence.number]));
    for (const start of opens.keys()) cuts.add(start);
    const lanes = [];
    const laid = here.map((mark) => {
      const start = Math.max(0, mark.start - block.start);
      const end = Math.min(block.length, mark.end - block.start);
      let lane = lanes.findIndex((busy) => busy <= start);
      if (lane < 0) lane = lanes.length;
      lanes[lane] = end;
      cuts.add(start).add(end);
      return { ...mark, start, end, lane: Math.min(lane, 5) };
    });
    const sorted = [...cuts].sort((a, b) => a - b);
    const made = document.createDocumentFragment();
    for (let k = 0; k + 1 < sorted.length; k++) {
      const [a, b] = [sorted[k], sorted[k + 1]];
      let piece = document.createTextNode(block.text.slice(units(block, a), units(block, b)));
      if (off.some(([c, d]) => c <= a && b <= d)) {
        const grey = make("span", "mlh-off");
        grey.append(piece);
        piece = grey;
      }
      // The widest mark is written last, so that it stands outside.
      for (const mark of laid.filter((m) => m.start <= a && b <= m.end).sort((m, n) => m.end - m.start - n.end + n.start)) {
        const span = make("span", `mlh-mark mlh-${mark.look}${mark.picked ? " mlh-picked" : ""}`);
        span.style.setProperty("--lane", mark.lane);
        if (mark.start === a) span.dataset.open = mark.chip ? `${mark.chip} ⟨` : "⟨";
        if (mark.end === b) span.dataset.close = "⟩";
        span.append(piece);
        piece = span;
      }
      if (opens.has(a)) {
        const sentence = make("span", "mlh-sentence");
        sentence.dataset.number = `S${opens.get(a)}`;
        sentence.append(piece);
        piece = sentence;
      }
      made.append(piece);
    }
    paragraphs[i].style.setProperty("--lanes", Math.min(lanes.length, 6));
    paragraphs[i].replaceChildren(made);
  }

  /* The chosen words and the caret: boxes behind the text, so that nothing in it is touched. */
  function drawChoice() {
    const span = chosenSpan();
    // All places are read before anything is written: the page is laid out once.
    const put = [];
    const whole = [];
    if (span) {
      const [first, last] = [blockAt(span[0]), blockAt(span[1] - 1)];
      for (let i = first; i <= last; i++) {
        if (last - first > DRAWN && i > first && i < last) whole.push(paragraphs[i].parentElement);
        else put.push(...boxes(i, span[0], span[1], "mlh-box mlh-choice"));
      }
    }
    const carets = caret < 0 ? [] : boxes(text.block[caret], text.start[caret], text.end[caret], "mlh-box mlh-caret");
    const frame = area.getBoundingClientRect();
    inView = carets.every(({ rect }) => within(rect, frame));
    for (const box of drawn) box.remove();
    for (const line of filled) line.classList.remove("mlh-all");
    for (const line of whole) line.classList.add("mlh-all");
    for (const { line, box } of [...put, ...carets]) line.append(box);
    drawn = [...put, ...carets].map(({ box }) => box);
    filled = whole;
    const words = span ? `“${short(textOf(...span))}”` : "none yet";
    chosen.replaceChildren(make("strong", "", picked ? "Picked mark: " : "Chosen words: "), words);
  }

  function boxes(place, start, end, classes) {
    const line = paragraphs[place].parentElement;
    const range = document.createRange();
    range.setStart(...spotOf(place, start));
    range.setEnd(...spotOf(place, end));
    const home = line.getBoundingClientRect();
    return [...range.getClientRects()]
      .filter((rect) => rect.width)
      .map((rect) => {
        const box = make("span", classes);
        box.style.cssText =
          `left:${rect.left - home.left}px;top:${rect.top - home.top}px;width:${rect.width}px;height:${rect.height}px`;
        return { line, box, rect };
      });
  }

  function within(rect, frame) {
    return rect.top >= Math.max(0, frame.top) && rect.bottom <= Math.min(window.innerHeight, frame.bottom);
  }

  function drawList() {
    const last = Math.max(0, Math.ceil(marks.length / PAGE) - 1);
    page = Math.min(page, last);
    heading.textContent = `Your marks (${marks.length})`;
    // Not "disabled": a button that has the focus would lose it.
    undoButton.setAttribute("aria-disabled", String(!done.length));
    redoButton.setAttribute("aria-disabled", String(!undone.length));
    list.start = page * PAGE + 1;
    list.replaceChildren(
      ...marks.slice(page * PAGE, (page + 1) * PAGE).map((mark) => {
        const words = short(textOf(mark[0], mark[1]));
        const block = blocks[blockAt(mark[0])];
        const told = named(mark);
        const line = make("li");
        if (picked && equal(mark, picked)) line.setAttribute("aria-current", "true");
        const place = block.number ? `¶${block.number} ` : "Heading ";
        const show = button(`${place}“${words}”${told ? ` · ${told}` : ""}`, () => {
          pick(mark);
          area.focus({ preventScroll: true });
        });
        show.classList.add("mlh-wide");
        const away = button("Remove", () => removeListed(mark), `Remove “${words}”${told ? `, ${told}` : ""}`);
        line.append(show, away);
        return line;
      }),
    );
    pages.replaceChildren();
    if (!last) return;
    const turn = (words, step) => {
      const made = button(words, () => {
        page = Math.max(0, Math.min(last, page + step));
        drawList();
        list.querySelector("button")?.focus();
      });
      made.setAttribute("aria-disabled", String(page + step < 0 || page + step > last));
      return made;
    };
    const told = make("span", "", `Marks ${page * PAGE + 1} to ${Math.min(marks.length, (page + 1) * PAGE)}`);
    pages.append(turn("Earlier marks", -1), told, turn("Later marks", 1));
  }

  // --- choosing ------------------------------------------------------------------------------------------------------

  function chosenSpan() {
    if (!choice) return null;
    if (choice.exact) return choice.exact;
    const [a, b] = [Math.min(choice.anchor, choice.focus), Math.max(choice.anchor, choice.focus)];
    return [text.start[a], text.end[b]];
  }

  function say(words) {
    // The same words a second time are said again.
    status.textContent = status.textContent === words ? `${words}\u00a0` : words;
    untilChosen = false;
  }

  /* What is said because nothing is chosen: the next step takes its place when something is. */
  function sayNone(words) {
    say(words);
    untilChosen = true;
  }

  function whisper(words) {
    spoken.textContent = spoken.textContent === words ? `${words}\u00a0` : words;
  }

  function unpick() {
    if (picked === null) return;
    picked = null;
    draw();
    drawList();
  }

  /* Nothing is chosen any more, here and in the browser. */
  function setExtending(on) {
    extending = on;
    extendButton.setAttribute("aria-pressed", String(on));
  }

  function letGo() {
    choice = null;
    setExtending(false);
    const selection = document.getSelection();
    if (selection?.rangeCount && selection.getRangeAt(0).intersectsNode(area)) selection.removeAllRanges();
  }

  function clear() {
    letGo();
    unpick();
    drawChoice();
  }

  const joined = (a, b) =>
    text.sentences[text.sentence[a]].run === text.sentences[text.sentence[b]].run;

  function choose(anchor, focus) {
    if (untilChosen) say(labels.length ? "Now choose a label for these words." : "Now press Mark.");
    choice = { anchor, focus };
    caret = focus;
    drawChoice();
  }

  function pick(mark, follow = true) {
    picked = [...mark];
    const [first, last] = [wordAt(mark[0]), Math.max(0, upTo(text.start, mark[1] - 1) - 1)];
    choice = { anchor: first, focus: last, exact: [mark[0], mark[1]] };
    caret = last;
    page = Math.floor(Math.max(0, marks.findIndex((each) => equal(each, mark))) / PAGE);
    draw();
    drawList();
    // Under a finger the text stays where it is.
    if (follow) reveal();
    const told = named(mark);
    say(`Picked: “${short(textOf(mark[0], mark[1]))}”${told ? `, ${told}` : ""}, ${where(mark[0])}.`);
  }

  function reveal() {
    if (!inView) area.querySelector(".mlh-caret")?.scrollIntoView({ block: "nearest" });
  }

  /* The smallest mark on a word; when that one is picked already, the next larger one, and at last the word alone. */
  function pickAt(start, end, follow) {
    const under = marks
      .filter((mark) => mark[0] < end && start < mark[1])
      .sort((a, b) => length(a) - length(b));
    if (!under.length) return false;
    const at = picked ? under.findIndex((mark) => equal(mark, picked)) : -1;
    if (at + 1 < under.length) {
      pick(under[at + 1], follow);
      return true;
    }
    // Below the widest mark lies the word: a mark inside a mark begins there.
    unpick();
    const word = wordAt(start);
    choose(word, word);
    say(`Chosen: the word “${textOf(text.start[word], text.end[word])}” alone.`);
    return true;
  }

  /* Both ends of what the browser shows as selected, when some of it is in the article. */
  function selected() {
    const selection = document.getSelection();
    if (!selection?.rangeCount || selection.isCollapsed || !text.start.length) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(area)) return null;
    return [pointOf(range.startContainer, range.startOffset), pointOf(range.endContainer, range.endOffset)];
  }

  /* Take it over: whole words, and only words of this task. */
  function takeSelection() {
    const ends = selected();
    if (!ends) return;
    const [from, to] = ends;
    const selection = document.getSelection();
    const range = selection.getRangeAt(0);
    const first = upTo(text.end, from.point);
    const last = upTo(text.start, to.point - 1) - 1;
    unpick();
    if (first > last) {
      choice = null;
      drawChoice();
      sayNone("There is no word of this task in your selection. Drag over the words that you want to mark.");
      return;
    }
    if (!joined(first, last)) {
      choice = null;
      drawChoice();
      say("Your selection runs over text that is not part of this task. Select less.");
      return;
    }
    const backwards =
      selection.anchorNode === range.endContainer && selection.anchorOffset === range.endOffset;
    choose(backwards ? last : first, backwards ? first : last);
    if (from.outside || to.outside) {
      say("Your selection ran over the edge of the article. Only the words inside it are chosen.");
    } else {
      whisper(`Chosen: ${short(textOf(...chosenSpan()))}`);
      status.textContent = "";
    }
  }

  /* Let the browser's own selection end where ours does. */
  function snap() {
    const [start, end] = chosenSpan();
    document.getSelection().setBaseAndExtent(...spotOf(blockAt(start), start), ...spotOf(blockAt(end - 1), end));
  }

  function spotAt(x, y) {
    const spot = document.caretPositionFromPoint?.(x, y);
    const old = spot ? null : document.caretRangeFromPoint?.(x, y);
    return spot ? [spot.offsetNode, spot.offset] : [old?.startContainer, old?.startOffset];
  }

  function tapped([node, offset]) {
    if (!node || !area.contains(node) || !text.start.length) return;
    const { point } = pointOf(node, offset);
    const word = wordAt(point);
    // A tap beside the text or on grey words chooses nothing.
    if (point < text.start[word] - 2 || point > text.end[word]) {
      clear();
      return;
    }
    if (extending && choice) {
      unpick();
      extend(word);
      return;
    }
    if (pickAt(text.start[word], text.end[word], false)) return;
    unpick();
    choose(word, word);
    speakWord();
  }

  function extend(word) {
    const anchor = choice ? choice.anchor : caret;
    if (!joined(anchor, word)) {
      say("The words beyond are not part of this task.");
      return;
    }
    // A picked mark keeps its place in the list while its words change.
    choose(anchor, word);
    const span = chosenSpan();
    whisper(`Chosen: ${short(textOf(...span))}`);
    reveal();
  }

  function speakWord() {
    const sentence = text.sentences[text.sentence[caret]];
    const opens = sentence.first === caret ? `Sentence ${sentence.number}, ${where(text.start[caret])}. ` : "";
    const on = marks.filter((mark) => mark[0] < text.end[caret] && text.start[caret] < mark[1]);
    const missed = signs.missed.some(([a, b]) => a < text.end[caret] && text.start[caret] < b);
    const told = on.map((mark) => `, marked${named(mark) ? ` ${named(mark)}` : ""}`).join("");
    whisper(`${opens}${textOf(text.start[caret], text.end[caret])}${told}${missed ? ", missed" : ""}`);
  }

  function goTo(word, more) {
    byKeys = true;
    const target = Math.max(0, Math.min(text.start.length - 1, word));
    if (more) {
      extend(target);
      return;
    }
    choice = null;
    unpick();
    caret = target;
    drawChoice();
    reveal();
    speakWord();
  }

  function sentenceStep(step, more) {
    const here = text.sentence[caret];
    const sentence = text.sentences[here];
    if (step > 0) {
      const next = text.sentences[here + 1];
      if (!more) return next ? next.first : sentence.last;
      return caret < sentence.last ? sentence.last : (next ?? sentence).last;
    }
    const before = text.sentences[here - 1];
    return caret > sentence.first ? sentence.first : (before ?? sentence).first;
  }

  // --- changing ------------------------------------------------------------------------------------------------------

  function count() {
    return `${marks.length} ${marks.length === 1 ? "mark" : "marks"} in all.`;
  }

  function apply(label) {
    const span = chosenSpan();
    if (!span) {
      sayNone("No words are chosen yet. Drag over them, tap one, or move to them with the arrow keys.");
      return;
    }
    if (labels.length && !names.has(label)) {
      say("Choose a label for these words.");
      return;
    }
    const mark = labels.length ? [...span, label] : [...span];
    if (marks.some((each) => equal(each, mark))) {
      say("These words are marked already.");
      return;
    }
    const changed = picked !== null;
    const rest = changed ? marks.filter((each) => !equal(each, picked)) : marks;
    const words = `“${short(textOf(...span))}”`;
    letGo();
    commit([...rest, mark]);
    const as = labels.length ? ` as ${names.get(label)}` : "";
    say(`${changed ? "Changed to" : "Marked"} ${words}${as}, ${where(mark[0])}. ${count()}`);
  }

  function remove() {
    const on = caret >= 0 ? [text.start[caret], text.end[caret]] : null;
    const span = chosenSpan() ?? on;
    const under = span
      ? marks.filter((m) => m[0] < span[1] && span[0] < m[1]).sort((a, b) => length(a) - length(b))
      : [];
    const gone = picked ?? under[0];
    if (!gone) {
      say("No mark is picked. Tap one of your marks, or pick it in the list below.");
      return;
    }
    removeMark(gone);
  }

  function removeMark(gone) {
    const told = named(gone);
    letGo();
    commit(marks.filter((mark) => !equal(mark, gone)));
    say(`Removed “${short(textOf(gone[0], gone[1]))}”${told ? `, ${told}` : ""}, ${where(gone[0])}. ${count()}`);
  }

  function removeListed(mark) {
    const place = marks.findIndex((each) => equal(each, mark)) - page * PAGE;
    removeMark(mark);
    // The focus stays in the list: on the mark that took the place, else on the text.
    const lines = list.querySelectorAll("li");
    (lines[Math.min(place, lines.length - 1)]?.lastElementChild ?? area).focus({ preventScroll: true });
  }

  function commit(next) {
    remember();
    put(next);
    send();
  }

  function remember() {
    done = [...done.slice(1 - STEPS), marks];
    undone = [];
  }

  function put(next) {
    marks = [...next].sort(compare);
    picked = null;
    draw();
    drawList();
  }

  function travel(from, to, words) {
    if (!from.length) {
      say(from === done ? "There is nothing to take back." : "There is nothing to do again.");
      return;
    }
    to.push(marks);
    choice = null;
    put(from.pop());
    send();
    say(`${words} ${count()}`);
  }

  // --- to the kernel and back ----------------------------------------------------------------------------------------

  function stash(on) {
    if (!stashName) return;
    try {
      if (on) localStorage.setItem(stashName, JSON.stringify({ marks, time: Date.now() }));
      else localStorage.removeItem(stashName);
    } catch {
      // A browser may forbid it; then the draft in the progress file is all there is.
    }
  }

  function send() {
    stash(true);
    mine = model.get("sent") + 1;
    model.set("marks", marks);
    model.set("sent", mine);
    save();
    clearTimeout(keepTimer);
    keepTimer = setTimeout(keep, KEEP_AFTER + 2 * marks.length);
    watch();
  }

  function keep() {
    clearTimeout(keepTimer);
    keepTimer = 0;
    model.set("keep", mine);
    save();
  }

  function save() {
    try {
      model.save_changes();
    } catch {
      lost();
    }
  }

  function watch() {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => model.get("seen") < mine && lost(), ANSWER_WITHIN);
  }

  function lost() {
    away = true;
    say(
      stashName
        ? "Python does not answer. Your marks are kept in this browser, and come back when you start this page again."
        : "Python does not answer, and your marks are not saved. Start this page again, then mark them once more.",
    );
  }

  function restore() {
    if (!stashName) return;
    let found = null;
    try {
      found = JSON.parse(localStorage.getItem(stashName) ?? "null");
    } catch {
      return;
    }
    if (!found || !Array.isArray(found.marks)) return;
    if (same(found.marks, marks)) {
      mine = model.get("sent");
      keep();
      return;
    }
    if (found.time < model.get("since")) {
      stash(false);
      return;
    }
    commit(found.marks);
    say("Marks that were not saved yet are back. Undo takes them away.");
  }

  const onMarks = () => {
    const theirs = model.get("marks");
    if (same(theirs, marks) || (mine && model.get("seen") < mine)) return;
    remember();
    choice = null;
    put(theirs);
  };
  const onSigns = () => {
    signs = signsOf(model.get("signs"));
    draw();
    drawList();
  };
  const onSaid = () => {
    const [, words] = model.get("said");
    if (words) say(words);
  };
  const onSeen = () => {
    if (model.get("seen") < mine) return;
    clearTimeout(watchdog);
    if (away) say("Python answers again. Your marks are saved.");
    away = false;
  };
  const onKept = () => {
    if (model.get("kept") >= mine) stash(false);
  };
  const listeners = { marks: onMarks, signs: onSigns, said: onSaid, seen: onSeen, kept: onKept };
  for (const [name, act] of Object.entries(listeners)) model.on(`change:${name}`, act);

  // --- hands ---------------------------------------------------------------------------------------------------------

  let downAt = null;
  const onDown = (event) => {
    pointing = true;
    downAt = area.contains(event.target) ? [event.clientX, event.clientY] : null;
    if (!downAt) return;
    byKeys = false;
    // A drag that begins on chosen words chooses anew: the browser would carry the words away.
    if (event.pointerType === "mouse" && !event.button && !event.shiftKey) document.getSelection()?.removeAllRanges();
  };
  const onUp = (event) => {
    pointing = false;
    clearTimeout(selectionTimer);
    const still = downAt && Math.hypot(event.clientX - downAt[0], event.clientY - downAt[1]) < 5;
    const inside = downAt !== null || area.contains(event.target);
    downAt = null;
    if (!inside || event.button > 0) return;
    // Looked up now: the focus that a finger brings may scroll the text before the next line runs.
    const spot = still ? spotAt(event.clientX, event.clientY) : null;
    // The browser settles its selection after this event.
    setTimeout(() => {
      if (!document.getSelection()?.isCollapsed) {
        takeSelection();
        // By touch the browser's handles stay where the finger left them.
        if (choice && event.pointerType === "mouse") snap();
      } else if (spot) tapped(spot);
    });
  };
  const onSelection = () => {
    clearTimeout(selectionTimer);
    // By mouse the end of the drag counts; by touch and by the browser's own keys there is only this event.
    selectionTimer = setTimeout(() => {
      const ours = document.activeElement === area || area.contains(document.getSelection()?.anchorNode ?? null);
      const ends = ours && !pointing ? selected() : null;
      if (ends && !same(ends.map((end) => end.point), chosenSpan())) takeSelection();
    }, 250);
  };
  const onCancel = () => {
    pointing = false;
    downAt = null;
  };
  const onKey = (event) => {
    const ctrl = event.ctrlKey || event.metaKey;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (!text.start.length || event.altKey) return;
    if (caret < 0) caret = 0;
    const more = event.shiftKey;
    if (more && !choice && key.startsWith("Arrow")) choice = { anchor: caret, focus: caret };
    const steps = {
      ArrowLeft: () => goTo(caret - 1, more),
      ArrowRight: () => goTo(caret + 1, more),
      ArrowUp: () => goTo(sentenceStep(-1, more), more),
      ArrowDown: () => goTo(sentenceStep(1, more), more),
      Home: () => goTo(ctrl ? 0 : text.sentences[text.sentence[caret]].first, more),
      End: () => goTo(ctrl ? text.start.length - 1 : text.sentences[text.sentence[caret]].last, more),
      Enter: () => {
        if (!choice) choose(caret, caret);
        if (labels.length > 1) say(`Press a number for the label: ${labels.map((l, i) => `${i + 1} ${l.name}`).join(", ")}.`);
        else apply(labels[0]?.key);
      },
      " ": () => pickAt(text.start[caret], text.end[caret]) || say("There is no mark on this word."),
      Delete: remove,
      Backspace: remove,
      Escape: () => {
        clear();
        sayNone("Nothing is chosen.");
      },
    };
    if (ctrl && key === "z") travel(...(more ? [undone, done, "Done again."] : [done, undone, "Taken back."]));
    else if (ctrl && key === "y") travel(undone, done, "Done again.");
    else if (!ctrl && labels.length && /^[1-9]$/.test(key) && labels[key - 1]) {
      if (choice || byKeys) {
        if (!choice) choose(caret, caret);
        apply(labels[key - 1].key);
      } else sayNone("Choose the words first: drag over them, or go there with the arrow keys.");
    } else if (steps[key] && (!ctrl || key === "Home" || key === "End")) steps[key]();
    else return;
    event.preventDefault();
  };
  const onFocus = () => {
    if (caret >= 0 || !text.start.length || pointing) return;
    caret = 0;
    drawChoice();
    speakWord();
  };
  const onHide = () => keepTimer && keep();
  area.addEventListener("keydown", onKey);
  area.addEventListener("focus", onFocus);
  const here = new AbortController(); // takes the page's listeners away again
  const until = { signal: here.signal };
  document.addEventListener("pointerdown", onDown, { capture: true, ...until });
  document.addEventListener("pointerup", onUp, { capture: true, ...until });
  document.addEventListener("pointercancel", onCancel, { capture: true, ...until });
  document.addEventListener("selectionchange", onSelection, until);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && onHide(), until);
  window.addEventListener("pagehide", onHide, until);
  const resized = new ResizeObserver(() => drawChoice());
  resized.observe(area);

  draw(true);
  drawList();
  restore();

  return () => {
    if (keepTimer) keep();
    resized.disconnect();
    for (const timer of [keepTimer, watchdog, selectionTimer]) clearTimeout(timer);
    for (const [name, act] of Object.entries(listeners)) model.off(`change:${name}`, act);
    here.abort();
  };
}

kit.pen = render;
