"""Load a case: one article with what there is to teach from it. What is there is validated when it is loaded."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import Field

from medialit.article import Article
from medialit.case.bounds import checksum, open_article
from medialit.case.claims import Card, Claim, ClaimGold, Timeline
from medialit.case.correction import CorrectionFile, load_correction
from medialit.case.coverage import CoverageGold
from medialit.case.framing import FramingGold, load_framing
from medialit.case.gold import load_claims, load_coverage
from medialit.case.lacking import lacking
from medialit.case.quotes import Chain, GoldQuote, QuoteGold, Repair, load_quotes
from medialit.case.records import Record, Texts
from medialit.case.skills import Skill, load_skills
from medialit.errors import CaseError, MedialitError
from medialit.files import case_path, data_path, list_cases, load_model, read_text

UNKNOWN = "unknown"
Loaded = TypeVar("Loaded")
Other = TypeVar("Other")


class Published(Record):
    """Where a stranger finds the article. What is not known says so; ``note`` says what the address is known to hold."""

    publisher: str = UNKNOWN
    headline: str = UNKNOWN
    author: str = UNKNOWN
    date: str = UNKNOWN
    address: str = UNKNOWN
    note: str = ""


class CaseFile(Record):
    """The whole of ``case.yaml``. ``rights`` says whose text it is, and why it may be shown.

    ``unknown`` lists what is not known of the text. ``published`` says where it appeared, for the readers of a correction.
    """

    name: str
    title: str
    language: str = "en"
    invented: bool = False
    sha256: str
    provenance: str = ""
    rights: str = ""
    unknown: list[str] = Field(default_factory=list)
    published: Published = Published()
    kernel: str = ""

    @property
    def label(self) -> str:
        """What is said wherever an invented story, or what was made of it, is met; empty for a real one."""
        return "This story is invented: nothing in it exists." if self.invented else ""

    @property
    def credit(self) -> str:
        """What is printed wherever the article is: who wrote it, where it appeared, and under which license it is shown."""
        # With a note it is not certain where the text appeared: ``rights`` then says what is known.
        place = Published() if self.published.note else self.published
        headline = f"“{place.headline}”" if place.headline != UNKNOWN else UNKNOWN
        known = [headline, *dict.fromkeys((place.author, place.publisher)), place.date, place.address]
        source = ", ".join(one for one in known if one != UNKNOWN)
        # One who is credited by a sentence of their own has written it.
        rights = (
            self.rights if not self.rights or self.rights.endswith(".") else f"License or permission: {self.rights}."
        )
        return " ".join(filter(None, (f"Source: {source}." if source else "", rights)))


class Case:
    """A loaded case. Attributes are plain records; every span is an offset into ``article.text``."""

    def __init__(self, folder: Path, about: CaseFile, article: Article, quotes: QuoteGold, glossary: dict[str, str]):
        self.folder, self.about, self.article, self.glossary = folder, about, article, glossary
        self.name, self.title = about.name, about.title
        self.quotes = tuple(quotes.attributions)
        self.voices, self.voices_clue = tuple(quotes.voices), quotes.voices_clue
        self.marking = tuple(tuple(chunk) for chunk in quotes.marking)
        self.sorting = tuple(quotes.sorting)
        self.quote_gold = quotes

    def isolated(self, text: str) -> str:
        """Words of the case for a sentence of the course, so that its punctuation stays where it is (Unicode UAX 9)."""
        return f"\u2068{text}\u2069" if self.article.direction == "rtl" else text

    @property
    def chain(self) -> Chain:
        """The hands that one quotation went through. Raises NotServed where the case has none."""
        if self.quote_gold.chain is None:
            raise lacking("chain")
        return self.quote_gold.chain

    @property
    def repair(self) -> Repair:
        """The quotation to repair. Raises NotServed where the case has none."""
        if self.quote_gold.repair is None:
            raise lacking("repair")
        return self.quote_gold.repair

    def is_marked(self, quote: GoldQuote) -> bool:
        """Does it begin in a sentence that learners mark themselves?"""
        sentence = self.article.sentence_at(quote.content.start)
        return sentence is not None and any(sentence.number in chunk for chunk in self.marking)

    def one_reader(self, unit: str) -> bool:
        """Is the key of this unit one person's reading? It is until two people's passes were brought together.

        Who looked up claims that were not coded on the annotation page is not known, and nothing is said of them.
        """
        coding = self.folder / "coding"

        def alone(what: str, together: str = "") -> bool:
            settled = (coding / (together or f"{what}-adjudicated.yaml")).is_file()
            return not settled or len(coder_files(self.folder, what)) < 2

        if unit == "quotes":
            return bool(self.quotes) and alone("quotes")
        if unit in ("claims", "correction"):
            judged = (coding / "evidence-coder-1.yaml").is_file()
            one = alone("claims") or (judged and alone("evidence", "verdicts-settled.yaml"))
            return (coding / "claims-coder-1.yaml").is_file() and one
        return unit == "framing" and len(self.framing.coders) < 2

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
        """The coding panel of the framing lens; read when first used.

        Raises NotServed where nobody has coded the article, and CaseError when a file is damaged.
        """
        gold = load_framing(self.folder, self.article, self.name)
        if gold is None:
            raise lacking("coding")
        if not gold.coders:
            raise lacking("passes")
        return gold

    @cached_property
    def correction(self) -> CorrectionFile:
        """The correction desk's choices and cards; read when first used.

        Raises NotServed where the case has none, and CaseError when the file is damaged.
        """
        if gold := load_correction(self.folder, self.article, self.claim_gold):
            return gold
        raise lacking("correction")

    @cached_property
    def skills(self) -> dict[str, Skill]:
        """The tasks that are data alone, by name; empty without a ``skills.yaml``. Raises CaseError when it is damaged."""
        return load_skills(self.folder, self.claim_gold)

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

    Only ``case.yaml`` and ``article.txt`` must be there. Raises CaseError, with file, line and field, when one of these is
    missing or a file is damaged.
    """
    if not isinstance(name_or_folder, str | Path) or not str(name_or_folder).strip():
        raise MedialitError("Give the name of a case in quotation marks, or the folder of your own.")
    folder = Path(name_or_folder) if Path(name_or_folder).is_dir() else case_path(str(name_or_folder))
    if not (folder / "case.yaml").is_file():
        names = ", ".join(list_cases())
        told = f"There is no case “{name_or_folder}”. Cases in this kit: {names}. Or give a folder."
        raise MedialitError(f"{told}{packed(name_or_folder)}")
    return _load(folder.resolve(), _stamp(folder))


