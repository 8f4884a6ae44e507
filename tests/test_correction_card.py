"""The card: one page that needs nothing but itself, safe whatever was typed, rebuilt from the progress file alone."""

import dataclasses
import json
import os
import re
from html.parser import HTMLParser

import pytest
from pages import press

import medialit
from medialit.classroom.cards import card_command, mark_card
from medialit.english import day_in_words, read_day
from medialit.errors import MedialitError
from medialit.exercises.claimreview import problems_with
from medialit.files import course_path, read_text
from medialit.progress import Progress
from medialit.show.correction_card import card_document, card_preview, card_text
from medialit.units.correction.page import DraftCard
from medialit.units.correction.rubric import (
    COMMITMENTS,
    CRITERIA,
    as_review,
    read_review,
    review_file,
    review_form,
)

CASES = ("missile-tests", "averstow-pool")
NASTY = "</script><script>alert(1)</script><img src=x onerror=alert(2)>&amp;\"'<!--\u2028]]>"
LIMITS = {"headline": 120, "found": 320, "voices": 240, "framing": 240, "open": 160, "method": 240, "relative": 420}


class Page(HTMLParser):
    """The tags of a page, its text, and its JSON-LD."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.text, self.data, self._inside = [], "", "", False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._inside = tag == "script"

    def handle_endtag(self, tag):
        self._inside = False

    def handle_data(self, data):
        if self._inside:
            self.data += data
        else:
            self.text += data


def answer_all(unit):
    for name, task in unit.tasks.items():
        unit.submit(name, task.answer())
    return unit


@pytest.fixture(params=CASES)
def unit(request, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return medialit.open_unit("correction", case=request.param, progress=Progress(tmp_path / "my-progress.jsonl"))


@pytest.fixture
def done(unit):
    return answer_all(unit)


def page_of(unit):
    return unit.draft().page()


def test_the_page_needs_nothing_but_itself_and_knows_nothing_of_the_machine(done, tmp_path):
    text = card_document(page_of(done))
    page = Page(text)
    assert len(text.encode()) < 60_000
    data = [] if done.case.about.invented else ["application/ld+json"]
    assert [a["type"] for t, a in page.tags if t == "script"] == data
    assert not [t for t, _ in page.tags if t in ("img", "link", "iframe", "object", "embed", "form", "base", "svg")]
    assert not [n for _, a in page.tags for n in a if n.startswith("on") or n == "src"]
    assert "default-src 'none'" in text
    assert "url(" not in text
    assert "@import" not in text
    assert ("html", {"lang": "en"}) in page.tags
    links = [a["href"] for t, a in page.tags if t == "a"]
    assert all(link.startswith(("https://", "http://")) for link in links)
    assert links or done.case.about.invented
    # The page knows nothing of the machine or the learner.
    text = card_document(page_of(done))
    for word in (str(tmp_path), "localhost", "127.0.0.1", "file:", os.path.expanduser("~"), done.progress.learner):
        assert word not in text
    assert not re.search(r"/(home|tmp|Users|work)/", text)


def test_every_typed_word_is_only_text(done):
    clean = page_of(done)
    typed = {f.name: NASTY for f in dataclasses.fields(clean) if isinstance(getattr(clean, f.name), str)}
    review = {**clean.review, "reviewBody": NASTY} if clean.review else None
    nasty = dataclasses.replace(
        clean,
        **typed,
        review=review,
        place=dict.fromkeys(clean.place, NASTY) | {"address": clean.place["address"]},
        claim=dataclasses.replace(clean.claim, says=NASTY),
        corrected=tuple((NASTY, new) for _, new in clean.corrected),
        left_out=(NASTY,),
    )
    was, now = Page(card_document(clean)), Page(card_document(nasty))
    assert [t for t, _ in was.tags] == [t for t, _ in now.tags]
    assert "<" not in now.data
    if review:
        assert json.loads(now.data)["reviewBody"] == NASTY
    assert now.text.count("alert(2)") >= len(typed) - 2
    shown, plain = Page(card_preview(nasty, NASTY, NASTY).html), Page(card_preview(clean, "x", "x").html)
    assert [t for t, _ in shown.tags] == [t for t, _ in plain.tags]


def test_one_valid_review_is_in_the_page_and_none_about_an_invented_story(done):
    page = Page(card_document(page_of(done)))
    if done.case.about.invented:
        assert page.data == ""
        return
    review = json.loads(page.data)
    assert problems_with(review) == []
    assert review["claimReviewed"] == page_of(done).claim.says
    assert review["headline"] == page_of(done).headline
    assert len(review["citation"]) == 2


def test_nothing_on_the_page_is_made_up(done):
    """No address for examples, no date of the story that nobody knows, and a place that a stranger can look for."""
    text = card_document(page_of(done))
    assert "example.org" not in text
    if done.case.about.invented:
        assert "It was written for a course" in text
        return
    review = json.loads(Page(text).data)
    assert review["itemReviewed"] == {
        "@type": "Claim",
        "appearance": {"@type": "CreativeWork", "url": done.case.about.published.address},
    }
    assert "url" not in review
    for told in ("Publisher: republicanpeak.com", "headline: unknown", "author: unknown", "date: unknown"):
        assert told in Page(text).text
    done.submit("5.4", done.answers()["card"] | {"address": "https://school.example/wall/7"})
    assert json.loads(Page(card_document(page_of(done))).data)["url"] == "https://school.example/wall/7"


def test_the_corrected_statement_leads_and_the_claim_is_marked_as_one(done):
    card = page_of(done)
    text = card_document(card)
    assert re.search(r"<h1[^>]*>([^<]*)</h1>", text)[1] == card.headline
    assert text.index("<h1") < text.index("The claim:</strong>") < text.index(card.claim.says, text.index("<body"))
    assert f"<title>Correction: {card.headline}</title>" in text
    assert f"paragraph {card.paragraph} (¶{card.paragraph})" in text
    assert "¶ counts the paragraphs" in text


def test_changed_words_are_marked_and_what_is_gone_is_said(done):
    card = page_of(done)
    assert any(new for _, new in card.corrected)
    assert any(not new for _, new in card.corrected)
    assert card.paragraph_text == " ".join(done.answers()["correct"]["text"].split())
    text = card_document(card)
    assert text.count("<ins>") == sum(new for _, new in card.corrected)
    assert card.left_out
    assert "Underlined words are new." in text
    if not done.case.about.invented:
        assert card.left_out == (
            "Japanese Prime Minister",
            "at speeds reaching",
            "per hour. The Japanese leader strongly",
            "Japanese Prime Minister Fumio Kishida said.",
        )


def test_every_claim_names_its_sources_and_no_more_origins_than_the_exercise_counts(done):
    card = page_of(done)
    for claim in (card.claim, *card.also):
        assert claim.sources
        assert all(1 <= number <= len(card.sources) for number in claim.sources)
    assert len({(s.publisher, s.title) for s in card.sources}) == len(card.sources)
    answers, other = done.answers(), card.also[0]
    name = next(n for n in answers["verify"] if done.case.claim_gold.claim(n).says == other.says)
    strange = next(c.id for c in done.case.evidence if c.id not in done.case.claim_gold.claim(name).evidence)
    one = done.case.claim_gold.claim(name).evidence[0]
    done.submit("5.2", answers["verify"] | {name: answers["verify"][name] | {"evidence": [one, strange]}})
    changed = next(c for c in page_of(done).also if c.says == other.says)
    assert (changed.origins, len(changed.sources)) == (1, 2)
    assert "(one origin)" in card_document(page_of(done))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-03-02", "2026-03-02"), ("2026/3/2", "2026-03-02"), ("March 2, 2026", "2026-03-02"),
        ("march 2 2026", "2026-03-02"), ("Mar. 2, 2026", "2026-03-02"), ("2 March 2026", "2026-03-02"),
        ("2nd of March, 2026", "2026-03-02"), ("March 2nd, 2026", "2026-03-02"), ("3/2/2026", "2026-03-02"),
        ("25/3/2026", "2026-03-25"), ("2.3.2026", "2026-03-02"), ("March 2026", "2026-03"), ("2026-03", "2026-03"),
        ("Sept 5, 2025", "2025-09-05"), ("  2026-03-02 ", "2026-03-02"),
        ("", ""), ("soon", ""), ("2026-13-02", ""), ("February 30, 2026", ""), ("March", ""), ("2026", ""),
        ("2 March 3 2026", ""), ("Marc-2-2026x", ""), ("5 Foo 2026", ""), ("99/99/2026", ""), ("ma 2 2026", ""),
    ],
)  # fmt: skip
def test_common_ways_to_write_a_date_are_read(typed, day):
    assert read_day(typed) == day


def test_the_day_of_a_check_is_read_and_is_not_in_the_future(done, monkeypatch):
    card = done.answers()["card"]
    monkeypatch.setattr("medialit.units.correction.card.today", lambda: "2026-03-05")
    done.submit("5.4", card | {"date": "March 5, 2026"})
    assert page_of(done).date == "2026-03-05"
    said = str(done.tasks["5.4"].check(card | {"date": "3/5/2026"}))
    assert "Your date is read as March 5, 2026." in said
    for future in ("2026-03-06", "March 6, 2026", "April 2026"):
        result = done.tasks["5.4"].check(card | {"date": future})
        assert "is in the future" in result.next_step
        assert result.details["claimreview"] == 0
    assert done.tasks["5.4"].check(card | {"date": "March 2026"}).details["claimreview"] == 1


def test_all_that_was_answered_stands_on_the_page_and_in_the_text(done):
    answers, text, plain = done.answers(), Page(card_document(page_of(done))).text, card_text(page_of(done))
    for name in LIMITS:
        for shown in (text, plain):
            assert answers["card"][name] in shown
    assert answers["correct"]["text"] in text
    assert ("an invented story" in text) is done.case.about.invented
    for name, cells in answers["verify"].items():
        assert done.case.claim_gold.claim(name).says in text
        assert cells["verdict"] in text.lower()


def test_the_same_answers_give_the_same_bytes_and_others_another_number(done):
    first = page_of(done)
    assert card_document(first) == card_document(page_of(done))
    done.submit("5.4", done.answers()["card"] | {"voices": "Other words on voices."})
    assert page_of(done).number != first.number


def _luminance(colour):
    full = colour if len(colour) == 7 else "#" + "".join(c * 2 for c in colour[1:])
    parts = [int(full[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


@pytest.mark.parametrize("theme", [0, 1, 2], ids=["light", "dark", "print"])
def test_contrast_holds_in_every_theme(theme):
    block = re.findall(r":root\{([^}]*)\}", read_text(course_path("print", "card.css")))[theme]
    colours = dict(re.findall(r"--(\w+):(#[0-9a-f]{3,6})", block))

    def contrast(one, other):
        light, dark = sorted((_luminance(colours[one]), _luminance(colours[other])), reverse=True)
        return (light + 0.05) / (dark + 0.05)

    for ground in ("ground", "tint"):
        assert all(contrast(text, ground) >= 4.5 for text in ("text", "soft", "accent"))
        assert contrast("line", ground) >= 3


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2025-03-01", "March 1, 2025"),
        ("2024-10", "October 2024"),
        ("2025", "2025"),
        ("soon", "soon"),
        ("2025-99", "2025-99"),
    ],
)
def test_days_are_read_as_words(day, words):
    assert day_in_words(day) == words


def test_a_card_is_rebuilt_from_the_progress_file_alone(done, tmp_path):
    shown = done.card()
    (file,) = tmp_path.glob("correction-card*.html")
    before = file.read_bytes()
    file.unlink()
    again = medialit.open_unit("correction", case=done.case.name, progress=Progress(tmp_path / "my-progress.jsonl"))
    assert (again.card().text, file.read_bytes()) == (shown.text, before)
    assert file.name == ("correction-card.html" if done.case.name == CASES[0] else "correction-card-averstow-pool.html")
    assert not list(tmp_path.glob("*.part"))
    assert "data:text/html;base64," in shown.html


def test_in_memory_there_is_a_link_and_no_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    unit = answer_all(medialit.open_unit("correction", progress=Progress()))
    assert "is ready" in unit.card().text
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said_and_the_old_card_stays(done, tmp_path, monkeypatch):
    done.card()
    (file,) = tmp_path.glob("correction-card*.html")
    before = file.read_bytes()

    def full(*_):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("os.replace", full)
    shown = done.card()
    assert "could not be written here (Read-only file system). The link downloads the same page." in shown.text
    assert file.read_bytes() == before
    assert not list(tmp_path.glob("*.part"))


def test_an_unfinished_card_says_what_is_missing(unit, tmp_path):
    assert "Task 5.2: It has no checked answer yet." in unit.card().text
    answer_all(unit)
    unit.submit("5.3", {"claim": unit.answers()["correct"]["claim"], "text": "  "})
    assert "Task 5.3: the corrected paragraph is empty." in unit.card().text
    unit.submit("5.4", unit.answers()["card"] | {"method": ""})
    assert "Still empty: “Method" in unit.card().text
    assert not list(tmp_path.glob("correction-card*"))


def missing(unit, answers):
    return DraftCard(unit.tasks, answers, unit.say).missing()


def test_parts_that_do_not_agree_are_named(done):
    answers = done.answers()
    judged, lead = answers["verify"], answers["card"]["claim"]
    other = next(name for name in judged if name != lead)
    assert "names another" in missing(done, answers | {"correct": answers["correct"] | {"claim": other}})[0]
    turned = {**judged, lead: judged[lead] | {"verdict": "outdated"}}
    assert "In 5.2 your verdict was “outdated”" in missing(done, answers | {"verify": turned})[0]
    two = {name: cells for name, cells in judged.items() if name != other}
    assert "Claims with a verdict: 2 of 3" in missing(done, answers | {"verify": two})[0]


def test_what_was_said_is_not_asked_again(unit):
    answers = {task.id: task.answer() for task in unit.tasks.values()}
    shown = {name: unit.task(name) for name in unit.tasks}
    # Without three claims of 5.1 the desk says what to do first, and does not list all twelve.
    for name in ("5.2", "5.3"):
        offer = shown[name].block.state["offer"]
        assert (offer.get("claims") or offer.get("offered") or []) == []
        assert "First choose your three claims in 5.1" in offer["instead"]
    press(shown["5.2"], "check", answer={})
    assert "no answer yet" in shown["5.2"].block.state["feedback"]
    unit.submit("5.1", answers["choose"])
    assert [c.key for c in shown["5.2"].form.form.claims] == list(answers["verify"])
    assert shown["5.3"].block.state["offer"]["offered"] == list(answers["verify"])
    assert not shown["5.2"].block.state["offer"]["instead"] + shown["5.3"].block.state["offer"]["instead"]
    unit.submit("5.2", answers["verify"])
    unit.submit("5.3", answers["correct"])
    known = {name: answers["card"][name] for name in ("claim", "verdict", "source", "second")}
    assert shown["5.4"].block.state["offer"]["suggested"] == known


def test_what_was_judged_before_three_were_chosen_stays(unit):
    judged = unit.tasks["5.2"].answer()
    unit.submit("5.2", judged)
    assert [claim["key"] for claim in unit.task("5.2").block.state["offer"]["claims"]] == list(judged)
    assert unit.task("5.3").block.state["offer"]["offered"] == list(judged)


def test_the_desk_follows_the_choice_of_claims(unit):
    answers = {task.id: task.answer() for task in unit.tasks.values()}
    unit.submit("5.1", answers["choose"])
    desk = unit.task("5.2")
    others = [n for n in unit.case.correction.choices if n not in answers["verify"]][:3]
    unit.submit("5.1", {"card": {"claims": others, "sound": others[0]}})
    assert [claim["key"] for claim in desk.block.state["offer"]["claims"]] == others
    unit.submit("5.1", answers["choose"])
    assert [claim["key"] for claim in desk.block.state["offer"]["claims"]] == list(answers["verify"])


def a_review(number, level="mastery"):
    return {"card": number, **dict.fromkeys(CRITERIA, level), **dict.fromkeys(COMMITMENTS, "yes"), "comment": "Clear."}


def test_a_review_travels_as_a_file_and_counts_for_its_card_only(done, tmp_path):
    number = page_of(done).number
    partner = medialit.open_unit("correction", case=done.case.name, progress=Progress(tmp_path / "partner.jsonl"))
    partner.review().answer(a_review(number, "emerging"))
    (file,) = tmp_path.glob("card-review-*.json")
    assert partner.progress.entries("event", task="review")[-1].answer == a_review(number, "emerging")
    assert "0.20 of 0.40" in done.received(file).text
    assert "0.80 of 1.00" in done.score().text
    done.received(file)
    assert len(done.reviews()) == 1, "the same file twice is one review"
    marked = mark_card(done.progress.as_bytes(), [(file.name, file.read_text("utf-8"))], done.case.name)
    assert (marked.number, marked.rubric, marked.total) == (number, 0.20, 0.80)
    # A changed card has another number: the old review is kept and gives nothing.
    done.submit("5.4", done.answers()["card"] | {"voices": "Other words on voices."})
    assert "so it gives no points here" in done.received(file).text
    assert "not read yet" in done.score().text
    marked = mark_card(done.progress.as_bytes(), [(file.name, file.read_text("utf-8"))], done.case.name)
    assert marked.rubric is None
    assert "gives no points here" in marked.problems[0]


def test_an_unfinished_review_is_not_saved(unit, tmp_path):
    widget = unit.review()
    assert "Still empty" in press(widget, "save", answer={})["feedback"]
    widget.answer(a_review("my card"))
    assert "is no card number" in widget.block.state["feedback"]
    assert not list(tmp_path.glob("card-review*"))
    assert unit.progress.entries("event") == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("no json", "not a review of a card"),
        ("[1]", "not a review of a card"),
        ("{}", "not a review of a card"),
        ("[" * 9_000, "not a review of a card"),
        ("x" * 30_000, "too large"),
        (review_file(as_review(a_review("1a2b-3c4d"), "x")).replace('"version": 1', '"version": 9'), "another version"),
        (review_file(as_review(a_review("1a2b-3c4d"), "x")).replace('"levels"', '"lovels"'), "damaged"),
        (review_file(as_review(a_review("1a2b-3c4d"), "x")).replace('"mastery"', '"superb"', 1), "does not fit"),
        (review_file(as_review(a_review("1a2b-3c4d"), "x")).replace("1a2b-3c4d", "../../etc"), "no card number"),
    ],
)
def test_a_file_that_is_no_review_is_named(text, says, unit, tmp_path):
    with pytest.raises(MedialitError, match=says):
        read_review(text)
    (tmp_path / "review.json").write_text(text, encoding="utf-8")
    assert re.search(says, unit.received(tmp_path / "review.json").text)
    assert unit.progress.entries("event") == []


def test_a_missing_file_is_a_sentence(unit):
    assert "could not be read" in unit.received("nowhere.json").text


def test_every_level_of_the_rubric_says_what_it_looks_like():
    form = review_form()
    assert [b.name for b in form.blanks] == ["card", *CRITERIA, *COMMITMENTS, "comment"]
    texts = [option.text for blank in form.blanks if blank.name in CRITERIA for option in blank.options]
    assert (len(set(texts)), len(COMMITMENTS)) == (12, 5)


def test_the_command_marks_a_card_and_writes_it(done, tmp_path, capsys):
    number = page_of(done).number
    review = tmp_path / "review.json"
    review.write_text(review_file(as_review(a_review(number), done.case.name)), encoding="utf-8")
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    page = tmp_path / "out.html"
    assert card_command(tmp_path / "my-progress.jsonl", [review, tmp_path / "broken.json"], done.case.name, page)
    said = capsys.readouterr().out
    assert "together: 1.00 of 1.00" in said
    assert "broken.json: This is not a review" in said
    assert page.read_text(encoding="utf-8") == card_document(page_of(done))


def test_scores_in_a_progress_file_are_not_believed(unit):
    unit.submit("5.3", {"claim": unit.tasks["5.3"].answer()["claim"], "text": "x"})
    data = unit.progress.as_bytes().replace(b'"score":0.0', b'"score":1.0')
    assert mark_card(data, case=unit.case.name).total == 0


def test_a_file_that_is_no_progress_file_is_a_sentence():
    with pytest.raises(MedialitError):
        mark_card(b"\x89PNG")


def test_the_first_rating_comes_back(done):
    assert "has no first rating" in done.then().text
    welcome = medialit.open_unit("welcome", case=done.case.name, progress=done.progress)
    welcome.predict("trust").answer("check", 2)
    welcome.reflect("Why?", "Something is odd.", name="trust-reason")
    shown = done.then().text
    assert "you chose: look something up first. Your certainty was 2." in shown
    assert "Something is odd." in shown


def test_the_batch_has_a_row_for_each_claim(unit):
    assert unit.batch_rows() == []
    answer_all(unit)
    rows = unit.batch_rows()
    assert ([row["origins"] for row in rows], {row["fault"] for row in rows}) == ([2, 2, 2], {""})
    unit.submit("5.4", unit.answers()["card"] | {"date": "soon"})
    assert all("date" in row["fault"] for row in unit.batch_rows())
    assert "3 claims" in unit.batch().text


def test_the_worked_card_shows_and_offers_no_file(unit):
    shown = unit.example()
    assert "download=" not in shown.html
    assert unit.case.correction.example.card.relative in shown.text
