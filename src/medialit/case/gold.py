"""Load what is spread over several files of a case. A file may be missing; those that are there must agree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from medialit.article import Article
from medialit.case import _claim_checks, _coverage_checks
from medialit.case.claims import ClaimGold, ClaimsFile, EvidenceFile, Timeline
from medialit.case.coverage import CoverageFile, CoverageGold, ReportsFile
from medialit.errors import CaseError, raise_first
from medialit.files import LineOf, load_yaml, validated

Fault = tuple[str, tuple[str | int, ...], str]
Gold = TypeVar("Gold", ClaimGold, CoverageGold)


def load_claims(folder: Path, article: Article) -> ClaimGold:
    """Read those of ``claims.yaml``, ``evidence.yaml`` and ``timeline.yaml`` that a case has, and compare them.

    Raises CaseError with file, line and field of the first fault, and the others attached.
    """
    models = {"claims": ClaimsFile, "evidence": EvidenceFile, "timeline": Timeline}
    return _checked(folder, models, ClaimGold, lambda gold: _claim_checks.faults(gold, article))


def load_coverage(folder: Path, claims: ClaimGold | None = None) -> CoverageGold:
    """Read those of ``coverage.yaml`` and ``reports.yaml`` that a case has, and compare them with each other.

    With ``claims`` (claims, evidence and timeline of the case) also with those. Raises CaseError with file, line and
    field of the first fault, and the others attached.
    """
    models = {"coverage": CoverageFile, "reports": ReportsFile}
    return _checked(folder, models, CoverageGold, lambda gold: _coverage_checks.faults(gold, claims))


def _checked(
    folder: Path, models: Mapping[str, type[Any]], made: Callable[..., Gold], faults: Callable[[Gold], Iterable[Fault]]
) -> Gold:
    files: list[Any] = []
    found: list[CaseError] = []
    lines: dict[str, tuple[Path, LineOf]] = {}
    for name, model in models.items():
        path = folder / f"{name}.yaml"
        files.append(None)
        if not path.is_file():
            continue
        try:
            data, line_of = load_yaml(path)
            files[-1] = validated(model, data, path, line_of)
            lines[name] = path, line_of
        except CaseError as error:
            found += error.all
    gold = made(*files)
    for name, place, what in faults(gold):
        # What is told of a file that is missing is no fault: the case does not have that part yet.
        if name in lines:
            path, line_of = lines[name]
            fields = [step for step in place if isinstance(step, str)]
            found.append(CaseError(what, file=path, line=line_of(place), field=fields[-1]))
    raise_first(found)
    return gold
