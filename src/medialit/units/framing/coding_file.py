"""A coding as a small file for a partner, without a name in it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from medialit.errors import MedialitError
from medialit.exercises.wording import say
from medialit.scoring.reliability import LABELS

MAX_FILE = 100_000


def coding_file(items: Mapping[str, str], case: str, codebook: int) -> str:
    """A coding as a file for a partner: JSON with the case, the version of the codebook and yes or no by item."""
    data = {"medialit": "coding", "case": case, "codebook": codebook, "items": dict(items)}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def read_coding(text: str, case: str, codebook: int, wanted: Sequence[str]) -> dict[str, str]:
    """The yes and no answers of a partner's file.

    Raises MedialitError, in one sentence, for a file of another kind, case or version, with missing items or unknown
    labels.
    """
    if len(text) > MAX_FILE:
        raise MedialitError(say("coding_too_large"))
    try:
        data = json.loads(text)
    except ValueError:
        data = None
    items = data.get("items") if isinstance(data, dict) and data.get("medialit") == "coding" else None
    if not isinstance(items, dict):
        raise MedialitError(say("coding_none"))
    if data.get("case") != case:
        raise MedialitError(say("coding_of_another", story=str(data.get("case"))[:40], yours=case))
    if data.get("codebook") != codebook:
        raise MedialitError(say("coding_old", version=str(data.get("codebook"))[:10], yours=codebook))
    if strangers := [name for name in items if name not in wanted]:
        raise MedialitError(say("coding_stranger", item=str(strangers[0])[:20]))
    for name, label in items.items():
        if label not in LABELS:
            raise MedialitError(say("coding_label", item=name, label=str(label)[:20]))
    if missing := [name for name in wanted if name not in items]:
        raise MedialitError(say("coding_leaves_out", n=len(missing), of=len(wanted), first=missing[0]))
    return dict(items)
