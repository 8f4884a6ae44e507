"""Where the kit's own files lie, and how they are read: YAML with line numbers, errors in plain sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from medialit.errors import CaseError, MedialitError

LineOf = Callable[[Sequence[str | int]], int | None]


def kit_root() -> Path:
    """The folder that holds ``datasets`` and ``course``: the checkout, or the package in an installed wheel."""
    packaged = Path(__file__).parent / "_kit"
    if packaged.is_dir():
        return packaged
    return Path(__file__).resolve().parents[2]


def data_path(*parts: str) -> Path:
    """A path under ``datasets``: ``data_path("missile-tests", "article.txt")``."""
    return kit_root().joinpath("datasets", *parts)


def course_path(*parts: str) -> Path:
    """A path under ``course``: ``course_path("01-quotes", "quiz.yaml")``."""
    return kit_root().joinpath("course", *parts)


def read_text(path: Path) -> str:
    """The text of a file, verbatim: line ends stay as they are.

    Raises CaseError when the file is missing, cannot be read or is not UTF-8.
    """
    try:
        return Path(path).read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise CaseError("This file is missing. Put it back from the course kit.", file=path) from None
    except UnicodeDecodeError as error:
        line = Path(path).read_bytes()[: error.start].count(b"\n") + 1
        raise CaseError("This file is not UTF-8 text. Save it again as UTF-8.", file=path, line=line) from None
    except OSError as error:
        raise CaseError(f"This file cannot be read ({error.strerror}).", file=path) from None


def load_yaml(path: Path) -> tuple[Any, LineOf]:
    """The data of a YAML file, and a function that gives the 1-based line of a place in it.

    ``line_of(("items", 2, "stem"))`` is the line of the third item's stem, or of its nearest parent when the
    field is missing. Raises CaseError with the line when the file is not YAML or repeats a key.
    """
    import yaml

    text = read_text(path)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        root = yaml.compose(text, Loader=loader)
        data = yaml.load(text, Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "it cannot be read"
        line = mark.line + 1 if mark else None
        raise CaseError(f"This is not valid YAML: {problem}.", file=path, line=line) from None
    _refuse_double_keys(root, path)

    def line_of(place: Sequence[str | int]) -> int | None:
        node, line = root, (root.start_mark.line + 1 if root else None)
        for step in place:
            key, node = _child(node, step)
            if node is None:
                break
            line = (key or node).start_mark.line + 1
        return line

    return data, line_of


def _child(node: Any, step: str | int) -> tuple[Any, Any]:
    """(key node or None, value node or None) of one step down."""
    import yaml

    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key, value
    return None, None


def _refuse_double_keys(node: Any, path: Path) -> None:
    import yaml

    waiting = [node]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.SequenceNode):
            waiting.extend(node.value)
        elif isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in node.value:
                if key.value in seen:
                    line = key.start_mark.line + 1
                    raise CaseError("This name stands twice. Keep one.", file=path, line=line, field=key.value)
                seen.add(key.value)
                waiting.append(value)


class Checked:
    """Reads the fields of one mapping and says plainly, with file, line and field, what does not fit."""

    def __init__(self, data: Any, path: Path, line_of: LineOf, place: Sequence[str | int] = ()) -> None:
        self.path, self.line_of, self.place = Path(path), line_of, tuple(place)
        if not isinstance(data, Mapping):
            raise self.error("Here a set of named fields is needed.")
        self.data = data

    def error(self, what: str, field: str = "") -> CaseError:
        """An error at a field of this mapping."""
        place = (*self.place, field) if field else self.place
        name = ".".join(str(p) for p in place if isinstance(p, str))
        return CaseError(what, file=self.path, line=self.line_of(place), field=name)

    def get(self, field: str, kind: type | tuple[type, ...], default: Any = ...) -> Any:
        """The value of a field; ``default`` when it is missing or empty. Raises CaseError when it does not fit."""
        value = self.data.get(field)
        if value is None:
            if default is ...:
                raise self.error("This field is missing.", field)
            return default
        if not isinstance(value, kind) or (isinstance(value, bool) and bool not in _as_tuple(kind)):
            raise self.error(f"This needs {_KINDS.get(_as_tuple(kind)[0], 'another kind of value')}.", field)
        return value

    def choice(self, field: str, allowed: Sequence[str], default: Any = ...) -> str:
        """A field that must be one of the allowed words."""
        value = self.get(field, str, default)
        if value is not default and value not in allowed:
            raise self.error(f"“{value}” is not one of: {', '.join(allowed)}.", field)
        return value

    def only(self, *fields: str) -> None:
        """Refuse fields that nobody reads, so that a typing slip does not go unseen."""
        for name in self.data:
            if name not in fields:
                raise self.error(f"This field is not known here. Known are: {', '.join(fields)}.", str(name))

    def each(self, field: str, default: Any = ...) -> list[Checked]:
        """The mappings of a list field."""
        items = self.get(field, list, default)
        return [Checked(x, self.path, self.line_of, (*self.place, field, i)) for i, x in enumerate(items)]


_KINDS = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    list: "a list",
    dict: "named fields",
    bool: "yes or no",
}


def _as_tuple(kind: type | tuple[type, ...]) -> tuple[type, ...]:
    return kind if isinstance(kind, tuple) else (kind,)


def list_cases() -> list[str]:
    """The names of the cases in the kit, in order."""
    folder = data_path()
    if not folder.is_dir():
        raise MedialitError(f"The folder of cases is missing: {folder}. Install medialit again.")
    return sorted(p.name for p in folder.iterdir() if (p / "case.yaml").is_file())
