"""Load a case: one article with all that is needed to teach from it, validated when it is loaded."""

from __future__ import annotations

from functools import cached_property, lru_cache
from pathlib import Path

from medialit.article import Article
from medialit.case.bounds import checksum, load_bounds
from medialit.case.claims import Card, Claim, ClaimGold, Timeline
from medialit.case.correction import CorrectionFile, load_correction
from medialit.case.coverage import CoverageGold
from medialit.case.framing import FramingGold, load_framing
from medialit.case.gold import load_claims, load_coverage
from medialit.case.quotes import QuoteGold, load_quotes
from medialit.case.records import Record
from medialit.case.skills import Skill, SkillFile
from medialit.errors import CaseError, MedialitError
from medialit.files import data_path, list_cases, load_model, load_yaml, read_text

UNKNOWN = "unknown"


class Published(Record):
    """Where a stranger finds the article. What is not known says so; ``note`` says what the address is known to hold."""

    publisher: str = UNKNOWN
    headline: str = UNKNOWN
    author: str = UNKNOWN
    date: str = UNKNOWN
    address: str = UNKNOWN
    note: str = ""


class CaseFile(Record):
    """The whole of ``case.yaml``. ``rights`` is printed under the article: whose text it is, and why it may be shown.

    ``published`` says where it appeared, for the readers of a correction.
    """

    name: str
    title: str
    language: str = "en"
    invented: bool = False
    sha256: str
    provenance: str
    rights: str = ""
    unknown: list[str]
    published: Published = Published()
    kernel: str = ""


class Case:
    """A loaded case. Attributes are plain records; every span is an offset into ``article.text``."""

    def __init__(self, folder: Path, about: CaseFile, article: Article, quotes: QuoteGold, glossary: dict[str, str]):
        self.folder, self.about, self.article, self.glossary = folder, about, article, glossary
        self.name, self.title = about.name, about.title
        self.quotes = tuple(quotes.attributions)
        self.voices, self.voices_clue = tuple(quotes.voices), quotes.voices_clue
        self.marking = tuple(tuple(chunk) for chunk in quotes.marking)
        self.sorting = tuple(quotes.sorting)
        self.chain, self.repair = quotes.chain, quotes.repair

    @cached_property
    def claim_gold(self) -> ClaimGold:
        """Claims, evidence and timeline together; read when first used. Raises CaseError when a file is damaged."""
        return load_claims(self.folder, self.article)

    @cached_property
    def coverage(self) -> CoverageGold:
        """Facts, real reports, model reports and the matrix; read when first used. Raises CaseError when damaged."""
        return load_coverage(self.folder, self.claim_gold)

    @cached_property
    def framing(self) -> FramingGold:
        """The coding panel of the framing lens; read when first used. Raises CaseError when a file is damaged."""
        return load_framing(self.folder, self.article, self.name)

    @cached_property
    def correction(self) -> CorrectionFile:
        """The correction desk's choices and cards; read when first used. Raises CaseError when a file is damaged."""
        return load_correction(self.folder, self.article, self.claim_gold)

    @cached_property
    def skills(self) -> dict[str, Skill]:
        """The tasks that are data alone, by name; empty without a ``skills.yaml``. Raises CaseError when it is damaged."""
        path = self.folder / "skills.yaml"
        if not path.is_file():
            return {}
        skills = load_model(SkillFile, path).skills
        gold = self.claim_gold
        known = {record.id for group in (gold.claims, gold.evidence, gold.timeline.events) for record in group}
        for name, skill in skills.items():
            for row in skill.rows:
                if unknown := set(row.rests) - known:
                    raise CaseError(f"Row “{row.id}” of {name} rests on “{min(unknown)}”, which is unknown.", file=path)
        return skills

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of the article with their verdicts."""
        return self.claim_gold.claims

    @property
    def evidence(self) -> tuple[Card, ...]:
        """The evidence cards."""
        return self.claim_gold.evidence

    @property
    def timeline(self) -> Timeline:
        """The dated events, and the day that the article implies."""
        return self.claim_gold.timeline

    def __repr__(self) -> str:
        return f"Case({self.name!r}, {len(self.quotes)} gold quotes)"


def load_case(name_or_folder: str | Path) -> Case:
    """Load and validate a case: a name from the kit (``"missile-tests"``) or a folder of your own.

    Raises CaseError, with file, line and field, when a file is missing or damaged.
    """
    if not isinstance(name_or_folder, str | Path) or not str(name_or_folder).strip():
        raise MedialitError("Give the name of a case in quotation marks, or the folder of your own.")
    folder = Path(name_or_folder) if Path(name_or_folder).is_dir() else data_path(str(name_or_folder))
    if not (folder / "case.yaml").is_file():
        names = ", ".join(list_cases())
        raise MedialitError(f"There is no case “{name_or_folder}”. Cases in this kit: {names}. Or give a folder.")
    return _load(folder.resolve(), _stamp(folder))


def _stamp(folder: Path) -> tuple[tuple[str, int], ...]:
    """File names and change times: an edited case is read again, an unchanged one is not."""
    return tuple(sorted((p.name, p.stat().st_mtime_ns) for p in folder.iterdir() if p.is_file()))


@lru_cache(maxsize=8)
def _load(folder: Path, _: object) -> Case:
    about = load_model(CaseFile, folder / "case.yaml")
    text = read_text(folder / "article.txt")
    if checksum(text) != about.sha256:
        raise CaseError("The text was changed: its checksum is not the one in case.yaml.", file=folder / "article.txt")
    article = Article(text, about.title, load_bounds(folder, Article(text)))
    quotes = load_quotes(folder, article)
    glossary, _lines = load_yaml(folder / "glossary.yaml")
    return Case(folder, about, article, quotes, dict(glossary or {}))
