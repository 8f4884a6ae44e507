"""Give a case a corrected text: all spans in its files are found again, or nothing is changed."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import yaml

from medialit.article import Article, Span
from medialit.authoring.article_file import decoded
from medialit.case import load_case
from medialit.case.bounds import FILE, checksum, freeze
from medialit.errors import MedialitError
from medialit.files import read_text, write_whole

FILES = ("attributions.yaml", "claims.yaml", "coding/claims-*.yaml")
# The fields that hold a span, and lists of them.
_SPANS, _LISTS = frozenset(["content", "speaker", "cue", "span"]), frozenset(["claims"])
_SHOWN = 5  # lost places in one message


class Moved:
    """Where places of an old text are in a new one."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        self._blocks = [block for block in blocks if block.size]
        self._starts = [block.a for block in self._blocks]

    def span(self, start: int, end: int) -> Span | None:
        """The same words, or the words that took their place; None when the text at an edge is gone."""
        first, last = self._place(start), self._place(end - 1)
        return None if first is None or last is None or last < first else Span(first, last + 1)

    def _place(self, at: int) -> int | None:
        i = bisect_right(self._starts, at) - 1
        block = self._blocks[i] if i >= 0 else None
        return block.b + at - block.a if block and at < block.a + block.size else None


def respan(folder: Path, corrected: Path) -> list[str]:
    """Replace a case's article with the text of a file and move every span with it; returns what was changed, in lines.

    Only words inside sentences may change, so that no number of a sentence or a paragraph does. Raises MedialitError when a
    span cannot be found again or sentences were added or lost; nothing is changed then.
    """
    case = load_case(folder)
    old = case.article
    text = decoded(corrected.name, corrected.read_bytes()).replace("\r\n", "\n")
    if text == old.text:
        raise MedialitError(f"{corrected.name} is the text that the case has already.")
    new, moved = Article(text), Moved(old.text, text)
    shapes = [[(block.kind, block.number) for block in one.blocks] for one in (old, new)]
    if shapes[0] != shapes[1] or len(old.sentences) != len(new.sentences):
        counts = [f"{len(one.paragraphs)} paragraphs and {len(one.sentences)} sentences" for one in (old, new)]
        raise MedialitError(
            f"The case has {counts[0]}, and {corrected.name} has {counts[1]}. Correct words inside sentences only: the files "
            "of the case name sentences by their numbers."
        )
    changed: dict[Path, str] = {}
    lost: list[str] = []
    lines: list[str] = []
    for path in (path for name in FILES for path in sorted(folder.glob(name))):
        made, count = _moved(path, moved, lost)
        changed[path] = made
        lines.append(f"{path.name}: {count} spans")
    if lost:
        more = f", and {len(lost) - _SHOWN} more" if len(lost) > _SHOWN else ""
        raise MedialitError(
            f"The correction removes words at the edge of what is marked: {'; '.join(lost[:_SHOWN])}{more}. Nothing was "
            "changed. Change these places first, or keep those words."
        )
    about = read_text(folder / "case.yaml")
    changed[folder / "case.yaml"] = re.sub(r"(?m)^sha256: *\S+", f"sha256: {checksum(text)}", about)
    for path, whole in changed.items():
        write_whole(path, whole.encode())
    write_whole(folder / "article.txt", text.encode())
    if (folder / FILE).is_file():
        (folder / FILE).unlink()
        freeze(folder)
    return lines


def _moved(path: Path, moved: Moved, lost: list[str]) -> tuple[str, int]:
    """(the file with its spans moved, how many there are). Everything else stays as it was written, comments as well."""
    text = read_text(path)
    edits: list[tuple[int, int, str]] = []
    count = 0
    for node, words in _span_nodes(yaml.compose(text, yaml.SafeLoader), ""):
        start, end = (int(one.value) for one in node.value)
        found = moved.span(start, end)
        if found is None:
            lost.append(f"{path.name}, line {node.start_mark.line + 1}: “{moved.old[start:end][:60]}”")
            continue
        count += 1
        edits += [
            (one.start_mark.index, one.end_mark.index, str(at)) for one, at in zip(node.value, found, strict=True)
        ]
        if words is not None and (now := moved.new[found.start : found.end]) != words.value:
            # A text in a block of its own ends with its line.
            line = "\n" if words.style in ("|", ">") else ""
            edits.append((words.start_mark.index, words.end_mark.index, json.dumps(now, ensure_ascii=False) + line))
    for begin, end, new in sorted(edits, reverse=True):
        text = text[:begin] + new + text[end:]
    return text, count


def _span_nodes(node: Any, name: str) -> Iterator[tuple[Any, Any]]:
    """(node of a span, node of the text that repeats its words or None) of everything below a node."""
    if isinstance(node, yaml.MappingNode):
        fields = {key.value: value for key, value in node.value}
        repeated = fields.get("text")
        for field, value in fields.items():
            if field in _SPANS and _is_span(value):
                yield value, repeated if field in ("content", "span") else None
            else:
                yield from _span_nodes(value, field)
    elif isinstance(node, yaml.SequenceNode):
        for one in node.value:
            if name in _LISTS and _is_span(one):
                yield one, None
            else:
                yield from _span_nodes(one, name)


def _is_span(node: Any) -> bool:
    whole = isinstance(node, yaml.SequenceNode) and len(node.value) == 2
    return whole and all(one.tag == "tag:yaml.org,2002:int" for one in node.value)
