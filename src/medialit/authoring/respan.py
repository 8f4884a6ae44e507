"""Give a case a corrected text: all spans in its files are found again, or nothing is changed."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import yaml

from medialit.article import Article, Span
from medialit.authoring.article_file.text import decoded, tidy
from medialit.authoring.coding import find_nth, line_spans, which
from medialit.case import load_case
from medialit.case.bounds import FILE, checksum, freeze
from medialit.case.framing import locate
from medialit.case.load import case_faults
from medialit.english import count
from medialit.errors import MedialitError
from medialit.files import read_text, write_whole, yaml_loader

FILES = ("*.yaml", "coding/*.yaml", "coding/*.json")
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
    if _tidied(old.text) == old.text:
        text = _tidied(text)
    if text == old.text:
        raise MedialitError(f"{corrected.name} is the text that the case has already.")
    new, moved = Article(text), Moved(old.text, text)
    shapes = [[(block.kind, block.number) for block in one.blocks] for one in (old, new)]
    if shapes[0] != shapes[1] or len(old.sentences) != len(new.sentences):
        counts = [
            f"{count(len(one.paragraphs), 'paragraph')} and {count(len(one.sentences), 'sentence')}"
            for one in (old, new)
        ]
        raise MedialitError(
            f"The case has {counts[0]}, and {corrected.name} has {counts[1]}. Correct words inside sentences only: the files "
            "of the case name sentences by their numbers."
        )
    changed: dict[Path, str] = {}
    lost: list[str] = []
    lines: list[str] = []
    places = _Places(old, new, moved)
    for path in (path for name in FILES for path in sorted(folder.glob(name))):
        made, found = _moved(path, places, lost)
        if found:
            changed[path] = made
            lines.append(f"{path.relative_to(folder).as_posix()}: {count(found, 'place')}")
    if lost:
        more = f", and {len(lost) - _SHOWN} more" if len(lost) > _SHOWN else ""
        raise MedialitError(
            f"The correction removes words at the edge of what is marked: {'; '.join(lost[:_SHOWN])}{more}. Nothing was "
            "changed. Change these places first, or keep those words."
        )
    about = read_text(folder / "case.yaml")
    changed[folder / "case.yaml"] = re.sub(r"(?m)^sha256: *\S+", f"sha256: {checksum(text)}", about)
    changed[folder / "article.txt"] = text
    with tempfile.TemporaryDirectory() as place:
        tried = Path(place, folder.resolve().name)
        shutil.copytree(folder, tried, ignore=shutil.ignore_patterns(".*", "*.ipynb"))
        before = {str(fault) for fault in case_faults(folder)}
        for path, whole in changed.items():
            (tried / path.relative_to(folder)).write_bytes(whole.encode())
        if (tried / FILE).is_file():
            (tried / FILE).unlink()
            freeze(tried)
            changed[folder / FILE] = read_text(tried / FILE)
        if new_faults := [fault for fault in map(str, case_faults(tried)) if fault not in before]:
            raise MedialitError(f"With this text the case would have a fault: {new_faults[0]} Nothing was changed.")
    for path, whole in changed.items():
        write_whole(path, whole.encode())
    return lines


def _tidied(text: str) -> str:
    """A text as that of a new case is written: no empty lines, and nothing that cannot be seen."""
    return "".join(f"{line}\n" for line in map(tidy, text.splitlines()) if line)


class _Places:
    """Where a file points to in the old text, and where that is in the new one."""

    def __init__(self, old: Article, new: Article, moved: Moved) -> None:
        self.old, self.new, self.moved = old, new, moved
        self._lines = [line_spans(article.text) for article in (old, new)]

    def in_sentence(self, words: str, sentence: int, nth: int) -> tuple[Span | None, Callable[[Span], int | None]]:
        """Where words of a sentence are, and how to say which of the same words in it they are now."""
        return locate(self.old, words, sentence, nth), lambda span: which(
            span, lambda n: locate(self.new, self.new[span], sentence, n)
        )

    def in_line(self, words: str, line: int, nth: int) -> tuple[Span | None, Callable[[Span], int | None]]:
        """The same for words of a line, which is counted from 0."""
        old, new = (lines[line] if 0 <= line < len(lines) else None for lines in self._lines)
        if old is None or new is None:
            return None, lambda _: None
        return find_nth(self.old.text, words, old, nth), lambda span: which(
            span, lambda n: find_nth(self.new.text, self.new[span], new, n)
        )


def _moved(path: Path, places: _Places, lost: list[str]) -> tuple[str, int]:
    """(the file with its places moved, how many there are). Everything else stays as it was written, comments as well."""
    text = read_text(path)
    edits: list[tuple[int, int, str]] = []
    moved, count = places.moved, 0
    try:
        root = yaml.compose(text, yaml_loader())
    except yaml.YAMLError:
        raise MedialitError(
            f"{path.name} is damaged. Repair it first: medialit author case check names the line."
        ) from None

    def word(node: Any, now: str) -> None:
        # A text in a block of its own ends with its line.
        line = "\n" if node.style in ("|", ">") else ""
        edits.append((node.start_mark.index, node.end_mark.index, json.dumps(now, ensure_ascii=False) + line))

    def gone(node: Any, words: str) -> None:
        lost.append(f"{path.name}, line {node.start_mark.line + 1}: “{words[:60]}”")

    for node, words in _span_nodes(root, ""):
        start, end = (int(one.value) for one in node.value)
        found = moved.span(start, end)
        if found is None:
            gone(node, moved.old[start:end])
            continue
        count += 1
        edits += [
            (one.start_mark.index, one.end_mark.index, str(at)) for one, at in zip(node.value, found, strict=True)
        ]
        if words is not None and (now := moved.new[found.start : found.end]) != words.value:
            word(words, now)
    for one in _word_nodes(root, places):
        found = moved.span(*one.span)
        number = one.which(found) if found else None
        if found is None or number is None or (number and not one.before):
            gone(one.words, one.words.value)
            continue
        count += 1
        if (now := moved.new[found.start : found.end]) != one.words.value:
            word(one.words, now)
        if one.nth is not None and int(one.nth.value) != number:
            edits.append((one.nth.start_mark.index, one.nth.end_mark.index, str(number)))
        elif one.nth is None and number:
            edits.append((one.words.end_mark.index, one.words.end_mark.index, f"{one.before}{number}"))
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


@dataclass(frozen=True)
class _Words:
    """Words in a file that are in a sentence or line which it names.

    ``words`` and ``nth`` are nodes (which of the same words; None where the file does not say, and means the first),
    ``before`` is what to write before that number where it is not there yet ("" where the file has no place for it), and
    ``which`` counts for the new text.
    """

    words: Any
    nth: Any
    before: str
    span: Span
    which: Callable[[Span], int | None]


def _word_nodes(node: Any, places: _Places, sentence: int = 0) -> Iterator[_Words]:
    """Everything below a node that points into the article by its words."""
    if isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from _word_nodes(one, places, sentence)
    if not isinstance(node, yaml.MappingNode):
        return
    keys = {key.value: key for key, _ in node.value}
    fields = {key.value: value for key, value in node.value}

    def number(name: str) -> int | None:
        value = fields.get(name)
        return int(value.value) if value is not None and value.tag == "tag:yaml.org,2002:int" else None

    def found(name: str, nth: str, at: int, where: Callable[[str, int, int], Any]) -> Iterator[_Words]:
        if (words := fields.get(name)) is not None and words.tag == "tag:yaml.org,2002:str":
            span, which = where(words.value, at, number(nth) or 0)
            key = keys[name]
            quote = '"' if key.style == '"' else ""
            before = f", {quote}{nth}{quote}: " if node.flow_style else f"\n{' ' * key.start_mark.column}{nth}: "
            if name == "words" and "sentence" not in fields:
                before = ""
            if span is not None:
                yield _Words(words, fields.get(nth), before, span, which)

    sentence = number("sentence") or sentence
    if sentence:
        yield from found("words", "nth", sentence, places.in_sentence)
    if (line := number("line")) is not None:
        for name in ("content", "speaker", "cue"):
            yield from found(name, f"{name}_nth", line, places.in_line)
    for value in fields.values():
        yield from _word_nodes(value, places, sentence)


def _is_span(node: Any) -> bool:
    whole = isinstance(node, yaml.SequenceNode) and len(node.value) == 2
    return whole and all(one.tag == "tag:yaml.org,2002:int" for one in node.value)
