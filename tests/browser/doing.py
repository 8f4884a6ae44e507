"""How each form of an answer is given by hand: mouse, keyboard or finger. A new form adds a line to ``DOING``."""

from steps import button, said

from medialit.scoring.reliability import compare
from medialit.units.framing.coding_file import coding_file
from medialit.widgets.words import spoken_words


def block(page, name):
    """The frame of one question or task, by its id."""
    return page.locator(
        f'.jp-NotebookPanel:not(.lm-mod-hidden) .ml-block[data-id="{name}"], main .ml-block[data-id="{name}"]'
    ).first


def bring(hand, frame):
    """Turn to a question that is not on show: its number above the questions."""
    if frame.is_visible():
        return
    root = frame.locator("xpath=ancestor::*[contains(concat(' ', @class, ' '), ' ml ')][1]")
    number = frame.evaluate("e => [...e.parentElement.children].indexOf(e)")
    hand.press(root.locator(".ml-dot").nth(number))


def order(hand, frame, form, answer, _task=None):
    """Put items in, or move each up to its place, one after the other."""
    lines = frame.locator("ol.ml-order > li")
    if form.optional:
        for key in answer:
            hand.press(frame.locator(f'li[data-key="{key}"]').get_by_role("button", name="Add"))
        return
    for place, key in enumerate(answer):
        while lines.nth(place).get_attribute("data-key") != key:
            hand.press(frame.locator(f'li[data-key="{key}"] [data-act="up"]'))


def choice(hand, frame, form, answer, _task=None):
    for key in answer if form.several else [answer]:
        hand.tick(frame.locator(f'.ml-form input[value="{key}"]'))


def typed(hand, frame, _form, answer, _task=None):
    hand.replace(frame.locator(".ml-form input[type=text], .ml-form textarea").first, str(answer))


def act(hand, frame, form, _answer, _task=None):
    hand.press(button(frame, form.label))
    said(frame, "Now click Check")


def field(hand, place, column, value):
    """One cell of a table: whatever control it has."""
    texts = {option.key: option.text for option in column.options}
    if not column.options:
        hand.replace(place.locator("input[type=text], textarea"), str(value))
    elif column.several:
        for key in value:
            hand.tick(place.locator(f'input[value="{key}"]'))
    elif place.locator("select").count():
        hand.choose(place.locator("select"), texts[value])
    else:
        hand.tick(place.locator(f'input[value="{value}"]'))


def table(hand, frame, form, answer, _task=None):
    for key, cells in answer.items():
        places = frame.locator(f'.ml-row[data-row="{key}"] .ml-row-fields > *')
        for number, column in enumerate(form.fields):
            if column.name in cells:
                field(hand, places.nth(number), column, cells[column.name])


def matrix(hand, frame, form, answer, _task=None):
    for row, line in enumerate(form.rows):
        cells = frame.locator(".ml-matrix tbody tr").nth(row).locator("td")
        for number, column in enumerate(form.fields):
            if column.name in answer.get(line.key, {}):
                field(hand, cells.nth(number), column, answer[line.key][column.name])


def spans(hand, frame, form, answer, _task=None):
    """By the list of sentences: choose the sentence, the first and the last word, and add."""
    hand.tick(frame.locator('input[value="list"]'))
    article, labels = form.marked_in, {option.key: option.text for option in form.labels}
    for start, end, *label in answer:
        sentence = article.sentence_at(start)
        words = spoken_words(article, sentence.span)
        first = next(i for i, w in enumerate(words) if w.start >= start)
        last = max(i for i, w in enumerate(words) if w.end <= end)
        sentences = frame.get_by_label("Sentence", exact=True)
        row = sentences.locator("option", has_text=f"S{sentence.number}: ").first
        if row.get_attribute("value") != sentences.input_value():
            hand.choose(sentences, row.inner_text())
        for name, word in (("First word", first), ("Last word", last)):
            hand.choose(frame.get_by_label(name, exact=True), f"{word + 1} {article[words[word]]}")
        if label:
            hand.choose(frame.get_by_label("Label", exact=True), labels[label[0]])
        hand.press(button(frame, "Add this mark"))


