"""Load what is spread over several files of a case. A file may be missing; those that are there must agree."""

from __future__ import annotations

from pathlib import Path

from medialit.article import Article
from medialit.case import _claim_checks, _coverage_checks
from medialit.case.claims import ClaimGold, ClaimsFile, EvidenceFile, Timeline
from medialit.case.coverage import CoverageFile, CoverageGold, ReportsFile
from medialit.case.reading import CaseFiles


def load_claims(folder: Path, article: Article) -> ClaimGold:
    """Read those of ``claims.yaml``, ``evidence.yaml`` and ``timeline.yaml`` that a case has, and compare them.

    Raises CaseError with file, line and field of the first fault, and the others attached.
    """
    files = CaseFiles(folder)
    parts = files.read("claims.yaml", ClaimsFile), files.read("evidence.yaml", EvidenceFile)
    gold = ClaimGold(*parts, files.read("timeline.yaml", Timeline))
    for name, place, what in _claim_checks.faults(gold, article):
        files.fault(f"{name}.yaml", place, what)
    files.done()
    return gold


def load_coverage(folder: Path, claims: ClaimGold | None = None) -> CoverageGold:
    """Read those of ``coverage.yaml`` and ``reports.yaml`` that a case has, and compare them with each other.

    With ``claims`` (claims, evidence and timeline of the case) also with those. Raises CaseError with file, line and
    field of the first fault, and the others attached.
    """
    files = CaseFiles(folder)
    gold = CoverageGold(files.read("coverage.yaml", CoverageFile), files.read("reports.yaml", ReportsFile))
    for name, place, what in _coverage_checks.faults(gold, claims or ClaimGold()):
        files.fault(f"{name}.yaml", place, what)
    files.done()
    return gold
