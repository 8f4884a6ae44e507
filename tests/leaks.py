"""Whatever a learner or a teacher can meet on a story of one's own, and what of it belongs to the story of the course.

``leaks(folder)`` works on the folder of any case: give it a new story, and it must return an empty list.
"""

import json
import re
from contextlib import suppress
from dataclasses import replace
from html import unescape

from gradebooks import attempt, frames

import medialit
from medialit.authoring.course import course_on
from medialit.authoring.key import answer_key
from medialit.case import load_case
from medialit.classroom.items import AnswerKey
from medialit.classroom.report.page import SECTIONS
from medialit.errors import MedialitError
from medialit.files import COURSE_CASE, course_path, data_path, know_case
from medialit.paths.load import load_paths
from medialit.paths.pack import print_pack
from medialit.progress import Progress
from medialit.units.registry import UNITS, load_tasks

_CAPITAL = re.compile(r"(?<=[a-z0-9,’”] )(?:[A-Z][\w’'.-]*\w)")
_LOWER = re.compile(r"\b[a-z]{4,}\b")
_TAGS = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]+>", re.S)
# The calls of views that exercise pages make, by unit; what is opened on the kit's second story is about that one.
CALLS = {
    plan.name: re.findall(
        r"^unit\.(?!task|check|span|coding|restore|rows|solution|open_card)\w+\(.*\)$",
        course_path(plan.folder, "exercise.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    for plan in UNITS
}


# In questions and feedback about any story.
ANY_STORY = set(
    "accused actions analysts ap appears build condemned earlier exercises finding form fully just officials outside "
    "possible range rather ready suggests tested tests think took".split()
)
# What is said about the course's story, and not in it.
ABOUT_IT = ("warhead", "warheads", "rogue nation", "Pyongyang", "Seoul")


def data_of(folder):
    """All that is written in a folder of data, without comments."""
    files = [path for path in folder.rglob("*") if path.suffix in (".yaml", ".txt")]
    return re.sub(r"^\s*# .*$", "", "\n".join(path.read_text(encoding="utf-8") for path in files), flags=re.M)


def words_of(text):
    return {word.lower() for word in re.findall(r"\w+", text)}


def foreign(case):
    """A pattern for the names, the ids and the story words of the course's story that this case does not have."""
    first, other = load_case(COURSE_CASE), [case.folder, data_path("averstow-pool"), data_path("codebooks")]
    # A word of another story, or of what is asked about any story, tells nothing.
    known = ANY_STORY.union(*(words_of(data_of(folder)) for folder in other))
    text = first.article.text
    names = {name for name in _CAPITAL.findall(text) if name.lower() not in text.split()}
    names |= {word for voice in first.voices for word in voice.name.split() if word[0].isupper()}
    names |= {card.publisher.split(",")[0] for card in first.evidence}
    words = {*_LOWER.findall(f"{text} {' '.join(claim.says for claim in first.claims)}"), *ABOUT_IT}
    ids = {one.id for one in (*first.evidence, *first.coverage.reports) if "-" in one.id} | {COURSE_CASE}
    found = [name for name in names if not words_of(name) <= known]
    found += sorted(word for word in words if not words_of(word) <= known)
    found += [name for name in ids if name not in data_of(case.folder)]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(found, key=len, reverse=True)))})(?![\w-])")


def slips(value, keys):
    """Answers that differ from a right one in one place: another key, one more or fewer, another number, no words."""
    if isinstance(value, dict):
        for name, held in value.items():
            yield {other: one for other, one in value.items() if other != name}
            for one in slips(held, [key for key in keys if key.field in (name, "")] or keys):
                yield {**value, name: one}
    elif isinstance(value, list):
        yield value[1:]
        yield value[::-1]
        yield from ([*value, key.key] for key in keys if key.key not in value)
        for place, held in enumerate(value[:3]):
            yield from ([*value[:place], one, *value[place + 1 :]] for one in slips(held, keys))
    elif isinstance(value, str):
        yield from (key.key for key in keys if key.key != value)
        yield "word " * 12
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield from (value + 1, max(0, value - 1), 10 * value)


