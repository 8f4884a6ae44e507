"""A coding as a small file for a partner, without a name in it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from medialit.errors import MedialitError
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
        raise MedialitError("This file is too large to be a coding. Ask your partner for coding.json.")
    try:
        data = json.loads(text)
    except ValueError:
        raise MedialitError(
            "This file is not a coding file. Ask your partner to save one with “Save my coding”."
        ) from None
    if not isinstance(data, dict) or data.get("medialit") != "coding" or not isinstance(data.get("items"), dict):
        raise MedialitError("This file is not a coding file. Ask your partner to save one with “Save my coding”.")
    if data.get("case") != case:
        raise MedialitError(f"This file codes the story “{str(data.get('case'))[:40]}”. You code “{case}”.")
    if data.get("codebook") != codebook:
        raise MedialitError(
            f"This file used version {str(data.get('codebook'))[:10]} of the codebook, and you use version {codebook}. "
            "Code with the same one."
        )
    items = data["items"]
    strangers = [name for name in items if name not in wanted]
    if strangers:
        raise MedialitError(f"This file holds an item “{str(strangers[0])[:20]}” that the codebook does not have.")
    for name, label in items.items():
        if label not in LABELS:
            raise MedialitError(f"Item {name} has the label “{str(label)[:20]}”. Labels are yes and no.")
    missing = [name for name in wanted if name not in items]
    if missing:
        raise MedialitError(
            f"This file leaves out {len(missing)} of {len(wanted)} items, first {missing[0]}. Code all of them."
        )
    return dict(items)
