"""A quiz: its file, its five types of question, and a check of any answer at all. No widget is needed for it."""

from __future__ import annotations

import difflib
import hashlib
import json
import math
import re
import unicodedata
from abc import abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, model_validator

from medialit.case.records import StrictRecord
from medialit.errors import MedialitError
from medialit.exercises.answers import plain
from medialit.exercises.records import NOT_ATTEMPTED, Outcome, Result, could_not_check, stamped
from medialit.files import COURSE_CASE, FaultAt, load_model
from medialit.forms import ChoiceForm, Form, NumberForm, Option, OrderForm, TextForm, is_blank
from medialit.forms.number import number_of
from medialit.scoring.calibration import PAYOFF, mark
from medialit.scoring.order import order_score

MAX_TEXT, MAX_LIST = 200, 50
PARTLY_AT = 0.6  # share of an order that earns "partly"; a random order has .5 on average
# Words of explained feedback: long enough to explain, short enough to be read (pedagogy C).
WRONG_WORDS, RIGHT_WORDS = (25, 60), (15, 60)


def _check_words(text: str, limits: tuple[int, int], *place: str) -> str:
    if not limits[0] <= (count := len(text.split())) <= limits[1]:
        raise FaultAt(place, f"This feedback has {count} words. Write {limits[0]} to {limits[1]}.")
    return text


def _written(text: str, pattern: str, how: str) -> str:
    if not re.fullmatch(pattern, text):
        raise ValueError(f"“{text[:40]}” cannot be used here. Write {how}.")
    return text


Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Explained = Annotated[Sentence, AfterValidator(lambda text: _check_words(text, WRONG_WORDS))]
Confirmed = Annotated[Sentence, AfterValidator(lambda text: _check_words(text, RIGHT_WORDS))]
Code = Annotated[str, AfterValidator(lambda text: _written(text, r"[A-Z]{1,3}-[A-Z0-9]{1,4}", "a code, such as Q-D"))]
Key = Annotated[
    str,
    AfterValidator(
        lambda text: _written(text, r"[a-z][a-z0-9_-]{0,30}", "a short name in small letters, such as own-1")
    ),
]
Place = tuple[str | int, ...]
Tried = tuple[Any, Any]  # an answer and its certainty


class Otherwise(StrictRecord):
    """What is said of a wrong answer, and the misconception behind it; the base of every trap."""

    code: Code | None = None
    feedback: Explained


class Trap(Otherwise):
    """A foreseen wrong answer."""

    code: Code

    def said(self) -> str:
        """The wrong answer in words."""
        raise NotImplementedError


class NumberTrap(Trap):
    """A wrong number, or all from ``low`` to ``high`` (both included)."""

    value: float | None = None
    low: float | None = None
    high: float | None = None

    def fits(self, number: float) -> bool:
        """True when the trap foresees this number."""
        if self.value is not None:
            return math.isclose(number, self.value, abs_tol=1e-9)
        low = -math.inf if self.low is None else self.low
        return low <= number <= (math.inf if self.high is None else self.high)

    def said(self) -> str:
        if self.value is not None:
            return f"{self.value:g}"
        low = f"{self.low:g} or more" if self.low is not None else ""
        return " ".join(filter(None, (low, f"up to {self.high:g}" if self.high is not None else "")))


class OrderTrap(Trap):
    """A wrong order: the first item of ``before`` is somewhere before the second."""

    before: Annotated[list[Key], Field(min_length=2, max_length=2)]

    def said(self) -> str:
        return f"{self.before[0]} before {self.before[1]}"


class TextTrap(Trap):
    """Wrong words."""

    any_of: Annotated[list[Sentence], Field(min_length=1)]

    def said(self) -> str:
        return ", ".join(self.any_of[:3])


class OrderItem(StrictRecord):
    """One thing to put in order."""

    id: Key
    text: Sentence


class Choice(OrderItem):
    """An option of ``one`` and ``several``. A wrong one carries the code of its misconception."""

    right: bool = False
    code: Code | None = None
    feedback: Sentence

    @model_validator(mode="after")
    def _explains(self) -> Choice:
        if self.right and self.code:
            raise FaultAt(("code",), "A right option has no misconception. Remove the code.")
        if not self.right and not self.code:
            raise ValueError(f"The wrong option {self.id} needs the code of its misconception.")
        _check_words(self.feedback, RIGHT_WORDS if self.right else WRONG_WORDS, "feedback")
        return self