def of_task(task, most=200):
    """All that a task says: its page, its hints, its solution, and its feedback for right, wrong and odd answers."""
    yield from (task.title, task.prompt, *task.hints, task.solution_text(), task.form.as_text(), task.form.sample())
    yield from (str(key) for key in task.form.all_keys())
    yield from task.form.in_words(task.answer())
    found = list(slips(task.answer(), task.form.all_keys()))
    # Every so many, so that all rows come up.
    for answer in [None, {}, [], "x", 3, task.answer(), *found[:: max(1, len(found) // most)]]:
        result = task.check(answer)
        yield f"{result} {result.measured} {json.dumps(result.details, ensure_ascii=False, default=str)}"


def of_question(question):
    """All that a question says."""
    yield from (json.dumps(question.model_dump(), ensure_ascii=False, default=str), question.in_words, question.why)
    for answer in [None, "x", question.key, *slips(question.key, question.form.all_keys())]:
        yield str(question.check(answer))


def seen(made):
    """What is on a page: words without tags, and what a widget is sent."""
    bundle = made._repr_mimebundle_() if hasattr(made, "_repr_mimebundle_") else {}
    bundle = bundle[0] if isinstance(bundle, tuple) else bundle
    yield from (_TAGS.sub(" ", unescape(str(bundle[kind]))) for kind in ("text/plain", "text/html") if kind in bundle)
    if hasattr(made, "get_state"):
        state = {name: value for name, value in made.get_state().items() if name[:1] != "_"}
        yield json.dumps(state, ensure_ascii=False, default=str)


def of_units(folder, progress):
    """(where, text) of everything in the exercises and the quizzes, with everything answered on the way."""
    for plan in UNITS:
        unit = medialit.open_unit(plan.name, folder, progress)
        yield from ((f"{plan.name} welcome", text) for text in seen(unit.welcome()))
        yield from ((f"{plan.name} {code}", text) for code, text in unit.questions.misconceptions.items())
        for question in unit.questions.questions:
            yield from ((f"{plan.name} {question.id}", text) for text in of_question(question))
        yield from ((f"{plan.name} quiz", text) for text in seen(unit.quiz()))
        for task in unit.tasks.values():
            yield from ((task.label, text) for text in of_task(task))
            yield from ((task.label, text) for text in seen(unit.task(task.label)))
            unit.submit(task.id, task.answer())
        yield from ((one.label, str(one)) for one in unit.tasks.left_out)
        for call in CALLS[plan.name]:
            yield from ((f"{plan.name} {call}", text) for text in seen(eval(call, {"unit": unit})))
        yield from ((f"{plan.name} summary", text) for text in seen(unit.summary()))
        yield from ((f"{plan.name} look back", text) for text in seen(unit.look_back()))


def of_course(case, folder, progress):
    """(where, text) of the pages about the whole course, and of what teachers have."""
    me = medialit.my_course(folder, progress)
    for name, view in (("overview", me.overview()), ("revisit", me.revisit()), ("board", me.board())):
        yield from ((f"My course, {name}", text) for text in seen(view))
    yield "certificate", me.certificate_html(b"")
    yield "key", answer_key(case)
    yield "print", print_pack(case)
    for path in load_paths():
        yield f"print {path.id}", print_pack(case, path)
    view = json.loads(course_on(case))
    pages = {name: held["sections"] for name, held in view["served"].items() if name.startswith("exercises/")}
    for name in ("own", "board"):
        yield f"course view, {name}", json.dumps(view[name], ensure_ascii=False)
    yield "course view, pages", json.dumps(pages, ensure_ascii=False)
    mine = {name: item for name, item in view["items"].items() if item.get("case") != COURSE_CASE}
    yield "course view, items", json.dumps(mine, ensure_ascii=False)


def of_class(case, folder):
    """(where, text) of the report about a class and of the pages that learners get back, wrong answers among them."""
    know_case(case.name, folder)
    book, rows = AnswerKey({case.name: folder}), []
    for plan in UNITS:
        items = book.items(plan.name, case.name)
        for item in items.graded().values():
            right = item.key if item.id in items.questions else item.answer()
            wrong = next(slips(right, item.form.all_keys()), right)
            for number, (answer, result) in enumerate([(one, item.check(one)) for one in (right, wrong)] * 6):
                with suppress(MedialitError):
                    one = attempt(f"l{number}", item.label, result.score, unit=plan.name, answer=item.plain(answer))
                    kind = "question" if item.id in items.questions else "task"
                    rows.append(
                        replace(one, case=case.name, kind=kind, codes=result.codes, outcome=str(result.outcome))
                    )
    told = frames(*rows)
    for name, (_, section) in SECTIONS.items():
        yield from ((f"report, {name}", text) for text in seen(section(told)))


# Said about any story, and named as an example, or a name of what is on the page.
GENERAL = {
    *(
        "I disagree",
        "The text comes from",
        "Not found here",
        "states it",
        "Work it out step by step",
        "explain it to a relative",
    ),
    *(
        "I’m guessing",
        "Fairly sure",
        "Sure",
        "everything between quotation marks",
        "Concerns have been raised",
        "none of these",
    ),
    *("50%", "and", "but", "with", "that", "no", "not", "Find what others report"),
}
_QUOTED = re.compile(r"“([^”\n]{2,200})”")


def same(text):
    """A text as it is compared: its words alone, in small letters."""
    words = " ".join(re.findall(r"[^_\W]+", text.lower()))
    return f" {words} "


def strange_quotations(folder):
    """What hints, prompts, solutions and feedback of exercises quote on this case, and it is nowhere in it: one line each."""
    case = load_case(folder)
    known, found = same(data_of(folder)), {}
    allowed = {same(text) for text in GENERAL}
    for plan in UNITS:
        for task in load_tasks(plan, case).values():
            # What can be chosen, and what somebody has typed, may be repeated.
            own = [same(str(key)) for key in task.form.all_keys()] + [same("word " * 12)]
            own += [same(text) for key, text in task.form.choices()]
            for text in of_task(task, most=120):
                for quoted in _QUOTED.findall(text):
                    parts = [part for part in map(same, re.split(r"…|\.\.\.", quoted)) if part.strip()]
                    if not all(part in known or part in allowed or any(part in one for one in own) for part in parts):
                        found.setdefault((task.label, quoted), f"{task.label}: “{quoted}” in: {text[:200]}")
    return list(found.values())


def everything(folder):
    """(where, text) of all that can be met on the case in this folder."""
    case, progress = load_case(folder), Progress()
    yield from of_units(folder, progress)
    yield from of_course(case, folder, progress)
    yield from of_class(case, folder)


def leaks(folder):
    """What of the course's story can be met on this case: one line each, with the place and the words around it."""
    case = load_case(folder)
    pattern, last = foreign(case), len(case.article.paragraphs)
    found = {}
    for where, text in everything(folder):
        for hit in pattern.finditer(text):
            around = " ".join(text[max(0, hit.start() - 60) : hit.end() + 40].split())
            found.setdefault((where, hit[0]), f"{where}: {hit[0]}: …{around}…")
        for hit in re.finditer(r"¶(\d+)", text):
            if int(hit[1]) > last:
                found.setdefault(
                    (where, hit[0]), f"{where}: {hit[0]} of {last}: …{text[max(0, hit.start() - 60) : hit.end()]}"
                )
    return list(found.values())
