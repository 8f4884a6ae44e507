"""Which tasks belong to which unit. A task is imported when its unit is opened."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from medialit.case import Case
from medialit.errors import MedialitError
from medialit.exercises.task import Task, load_texts
from medialit.files import course_path


@dataclass(frozen=True)
class UnitPlan:
    """A unit's short name, its folder under ``course/`` and the classes of its tasks as ``module:Class``."""

    name: str
    folder: str
    title: str
    tasks: tuple[str, ...]


UNITS = (
    UnitPlan(
        "welcome",
        "00-welcome",
        "Welcome",
        (
            "welcome:PractiseButtons",
            "welcome:RoundTrip",
            "welcome:PlaceTerms",
            "welcome:GuessCount",
            "welcome:MatchMoves",
        ),
    ),
    UnitPlan(
        "quotes",
        "01-quotes",
        "Quotes",
        (
            "attributions:MarkAttributions",
            "attributions:SortAttributions",
            "attributions:BeatTheRule",
            "tracing:ProvenanceChain",
            "tracing:CountVoices",
            "tracing:RepairQuote",
        ),
    ),
    UnitPlan(
        "claims",
        "02-claims",
        "Claims",
        (
            "claims:SplitClaims",
            "claims:ClassifyClaims",
            "claims:RankClaims",
            "verdicts:VerifyClaims",
            "verdicts:SayHowSure",
            "verdicts:PublishCheck",
        ),
    ),
    UnitPlan(
        "framing",
        "03-framing",
        "Framing",
        (
            "framing:CodeItems",
            "framing:MapFunctions",
            "wording:MarkWords",
            "reliability:ReliabilityLab",
            "rewriting:RewritePlainly",
            "framing:NameTechniques",
        ),
    ),
    UnitPlan(
        "sources",
        "04-sources",
        "Sources",
        (
            "matrix:FillMatrix",
            "sources:GroupOrigins",
            "sources:SplitTimeline",
            "wordsets:DistinctWords",
            "wordsets:ReuseWindow",
            "wordsets:VoicesCompared",
            "sources:BuildTest",
        ),
    ),
    UnitPlan(
        "correction",
        "05-correction",
        "The correction desk",
        (
            "correction:ChooseClaims",
            "correction:VerifyChosen",
            "correction:CorrectParagraph",
            "cardform:FillCard",
        ),
    ),
)


def find_unit(name: str) -> UnitPlan:
    """A unit by its short name, its folder or its number. Raises MedialitError with the known names."""
    wanted = str(name).strip().lower()
    for plan in UNITS:
        if wanted in (plan.name, plan.folder, plan.folder[:2], str(int(plan.folder[:2]))):
            return plan
    raise MedialitError(f"There is no unit “{name}”. Units: {', '.join(plan.name for plan in UNITS)}.")


def load_tasks(plan: UnitPlan, case: Case) -> dict[str, Task]:
    """The tasks of a unit on a case, by id, in order."""
    texts = load_texts(course_path(plan.folder, "tasks.yaml"))
    tasks = {}
    for entry in plan.tasks:
        module, _, name = entry.partition(":")
        cls = getattr(import_module(f"medialit.exercises.{module}"), name)
        if cls.id not in texts:
            raise MedialitError(f"course/{plan.folder}/tasks.yaml has no task {cls.id}. Add its words there.")
        tasks[cls.id] = cls(texts[cls.id], case, plan.name)
    return tasks