class Question(StrictRecord):
    """What every question has. What is asked is printed, what is right is not."""

    id: Key
    type: str
    written: Annotated[int, Field(ge=1, alias="version")]
    stem: Sentence
    hints: Annotated[list[Sentence], Field(min_length=3, max_length=3)]
    certainty: bool = False
    # To recall what the unit says, to apply it, or to transfer it; the last two on a sentence that no learner has seen.
    asks: Literal["recall", "apply", "transfer"] = "recall"
    # The case whose story it is about; on other cases it is not asked. Without it, it can be asked about any story.
    about: str = ""
    wanted: ClassVar[str]
    was: ClassVar[tuple[str, ...]] = ()
    optional: ClassVar[bool] = False

    @property
    def label(self) -> str:
        """What the question is called on a page."""
        return self.id

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        yield from (("id", self.id), ("type", self.type), ("stem", self.stem), ("form", self.form))

    @cached_property
    @abstractmethod
    def form(self) -> Form[Any]:
        """The shape of the answer."""

    @property
    @abstractmethod
    def key(self) -> Any:
        """A right answer, as plain data."""

    @property
    @abstractmethod
    def in_words(self) -> str:
        """The right answer in words, as Markdown."""

    @property
    def on_paper(self) -> str:
        """The same with the letters that paper and code use; a learner's page shows none, because its order is her own."""
        letters = ", ".join(self.key) if isinstance(self.key, list) else self.key
        return f"**{letters}** {self.in_words}" if self.form.all_keys() else self.in_words

    @property
    def why(self) -> str:
        """Why the right answer is right."""
        return " ".join(text for _, text, code in self.remarks() if code is None and text)

    @abstractmethod
    def remarks(self) -> Iterator[tuple[Place, str, str | None]]:
        """(place in the file, explanation, code) of all that is said: right ones have no code, ``otherwise`` may have one."""

    @abstractmethod
    def wrong(self) -> Iterator[tuple[str, str]]:
        """(answer in words, code) of every foreseen wrong answer."""

    @abstractmethod
    def _marked(self, answer: Any) -> Result:
        """The result for an answer that fits the form."""

    @cached_property
    def version(self) -> str:
        """The written version and six digits over what is asked and what is right: a better hint keeps old answers."""
        raw = self.model_dump()
        names = ("type", "stem", "unit", "answer", "tolerance", "order", "accept")
        asked = {name: raw[name] for name in names if name in raw}
        asked["options"] = [[o["id"], o["text"], o.get("right")] for o in raw.get("options", raw.get("items", []))]
        return stamped(self.written, json.dumps(asked, sort_keys=True))

    def plain(self, answer: Any) -> Any:
        """The answer as one plain record, the same through either door.

        Letters may be typed large, a single choice may be a list of one, whole numbers lose their ``.0``. Anything else
        comes back unchanged, for ``check`` to refuse.
        """
        if type(answer) in (set, frozenset) and len(answer) <= MAX_LIST and self.type == "several":
            answer = list(answer)
        try:
            # From here on only exact base types are left: comparing them never runs a learner's code.
            answer = plain(answer)
        except MedialitError:
            return answer
        too_long = type(answer) in (str, list) and len(answer) > (MAX_TEXT if type(answer) is str else MAX_LIST)
        return answer if too_long else self._tidy(self.form.evened(answer))

    def _tidy(self, answer: Any) -> Any:
        return answer.strip() if type(answer) is str else answer

    def check(self, answer: Any, certainty: Any = None, first: Tried | None = None) -> Result:
        """Outcome, score (0 to 1), explained feedback and misconception codes of any answer at all; never raises.

        With a certainty of 1, 2 or 3 the points of certainty-based marking are in ``details["points"]``, unless another
        answer was handed in ``first``: after its explanation, to be sure is no news.
        """
        answer = self.plain(answer)
        problem = self._problem(answer, certainty)
        if problem:
            return could_not_check(problem)
        if is_blank(answer):
            return NOT_ATTEMPTED
        result = self._marked(answer)
        if certainty is not None and first not in (None, (answer, certainty)):
            return replace(result, message=f"{result.message} Certainty points are given once, for the first answer.")
        if certainty is not None:
            points = mark(certainty, result.outcome is Outcome.PASSED)
            result = replace(result, details={**result.details, "certainty": certainty, "points": points})
        return result

    def _problem(self, answer: Any, certainty: Any) -> str | None:
        if certainty is not None and (type(certainty) is not int or certainty not in PAYOFF):
            return "Certainty is 1, 2 or 3, or nothing."
        if is_blank(answer):
            return None
        try:
            plain(answer)
        except MedialitError as error:
            return str(error)
        if isinstance(answer, str) and len(answer) > MAX_TEXT:
            return f"That text has {len(answer):,} characters. Write at most {MAX_TEXT}."
        if isinstance(answer, list) and len(answer) > MAX_LIST:
            return f"That list has {len(answer):,} entries, too many for any question. {self.wanted}"
        if isinstance(answer, list) and not all(type(x) is str for x in answer):
            return f"The list holds something other than texts. {self.wanted}"
        return self.form.problem(answer)