def verify(hand, frame, form, answer, _task=None):
    """Search for each card by its title, open it, cite it, then give verdict and certainty."""
    from medialit.show.card import card_line

    for claim, cells in answer.items():
        hand.press(frame.locator(f'.ml-tab[data-claim="{claim}"]'))
        for name in cells["evidence"]:
            card = form.desk.cards[name]
            hand.write(frame.get_by_label("Leave the story: search for"), f"{card.publisher} {card.title} {card.date}")
            hand.press(button(frame, "Search"))
            found = frame.locator(f'.ml-results button[data-card="{name}"]')
            found.wait_for()
            hand.press(found)
            frame.locator(".ml-card em", has_text=card.title).first.wait_for()
            hand.press(button(frame, "Cite this card"))
            frame.locator(".ml-cited li", has_text=card_line(card)).first.wait_for()
        hand.tick(frame.locator(f'fieldset input[value="{cells["verdict"]}"]'))
        hand.tick(frame.locator('fieldset input[value="3"]'))


def lab(hand, frame, form, answer, task):
    """Choose the two codings of the answer, work out their agreement, and read it; the code way gives the same number."""
    names, known = {option.key: option.text for option in form.coders}, task.codings()
    for side, name in (("first", "First coding"), ("second", "Second coding")):
        key = next(k for k, coding in known.items() if coding == answer[side])
        hand.choose(frame.get_by_label(name, exact=True), names[key])
    frame.locator("table", has_text="The two codings").wait_for()
    hand.press(button(frame, "Work it out step by step"))
    said(frame, "beyond chance = 1")
    alpha = f"{compare(answer['first'], answer['second']).value:.2f}"
    hand.press(frame.locator("summary", has_text="For coders"))
    order(hand, frame, _Lines(), [line.key for line in form.lines])
    hand.press(button(frame, "Run the lines"))
    said(frame, f"= {alpha}.")
    for name in ("band", "reading"):
        hand.tick(frame.locator(f'fieldset input[value="{answer[name]}"]').first)


class _Lines:
    optional = False


def load_a_partner(hand, frame, task, folder):
    """A partner's file from the learner's own folder: another story is told apart, the right one is offered."""
    book, coding = task.case.framing.codebook, next(iter(task.codings().values()))
    for case, words in (("another-story", "codes the story"), (task.case.name, "is in both lists now")):
        file = folder / f"{case}.json"
        file.write_text(coding_file(coding, case, book.version), encoding="utf-8")
        hand.hand_over(frame.locator("input[type=file]"), file)
        said(frame, words)
    hand.choose(frame.get_by_label("First coding", exact=True), "My partner’s file")


def rewrite(hand, frame, form, answer, task):
    """Put plain words in the place of loaded ones, by the lists alone."""
    place = 0
    for entry in task.rewrites:
        for slot in entry.slots:
            hand.choose(frame.locator("select").nth(place), slot.plain[0])
            place += 1
    assert place


def correct(hand, frame, form, answer, _task=None):
    """Choose the claim, and write over its paragraph."""
    claim = next(c for c in form.claims if c.key == answer["claim"])
    hand.choose(frame.locator("select"), f"¶{claim.number}: {claim.says}")
    frame.locator(".ml-original u", has_text=claim.words).first.wait_for()
    hand.replace(frame.locator("textarea").first, answer["text"])
    frame.locator("p", has_text=f"{len(answer['text'])} of {form.limit} characters").first.wait_for()


def card(hand, frame, form, answer, _task=None):
    """Every blank in its order; what is there already is chosen again or written over."""
    places = frame.locator(".ml-fields > :not(p)")
    for number, blank in enumerate(form.blanks):
        if blank.name in answer:
            field(hand, places.nth(number), _Column(blank), answer[blank.name])


class _Column:
    several = False

    def __init__(self, blank):
        self.options = blank.options


DOING = {
    "act": act, "card": card, "choice": choice, "correct": correct, "lab": lab, "matrix": matrix, "number": typed,
    "order": order, "rewrite": rewrite, "spans": spans, "table": table, "text": typed, "verify": verify,
}  # fmt: skip


def give(hand, frame, form, answer, task=None):
    """Give an answer by hand. A form that nobody here knows how to use must not pass unseen."""
    assert form.kind in DOING, f"Nobody here can use a form of the kind “{form.kind}”. Add it to DOING."
    DOING[form.kind](hand, frame, form, answer, task)
