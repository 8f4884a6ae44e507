"""Put one paragraph right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from medialit.errors import MedialitError
from medialit.forms.base import Form, Key, listed, refuse_unknown


@dataclass(frozen=True, repr=False)
class Passage:
    """A claim, the number and the words of its paragraph, and the words that make the claim there."""

    key: str
    says: str
    number: int
    paragraph: str
    words: str

    def __repr__(self) -> str:
        # The name that it had when the first versions were computed: another one would make every saved answer old.
        return f"Told({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"


class Corrected(NamedTuple):
    """A claim, and its paragraph in new words, without spaces around them."""

    claim: str
    text: str


@dataclass(frozen=True)
class CorrectForm(Form[Corrected]):
    """Correct one paragraph (answer: ``{"claim": key, "text": the whole paragraph in new words}``)."""

    kind: ClassVar[str] = "correct"
    writes: ClassVar[bool] = True
    claims: tuple[Passage, ...]
    limit: int

    def read(self, answer: Any) -> Corrected:
        self.unfinished(answer)
        if answer.get("claim") is None:
            raise MedialitError(f"Say which claim you correct, as “claim”. One of these: {listed(self._keys)}.")
        text = answer.get("text") or ""
        if len(text) > self.limit:
            raise MedialitError(
                f"Your paragraph has {len(text):,} characters. A card has room for {self.limit}. Shorten it."
            )
        return Corrected(answer["claim"], text.strip())

    @property
    def _keys(self) -> list[str]:
        return [claim.key for claim in self.claims]

    def unfinished(self, answer: Any) -> None:
        if not isinstance(answer, dict):
            raise MedialitError("Hand in the claim and the corrected paragraph: {“claim”: “…”, “text”: “…”}.")
        refuse_unknown(answer, ("claim", "text"))
        if answer.get("claim") is not None:
            refuse_unknown([answer["claim"]], self._keys, "The claim ")
        if not isinstance(answer.get("text") or "", str):
            raise MedialitError("The corrected paragraph needs a text between quotation marks.")

    def sample(self) -> str:
        return '{"claim": "…", "text": "the whole paragraph in your words"}'

    def all_keys(self) -> list[Key]:
        return [Key("claim", claim.key, f"¶{claim.number}: {claim.says}") for claim in self.claims]