class _ChoiceQuestion(Question):
    options: list[Choice]

    @model_validator(mode="after")
    def _each_once(self) -> _ChoiceQuestion:
        ids, texts = zip(*((option.id, option.text.casefold()) for option in self.options), strict=True)
        for i, name in enumerate(ids):
            if ids.count(name) > 1:
                raise FaultAt(("options", i, "id"), f"The option {name} appears twice.")
            if texts.count(texts[i]) > 1:
                raise FaultAt(("options", i, "text"), f"Two options say “{self.options[i].text[:40]}”.")
        return self

    @cached_property
    def form(self) -> ChoiceForm:
        options = tuple(Option(option.id, option.text) for option in self.options)
        return ChoiceForm(options, several=self.type == "several")

    def shuffled(self, seed: str) -> list[str]:
        """The ids of the options in an order that is the same whenever the seed is."""
        return sorted(
            (option.id for option in self.options),
            key=lambda name: hashlib.sha256(f"{seed}/{self.id}/{name}".encode()).digest(),
        )

    @property
    def in_words(self) -> str:
        return "; ".join(option.text for option in self.options if option.right)

    def remarks(self) -> Iterator[tuple[Place, str, str | None]]:
        for i, option in enumerate(self.options):
            yield ("options", i), option.feedback, option.code

    def wrong(self) -> Iterator[tuple[str, str]]:
        yield from ((f"{option.id}: {option.text}", option.code) for option in self.options if option.code)


class OneQuestion(_ChoiceQuestion):
    """Exactly one option is right."""

    wanted: ClassVar[str] = "Hand in one letter, for instance “b”."
    type: Literal["one"]
    options: Annotated[list[Choice], Field(min_length=2, max_length=5)]

    @model_validator(mode="after")
    def _one_right(self) -> OneQuestion:
        right = sum(option.right for option in self.options)
        if right != 1:
            raise FaultAt(("options",), f"Exactly one option must be right, not {right}.")
        return self

    @property
    def key(self) -> str:
        return next(option.id for option in self.options if option.right)

    def _marked(self, answer: str) -> Result:
        chosen = next(option for option in self.options if option.id == answer)
        return _passed(chosen.feedback) if chosen.right else _missed(chosen)


class SeveralQuestion(_ChoiceQuestion):
    """One option or more are right; ``missed`` is said when only right ones are chosen, but not all."""

    wanted: ClassVar[str] = "Hand in a list of letters, for instance [“a”, “c”]."
    type: Literal["several"]
    options: Annotated[list[Choice], Field(min_length=3, max_length=6)]
    missed: Otherwise

    @model_validator(mode="after")
    def _some_right(self) -> SeveralQuestion:
        if not self.key:
            raise FaultAt(("options",), "At least one option must be right.")
        return self

    @property
    def key(self) -> list[str]:
        return [option.id for option in self.options if option.right]

    def remarks(self) -> Iterator[tuple[Place, str, str | None]]:
        yield from super().remarks()
        yield ("missed",), self.missed.feedback, self.missed.code or ""

    def _tidy(self, answer: Any) -> Any:
        given = [answer] if type(answer) is str and answer.strip() else answer
        known = [option.id for option in self.options]
        # In the order of the page, each once.
        fits = type(given) is list and all(type(x) is str and x in known for x in given)
        return [name for name in known if name in given] if fits else given

    def _marked(self, answer: list[str]) -> Result:
        chosen = [option for option in self.options if option.id in answer]
        hits, wrong = [o for o in chosen if o.right], [o for o in chosen if not o.right]
        if not wrong and len(hits) == len(self.key):
            return _passed("Every choice fits, and none is missing. " + _explained(hits))
        score = max(0, len(hits) - len(wrong)) / len(self.key)
        message = f"{len(hits)} of your {len(chosen)} choices fit. Still missing: {len(self.key) - len(hits)}."
        outcome = Outcome.PARTLY if score > 0 else Outcome.NOT_YET
        if not wrong:
            return Result(outcome, score, message, self.missed.feedback, codes=_missed(self.missed).codes)
        codes = tuple(dict.fromkeys(o.code for o in wrong if o.code))
        return Result(outcome, score, f"{message} {_explained(wrong)}", codes=codes)


