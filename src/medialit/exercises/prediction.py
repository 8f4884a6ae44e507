"""Predictions: a guess before the result is shown. It is kept, never graded (PRIMM: Sentance, Waite & Kallia 2019)."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from pydantic import Field, model_validator

from medialit.case.records import Record
from medialit.exercises.records import stamped
from medialit.files import FaultAt, load_model
from medialit.forms import ChoiceForm, Form, NumberForm, Option, is_blank


class PredictionOption(Record):
    """One option; ``after`` is said when it was chosen."""

    id: str
    text: str
    after: str = ""


class NumberRange(Record):
    """A guess in numbers, from ``minimum`` to ``maximum``."""

    minimum: float = 0
    maximum: float = 1000


class Prediction(Record):
    """One guess: options or a number. ``after`` is said once it is made; ``{answer}`` repeats it."""

    id: str
    written: int = Field(1, alias="version")
    stem: str
    options: list[PredictionOption] = Field(default_factory=list)
    number: NumberRange | None = None
    certainty: bool = False
    after: str = ""
    was: ClassVar[tuple[str, ...]] = ()

    @model_validator(mode="after")
    def _one_form(self) -> Prediction:
        if bool(self.options) == bool(self.number):
            raise ValueError("Give either options or a number.")
        return self

    @property
    def form(self) -> Form[Any]:
        """The shape of the guess."""
        if self.number:
            return NumberForm(minimum=self.number.minimum, maximum=self.number.maximum)
        return ChoiceForm(tuple(Option(option.id, option.text) for option in self.options))

    @property
    def version(self) -> str:
        """The written version and a digest: an edited prediction does not take over an old guess."""
        return stamped(self.written, repr((self.stem, self.form)))

    def problem(self, answer: Any) -> str | None:
        """Why this is no guess yet, in one sentence; None when it is one."""
        return "Make a guess first. It is not graded." if is_blank(answer) else self.form.problem(answer)

    def said(self, answer: Any) -> str:
        """What is said after the guess."""
        chosen = next((option for option in self.options if option.id == answer), None)
        after = self.after.replace("{answer}", chosen.text if chosen else str(answer))
        return " ".join(part for part in (chosen.after if chosen else "", after) if part)


class PredictionFile(Record):
    """The whole of ``predictions.yaml``."""

    predictions: list[Prediction]

    @model_validator(mode="after")
    def _each_id_once(self) -> PredictionFile:
        ids = [prediction.id for prediction in self.predictions]
        for place, name in enumerate(ids):
            if name in ids[:place]:
                raise FaultAt(("predictions", place, "id"), f"Two guesses have the id {name}. Give this one another.")
        return self


def load_predictions(path: Path) -> dict[str, Prediction]:
    """Predictions by id. Raises CaseError with file, line and field when the file is damaged."""
    return {prediction.id: prediction for prediction in load_model(PredictionFile, path).predictions}
