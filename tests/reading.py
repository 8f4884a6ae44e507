"""How hard a text is to read: the Flesch–Kincaid grade of each sentence, with names and quotations excepted.

Grade = 0.39 × words per sentence + 11.8 × syllables per word − 15.59 (Kincaid, Fishburne, Rogers & Chissom 1975). A name, a
quotation, a number or code counts as one word of one syllable: nobody can choose a shorter one.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

# Words whose syllables the rules below miscount.
_KNOWN = {
    1: (
        "are aren't can't died does don't done fly goes gone hour hours i'll i'm it's less lied need none one "
        "phone shoes some stone there they're thing tied tone tried we'll we're weren't where won't yes you're "
        "zone zones"
    ),
    2: (
        "agreed applied apply being body business carried copied couldn't create denied didn't different doesn't "
        "early every hasn't haven't implied isn't million moment moments needed onion only people poem poet prayer "
        "quiet really region regions relied rely reply science several shouldn't something sometimes studied "
        "supply they'll union unique unless value values wasn't witness worried wouldn't you'll"
    ),
    3: (
        "area argument audience business's created differently document documents element evidence family "
        "government governments idea ideas instrument italian nuclear opinion opinions quotation religion "
        "science's"
    ),
    4: "actually anxiety environment reality society usually variety",
}
_SYLLABLES = {word: count for count, words in _KNOWN.items() for word in words.split()}
# What may follow a silent e: statement, careful, safely, useless.
_SUFFIXES = {
    "ment": 1,
    "ments": 1,
    "ly": 1,
    "ful": 1,
    "less": 1,
    "ness": 1,
    "body": 2,
    "thing": 1,
    "one": 1,
    "where": 1,
}
_GAP = "x"


def syllables(word: str) -> int:
    """How many syllables an English word has, by its groups of vowels; at least 1."""
    word = word.lower().replace("’", "'")
    if "-" in word:
        return sum(syllables(part) for part in word.split("-") if part)
    if word in _SYLLABLES:
        return _SYLLABLES[word]
    if word.endswith("'s"):
        return syllables(word[:-2]) + bool(re.search(r"(?:[sxz]|ch|sh|[cgsz]e)$", word[:-2]))
    word = re.sub(r"[^a-z]", "", word)
    for suffix, more in _SUFFIXES.items():
        if word.endswith(suffix) and len(word) > len(suffix) + 2:
            return syllables(word.removesuffix(suffix)) + more
    count = len(re.findall(r"[aeiouy]+", word))
    silent = re.search(r"(?:[^aeiouytd]ed|[^aeiouysxzcghl]es|[aeiouy]les|[^aeiouyl]e|[aeiouy]le|[aeiouy]ques?)$", word)
    if silent and count > 1:
        count -= 1  # named, names, rules, name, whole, unique
    # Two vowels that are two syllables: media, video, patient, actual, being.
    count += len(re.findall(r"(?<![cgstx])i(?:a|o|ent|ence|um|us|et)|(?<=[soc])ie(?=t)|eo(?!p)", word))
    count += len(re.findall(r"[^gq]u(?:al|ous|ate|ation|ence)|[aeiouy]ing$|sms?$", word))
    return max(1, count)


@dataclass(frozen=True)
class Sentence:
    """One sentence with its grade; ``words`` counts a name or a quotation as one."""

    text: str
    words: int
    grade: float


def sentences(text: str, names: frozenset[str] = frozenset()) -> list[Sentence]:
    """The graded sentences of a paragraph of Markdown. What has no full stop, such as a heading, is not one."""
    text = re.sub(r"`[^`]*`", _GAP, text)
    text = re.sub(r"</?(?:details|summary)>", " ", text)
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"“[^”]*”|\"[^\"]*\"", lambda m: _GAP + (m[0][-2] if m[0][-2] in ".?!" else ""), text)
    text = re.sub(r"[*_]+", "", text)
    text = re.sub(r"\b(?:Mr|Ms|Mrs|Dr|U\.S|U\.N|e\.g|i\.e|vs|Jan|Feb|Mar|No)\.", lambda m: m[0].replace(".", ""), text)
    text = " ".join(text.split())
    found = []
    for part in re.split(r"(?<=[.?!…])[)”’]*\s+(?=[^a-z])|(?<=:)\s+(?=[A-Z])", text):
        if not re.search(r"[.?!…:][)”’]*$", part):
            continue
        words = _words(part, names)
        if words:
            grade = 0.39 * len(words) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
            found.append(Sentence(part, len(words), grade))
    return found


def _words(sentence: str, names: frozenset[str]) -> list[str]:
    """The words; a run of capitalized words, or one of ``names`` at the start, is one gap."""
    words, before_was_name = [], False
    for n, word in enumerate(re.findall(r"[\w¶%][\w’'.-]*", sentence)):
        word = word.strip(".’'-")
        plain = re.sub(r"[’']s?$", "", word)
        is_name = bool(re.match(r"[\d¶]", word)) or plain in names or (n > 0 and plain[:1].isupper() and plain != "I")
        if not is_name:
            words.append(word)
        elif not before_was_name:
            words.append(_GAP)
        before_was_name = is_name and not re.match(r"[\d¶]", word)
    return words


def names_in(texts: list[str]) -> frozenset[str]:
    """Words that are written with a capital inside a sentence and never without one: taken to be names everywhere."""
    inside, small = set(), set()
    for text in texts:
        for match in re.finditer(r"(?<=[a-z,;] )([A-Z][a-z]+)\b", text):
            inside.add(match[1])
        small.update(re.findall(r"\b[a-z]+\b", text))
    return frozenset(word for word in inside if word.lower() not in small)


def paragraphs(source: Path) -> list[str]:
    """What a learner reads in a Markdown or YAML source of the course, one paragraph or field each."""
    text = source.read_text(encoding="utf-8")
    if source.suffix == ".md":
        return _markdown(text)
    found: list[str] = []
    _walk(yaml.safe_load(text), found, source.name in _ALL)
    return [unfilled(text) for text in found]


def unfilled(text: str) -> str:
    """A text with blanks as it may be read: ``{n|word|words}`` is a number with its noun, ``{name}`` a name."""
    return re.sub(r"\{[^{}]*\}", _GAP, re.sub(r"\{\w+\|[^|{}]*\|([^|{}]*)\}", r"7 \1", text))


def _markdown(text: str) -> list[str]:
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    text = re.sub(r"^```.*?^```$", "\n", text, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"^(?::::|% ).*$", "\n", text, flags=re.MULTILINE)
    text = re.sub(r"^(?:#.*|\|.*)$", "\n", text, flags=re.MULTILINE)
    text = re.sub(r"^\s*(?:[-*]|\d+\.)\s+", "\n\n", text, flags=re.MULTILINE)
    text = re.sub(r"^>.*$", "\n", text, flags=re.MULTILINE)  # printed words of others
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


_READ = {
    "stem", "text", "feedback", "after", "instruction", "solution", "hints", "title", "misconceptions", "do", "say", "ask",
    "they", "you", "statement", "explanation", "why", "intro", "fact", "note", "says", "options", "right", "names", "lead",
    "clue",
}  # fmt: skip
# Files in which every text is read by somebody.
_ALL = ("interface.yaml", "start.yaml", "shared.yaml", "words.yaml", "board.yaml", "rubric.yaml")


def _walk(node: object, found: list[str], read: bool = False) -> None:
    if isinstance(node, dict):
        for key, value in node.items():
            _walk(value, found, read or key in _READ)
    elif isinstance(node, list):
        for value in node:
            _walk(value, found, read)
    elif isinstance(node, str) and read:
        found.append(node)