class _TrapQuestion(Question):
    right: Confirmed
    otherwise: Otherwise
    traps: list[Any] = Field(default_factory=list)

    def remarks(self) -> Iterator[tuple[Place, str, str | None]]:
        yield ("right",), self.right, None
        for i, trap in enumerate(self.traps):
            yield ("traps", i), trap.feedback, trap.code
        yield ("otherwise",), self.otherwise.feedback, self.otherwise.code or ""

    def wrong(self) -> Iterator[tuple[str, str]]:
        yield from ((trap.said(), trap.code) for trap in self.traps)


class NumberQuestion(_TrapQuestion):
    """A number, right within ``tolerance``."""

    wanted: ClassVar[str] = "Hand in a number, for instance 7."
    type: Literal["number"]
    answer: float
    tolerance: Annotated[float, Field(ge=0)] = 0.0
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    traps: list[NumberTrap] = Field(default_factory=list)

    @model_validator(mode="after")
    def _traps_fit(self) -> NumberQuestion:
        for i, trap in enumerate(self.traps):
            if (trap.value is None) == (trap.low is None and trap.high is None):
                raise FaultAt(("traps", i), "Give a value, or low and high.")
            if trap.fits(self.answer):
                raise FaultAt(("traps", i), "This trap would catch the right number.")
        if self.form.problem(self.answer):
            raise FaultAt(("answer",), "Nobody can hand in this number: it is not between minimum and maximum.")
        return self

    @cached_property
    def form(self) -> NumberForm:
        return NumberForm(self.unit, self.minimum, self.maximum)

    @property
    def key(self) -> float:
        return self.answer

    @property
    def in_words(self) -> str:
        return f"**{self.answer:g}** {self.unit}".strip()

    def _tidy(self, answer: Any) -> Any:
        if type(answer) is str and (found := number_of(answer, self.unit)) is not None:
            answer = found
        return int(answer) if type(answer) is float and answer.is_integer() else super()._tidy(answer)

    def _marked(self, answer: float) -> Result:
        if abs(answer - self.answer) <= self.tolerance + 1e-9:
            return _passed(self.right)
        return _missed(next((trap for trap in self.traps if trap.fits(answer)), self.otherwise))


class OrderQuestion(_TrapQuestion):
    """Items to put in order; shown as they are written here, which must not be the right order."""

    wanted: ClassVar[str] = "Hand in a list of letters in order."
    type: Literal["order"]
    items: Annotated[list[OrderItem], Field(min_length=3, max_length=8)]
    order: list[Key]
    traps: list[OrderTrap] = Field(default_factory=list)

    @model_validator(mode="after")
    def _order_fits(self) -> OrderQuestion:
        shown = [item.id for item in self.items]
        if sorted(self.order) != sorted(set(shown)) or len(shown) != len(set(shown)):
            raise FaultAt(("order",), "The order must name every item once, and no other.")
        if self.order == shown:
            raise FaultAt(("items",), "The items are written in the right order already. Write them in another one.")
        for i, trap in enumerate(self.traps):
            if stranger := next((x for x in trap.before if x not in shown), ""):
                raise FaultAt(("traps", i, "before"), f"There is no item {stranger}.")
            if self.order.index(trap.before[0]) < self.order.index(trap.before[1]):
                raise FaultAt(("traps", i, "before"), "This is the right order of the two. Turn it round.")
        return self

    @cached_property
    def form(self) -> OrderForm:
        return OrderForm(tuple(Option(item.id, item.text) for item in self.items))

    @property
    def key(self) -> list[str]:
        return list(self.order)

    @property
    def in_words(self) -> str:
        texts = {item.id: item.text for item in self.items}
        return " → ".join(texts[name] for name in self.order)

    def _marked(self, answer: list[str]) -> Result:
        if answer == self.order:
            return _passed(self.right)
        score = order_score(answer, self.order)
        fits = (t for t in self.traps if answer.index(t.before[0]) < answer.index(t.before[1]))
        outcome = Outcome.PARTLY if score >= PARTLY_AT else Outcome.NOT_YET
        return replace(_missed(next(fits, self.otherwise)), outcome=outcome, score=score)


