"""Read the gold of the claims lens and of the sources lens, and hold it against the article and against itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from medialit.article import Article
from medialit.case import _claim_checks, _coverage_checks
from medialit.case.claims import ClaimGold, ClaimsFile, EvidenceFile, Timeline
from medialit.case.coverage import CoverageFile, CoverageGold, ReportsFile
from medialit.errors import CaseError
from medialit.files import LineOf, load_yaml, validated

Fault = tuple[str, tuple[str | int, ...], str]
Gold = TypeVar("Gold", ClaimGold, CoverageGold)


def load_claims(folder: Path, article: Article) -> ClaimGold:
    """Read ``claims.yaml``, ``evidence.yaml`` and ``timeline.yaml`` of a case and hold them against each other.

    Raises CaseError with file, line and field of the first fault.
    """
    models = {"claims": ClaimsFile, "evidence": EvidenceFile, "timeline": Timeline}
    return _checked(folder, models, ClaimGold, lambda gold: _claim_checks.faults(gold, article))


def load_coverage(folder: Path, claims: ClaimGold | None = None) -> CoverageGold:
    """Read ``coverage.yaml`` and ``reports.yaml`` of a case and hold them against each other.

    With ``claims`` (claims, evidence and timeline of the case) also against those. Raises CaseError with file, line and
    field of the first fault.
    """
    models = {"coverage": CoverageFile, "reports": ReportsFile}
    return _checked(folder, models, CoverageGold, lambda gold: _coverage_checks.faults(gold, claims))


def _checked(
    folder: Path, models: Mapping[str, type[Any]], made: Callable[..., Gold], faults: Callable[[Gold], Iterable[Fault]]
) -> Gold:
    files = []
    lines: dict[str, tuple[Path, LineOf]] = {}
    for name, model in models.items():
        path = folder / f"{name}.yaml"
        data, line_of = load_yaml(path)
        files.append(validated(model, data, path, line_of))
        lines[name] = path, line_of
    gold = made(*files)
    for name, place, what in faults(gold):
        path, line_of = lines[name]
        fields = [step for step in place if isinstance(step, str)]
        raise CaseError(what, file=path, line=line_of(place), field=fields[-1])
    return gold
