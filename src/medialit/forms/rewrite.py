"""Tell sentences in other words, by choosing words or freely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from medialit.errors import MedialitError
from medialit.forms.base import Form, Key, Option, refuse_unknown

# Longer than any sentence: a whole text was pasted.
MAX_REWRITE = 2000


@dataclass(frozen=True)
class RewriteSlot:
    """Words of a sentence, and what can be put in their place."""

    words: str
    choices: tuple[Option, ...]


@dataclass(frozen=True)
class RewriteSentence:
    """A sentence to tell in other words."""

    key: str
    text: str
    slots: tuple[RewriteSlot, ...]


@dataclass(frozen=True)
class RewriteForm(Form[dict[str, str]]):
    """Rewrite sentences by choosing words, or freely (answer: ``{sentence key: text}``); read with "" for what is missing."""

    kind: ClassVar[str] = "rewrite"
    writes: ClassVar[bool] = True
    sentences: tuple[RewriteSentence, ...]

    def read(self, answer: Any) -> dict[str, str]:
        self.unfinished(answer)
        for number, sentence in enumerate(self.sentences, 1):
            if (n := len(answer.get(sentence.key) or "")) > MAX_REWRITE:
                raise MedialitError(f"Sentence {number} has {n:,} characters. Write one sentence.")
        return {sentence.key: answer.get(sentence.key) or "" for sentence in self.sentences}

    def unfinished(self, answer: Any) -> None:
        keys = [sentence.key for sentence in self.sentences]
        if not isinstance(answer, dict):
            raise MedialitError(f"Hand in one text for each sentence, such as {{“{keys[0]}”: “…”}}.")
        refuse_unknown(answer, keys)
        for key, text in answer.items():
            if text is not None and not isinstance(text, str):
                raise MedialitError(f"Sentence {key} needs a text between quotation marks.")

    def sample(self) -> str:
        return f'{{"{self.sentences[0].key}": "your sentence", …}}'

    def all_keys(self) -> list[Key]:
        return [Key("sentence", sentence.key, sentence.text) for sentence in self.sentences]