class TextQuestion(_TrapQuestion):
    """A short text. ``accept`` names what it must speak of, ``beside`` what else may be said with it.

    Capitals, marks, accents, plurals, possessives and small words such as "the" or "who" do not count, and a slip of one
    letter in a long word is forgiven. A trap fits when all words of one of its entries are there.
    """

    wanted: ClassVar[str] = "Hand in a short text between quotation marks."
    type: Literal["text"]
    accept: Annotated[list[Sentence], Field(min_length=1)]
    beside: list[Sentence] = Field(default_factory=list)
    traps: list[TextTrap] = Field(default_factory=list)

    @model_validator(mode="after")
    def _traps_are_wrong(self) -> TextQuestion:
        for i, trap in enumerate(self.traps):
            if any(self._accepts(x) for x in trap.any_of):
                raise FaultAt(("traps", i, "any_of"), "This trap would catch an accepted answer.")
        return self

    @cached_property
    def form(self) -> TextForm:
        return TextForm()

    @property
    def key(self) -> str:
        return self.accept[0]

    @property
    def in_words(self) -> str:
        return "; ".join(self.accept[:4]) + " …"

    def _accepts(self, answer: str) -> bool:
        heads = {word for entry in self.accept for word in words_of(entry)}
        beside = {word for entry in self.beside for word in words_of(entry)}
        found = {_spelled(word, heads) for word in words_of(_affirmed(answer))}
        return bool(found & heads) and found <= heads | beside

    def _marked(self, answer: str) -> Result:
        if self._accepts(answer):
            return _passed(self.right)
        given = set(words_of(answer)) or {normal(answer)}
        fits = (trap for trap in self.traps if any(set(words_of(x) or [normal(x)]) <= given for x in trap.any_of))
        return _missed(next(fits, self.otherwise))


# Words that name nobody by themselves.
_SMALL = frozenset(
    "a an the this that these it its itself of in by for to at from his her their who whoever whose which one ones person "
    "people somebody someone himself herself is was has have been be being just only probably".split()
)


def words_of(text: str) -> list[str]:
    """The words of a short answer that say something, without their plural."""
    words = [word for word in normal(text).split() if word not in _SMALL]
    return [word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word for word in words]


def _affirmed(answer: str) -> str:
    """What an answer says, without what it only sets aside or gives as a reason: ``the writer, not Kim``."""
    kept = re.sub(r"\bnot\b.*?\bbut\b", " ", answer, flags=re.I)
    return re.split(r"\b(?:and not|not|rather than|instead of|because)\b", kept, flags=re.I)[0].strip(" ,;.") or answer


def _spelled(word: str, known: set[str]) -> str:
    """The known word that a long word was meant for, with a slip of one letter; else the word itself."""
    close = difflib.get_close_matches(word, [one for one in known if len(one) > 5], 1, 0.83) if len(word) > 5 else []
    return close[0] if close else word