def packed(name: str | Path) -> str:
    """What to do first with a case that is in a pack; empty for any other name."""
    return f" Take it out of its pack first: medialit author case install {name}" if Path(name).suffix == ".zip" else ""


def named_case(name_or_folder: str | Path) -> Case:
    """A case to hand out: answers are kept under its name, so it must be that of its folder, and no case of the kit's.

    Raises MedialitError where it is not, and for what is no case.
    """
    case = load_case(name_or_folder)
    folder = case.folder.name
    if case.folder == data_path(folder).resolve():
        return case
    if folder in list_cases():
        raise MedialitError(
            f"A case named {folder} is in the kit already and needs no folder. Is {name_or_folder} another one? Rename the "
            "folder, and “name” in its case.yaml."
        )
    if case.name != folder:
        raise MedialitError(
            f"The folder {folder} holds a case that is called {case.name} in its case.yaml. Give both the same name, and "
            "hand the case out again if learners have the old one."
        )
    return case


def _stamp(folder: Path) -> tuple[tuple[str, int], ...]:
    """File names and change times: an edited case is read again, an unchanged one is not."""
    files = (path for place in (folder, folder / "coding") if place.is_dir() for path in place.iterdir())
    return tuple(sorted((str(path), path.stat().st_mtime_ns) for path in files if path.is_file()))


@lru_cache(maxsize=8)
def _load(folder: Path, _: object) -> Case:
    about = load_model(CaseFile, folder / "case.yaml")
    text = read_text(folder / "article.txt")
    if checksum(text) != about.sha256:
        raise CaseError("The text was changed: its checksum is not the one in case.yaml.", file=folder / "article.txt")
    article = open_article(folder, about.title, about.language)
    return Case(folder, about, article, load_quotes(folder, article), load_glossary(folder))


def coder_files(folder: Path, what: str) -> list[tuple[int, Path]]:
    """The coding files of one kind, by the number of the coder; a copy under another name is nobody's."""
    found = (
        (re.fullmatch(rf"{what}-coder-([1-9]\d*)\.yaml", p.name), p)
        for p in (folder / "coding").glob(f"{what}-coder-*")
    )
    return sorted((int(match[1]), path) for match, path in found if match)


def load_glossary(folder: Path) -> dict[str, str]:
    """Hard words with their meanings; empty without ``glossary.yaml``. Raises CaseError when the file is damaged."""
    path = folder / "glossary.yaml"
    if not path.is_file():
        return {}
    glossary: dict[str, str] = load_model(Texts, path).root
    return glossary


def case_faults(folder: Path) -> list[CaseError]:
    """Every fault in the files that a case has, each once, in the order of its units. A missing file is no fault.

    Raises CaseError when there is nothing to compare them with: ``case.yaml`` or ``article.txt`` is missing or damaged.
    """
    about, article = load_model(CaseFile, folder / "case.yaml"), Article(read_text(folder / "article.txt"))
    found: list[CaseError] = []

    def kept(load: Callable[[], Loaded], otherwise: Other) -> Loaded | Other:
        try:
            return load()
        except CaseError as error:
            found.extend(error.all)
            return otherwise

    if (own := checksum(article.text)) != about.sha256:
        told = "The text was changed: its checksum is not the one in case.yaml. If the new text is right, write"
        what = f"{told} sha256: {own} there, and find all spans again."
        return [CaseError(what, file=folder / "article.txt")]
    article = kept(lambda: open_article(folder), article)
    kept(lambda: load_glossary(folder), None)
    kept(lambda: load_quotes(folder, article), None)
    # What is damaged is treated as missing, so that a fault is not named again by everything that points to it.
    claims = kept(lambda: load_claims(folder, article), ClaimGold())
    kept(lambda: load_skills(folder, claims), None)
    kept(lambda: load_framing(folder, article, about.name), None)
    kept(lambda: load_coverage(folder, claims), None)
    kept(lambda: load_correction(folder, article, claims), None)
    return found