def normal(text: str) -> str:
    """A text for comparing short answers: no capitals, accents, marks, article in front or possessive ``'s``."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    letters = re.sub(r"['’]s?\b", "", letters)
    kept = (c if c.isalnum() else " " for c in letters if not unicodedata.combining(c))
    words = "".join(kept).split()
    return " ".join(words[1:] if words[:1] in (["the"], ["a"], ["an"]) else words)


def _explained(options: list[Choice]) -> str:
    return " ".join(f"“{option.text.rstrip('.')}”: {option.feedback}" for option in options)


def _passed(feedback: str) -> Result:
    return Result(Outcome.PASSED, 1.0, feedback)


def _missed(said: Otherwise | Choice) -> Result:
    return Result(Outcome.NOT_YET, 0.0, said.feedback, codes=(said.code,) if said.code else ())


AnyQuestion = Annotated[
    OneQuestion | SeveralQuestion | NumberQuestion | OrderQuestion | TextQuestion, Field(discriminator="type")
]


class Quiz(StrictRecord):
    """The whole file: a title, the misconceptions (code -> a sentence to say in class), and questions in order."""

    title: Sentence
    misconceptions: dict[Code, Sentence] = Field(repr=False)
    questions: Annotated[list[AnyQuestion], Field(min_length=1)]

    @model_validator(mode="after")
    def _fits_together(self) -> Quiz:
        ids = [question.id for question in self.questions]
        for i, question in enumerate(self.questions):
            if question.id in ids[:i]:
                raise FaultAt(("questions", i, "id"), f"The question {question.id} appears twice.")
            for place, _, code in question.remarks():
                if code and code not in self.misconceptions:
                    told = f"The code {code} is not in the list “misconceptions”. Add its sentence there."
                    raise FaultAt(("questions", i, *place, "code"), told)
        keys = Counter(question.key for question in self.questions if isinstance(question, OneQuestion))
        if keys.total() >= 3:
            letter, count = keys.most_common(1)[0]
            # Somebody who always picks the same letter must not do well.
            if count > (keys.total() + 1) // 2:
                last = max(i for i, question in enumerate(self.questions) if question.type == "one")
                told = f"Option {letter} is right in {count} of {keys.total()} questions. Move some keys."
                raise FaultAt(("questions", last, "id"), told)
        return self

    def __getitem__(self, question_id: str) -> Question:
        """The question of an id. Raises MedialitError with the known ids."""
        wanted = str(question_id)[:40].strip().lower()
        for question in self.questions:
            if question.id == wanted:
                return question
        raise MedialitError(f"There is no question “{wanted}”. Questions: {', '.join(q.id for q in self.questions)}.")

    def __contains__(self, name: str) -> bool:
        return any(question.id == name for question in self.questions)

    def on(self, case: str) -> Quiz:
        """The questions that can be asked on a case: those about it, and those about any story, without its paragraphs."""
        if case == COURSE_CASE:
            return self
        mine = [q if q.about else _elsewhere(q, "") for q in self.questions if q.about in ("", case)]
        return self.model_copy(update={"questions": mine})

    def more(self, misconceptions: Mapping[str, str], questions: Iterable[Question]) -> Quiz:
        """The same quiz with more questions at its end; one whose id is taken is left out."""
        new = [question for question in questions if question.id not in self]
        known = {**misconceptions, **self.misconceptions}
        return self.model_copy(update={"misconceptions": known, "questions": [*self.questions, *new]})

    def only(self, *question_ids: str) -> Quiz:
        """The same quiz with these questions alone, in the order asked for."""
        return self.model_copy(update={"questions": [self[question_id] for question_id in question_ids]})


# Where one sentence ends and the next begins. A sentence with this sign sends a reader to the story of the course.
_COURSE_STORY = "¶"
_NEXT = re.compile(r"(?:(?<=[.?!])|(?<=[.?!][”\")]))\s+(?=[“\"(]?[A-Z¶])")
_TOLD = {"feedback", "right", "hints"}


def _elsewhere(value: Any, name: str) -> Any:
    """The same question without the sentences that send a reader to the story of the course."""
    if isinstance(value, BaseModel):
        return value.model_copy(update={n: _elsewhere(getattr(value, n), n) for n in type(value).model_fields})
    if isinstance(value, list):
        return [one for each in value if (one := _elsewhere(each, name))]
    if not isinstance(value, str) or name not in _TOLD:
        return value
    sentences = _NEXT.split(value)
    kept = [sentence for sentence in sentences if _COURSE_STORY not in sentence]
    # “Then look here” followed a look at the story.
    return " ".join(s[5:6].upper() + s[6:] if s.startswith("Then ") and len(kept) < len(sentences) else s for s in kept)


def load_quiz(path: Path | str) -> Quiz:
    """Read ``quiz.yaml``. Raises CaseError with file, line and field of the first fault."""
    return load_model(Quiz, Path(path))
