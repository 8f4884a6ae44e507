"""Where the kit's own files lie, and how they are read: YAML with line numbers, errors in plain sentences."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from medialit.errors import CaseError, MedialitError, raise_first

if TYPE_CHECKING:
    from pydantic import BaseModel

# The notebook on which the course opens; the number puts it first in the list of files.
START_PAGE = "00-start"
EXERCISES = "exercises"  # the folder of the exercise pages
# The case whose story the lessons are about.
COURSE_CASE = "missile-tests"
# Names the case that a class works on, by its name or folder, for every kernel of a JupyterLab.
TAUGHT = "MEDIALIT_CASE"
Model = TypeVar("Model", bound="BaseModel")
LineOf = Callable[[Sequence[str | int]], int | None]
Place = tuple[str | int, ...]
Fault = tuple[Place, str]  # where in a file, and what is wrong there in one sentence


@cache
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


def yaml_bytes(data: Any, head: str = "") -> bytes:
    """Plain data as a YAML file in the order given, below ``head``: comments that say who wrote it."""
    import yaml

    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text: str = yaml.dump(data, Dumper=dumper, allow_unicode=True, sort_keys=False, width=120)
    return f"{head}{text}".encode()


def read_text(path: Path) -> str:
    """The text of a file, verbatim: line ends stay as they are.

    Raises CaseError when the file is missing, cannot be read or is not UTF-8.
    """
    try:
        return Path(path).read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise CaseError(
            "This file is missing. Put it back, or write it where the case is your own.", file=path
        ) from None
    except UnicodeDecodeError as error:
        line = Path(path).read_bytes()[: error.start].count(b"\n") + 1
        raise CaseError("This file is not UTF-8 text. Save it again as UTF-8.", file=path, line=line) from None
    except OSError as error:
        raise CaseError(f"This file cannot be read ({error.strerror}).", file=path) from None


def write_whole(path: Path, data: bytes, *, sync: bool = True) -> None:
    """Put a whole file in place at once: temporary file beside it, then rename. Raises OSError; the old file stays then.

    ``sync`` waits until it is on the disk; what can be made again need not.
    """
    spare = path.with_name(f"{path.name}.part")
    try:
        with open(spare, "wb") as file:
            file.write(data)
            file.flush()
            if sync:
                os.fsync(file.fileno())
        os.replace(spare, path)
    except OSError as error:
        with suppress(OSError):
            spare.unlink()
        error.filename, error.filename2 = str(path), None
        raise


def yaml_loader() -> Any:
    """The loader in C, which Pyodide may lack."""
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_yaml(path: Path) -> tuple[Any, LineOf]:
    """The data of a YAML file, and a function that gives the 1-based line of a place in it.

    ``line_of(("items", 2, "stem"))`` is the line of the third item's stem, or of its nearest parent when the
    field is missing. Raises CaseError with the line when the file is not YAML or repeats a key.
    """
    text = read_text(path)
    try:
        data = pickle.loads(_parsed(text))
    except _Refused as why:
        raise CaseError(why.what, file=path, line=why.line, field=why.field) from None

    def line_of(place: Sequence[str | int]) -> int | None:
        node = _composed(text)
        line = node.start_mark.line + 1 if node else None
        for step in place:
            key, node = _child(node, step)
            if node is None:
                break
            line = (key or node).start_mark.line + 1
        return line

    return data, line_of


class _Refused(Exception):
    """What is wrong with a text in YAML, and where in it."""

    def __init__(self, what: str, line: int | None = None, field: str = "") -> None:
        super().__init__(what)
        self.what, self.line, self.field = what, line, field


# After a change to one file of a case all of them are read again; the data of each is packed, so that nobody can alter it.
@lru_cache(maxsize=64)
def _parsed(text: str) -> bytes:
    """The data of a text in YAML, pickled. Raises _Refused."""
    import yaml

    loader = yaml_loader()(text)
    try:
        root = loader.get_single_node()
        _refuse_doubles(root)
        return pickle.dumps(None if root is None else loader.construct_document(root))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "it cannot be read"
        told = f"This is not valid YAML: {problem}. A text with a colon, # or @ in it needs quotation marks around it."
        raise _Refused(told, mark.line + 1 if mark else None) from None
    except (ValueError, OverflowError) as error:
        # The last part that was begun and not finished.
        *_, node = loader.recursive_objects
        told = f"This value cannot be read: {error}. If it is meant as text, put it in quotation marks."
        raise _Refused(told, node.start_mark.line + 1) from None
    except RecursionError:
        raise _Refused("This file has too many parts inside each other.") from None
    finally:
        loader.dispose()


@lru_cache(maxsize=1)
def _composed(text: str) -> Any:
    """The nodes of a text that was parsed before: they know their lines."""
    import yaml

    return yaml.compose(text, yaml_loader())


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


def _refuse_doubles(node: Any) -> None:
    """Refuse a name that appears twice, and a part used twice by an alias: few of them fill any memory."""
    import yaml

    waiting, met = [node], set()
    while waiting:
        node = waiting.pop()
        if id(node) in met:
            raise _Refused("An alias (*) uses this part again. Write it out.", node.start_mark.line + 1)
        met.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            waiting.extend(node.value)
        elif isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in node.value:
                if key.value in seen:
                    raise _Refused("This name appears twice. Keep one.", key.start_mark.line + 1, key.value)
                seen.add(key.value)
                waiting.append(value)


class FaultAt(ValueError):
    """A fault that a model found below the field that it was checking: ``place`` leads there from that field."""

    def __init__(self, place: Sequence[str | int], told: str) -> None:
        super().__init__(told)
        self.place = tuple(place)


def validated(model: type[Model], data: Any, path: Path, line_of: LineOf, place: Sequence[str | int] = ()) -> Model:
    """``data`` as a pydantic model. Raises CaseError that names file, line and field of the first fault."""
    from pydantic import ValidationError

    try:
        return model.model_validate(data)
    except ValidationError as error:
        found = [_fault(one, data, path, line_of, place) for one in error.errors(include_url=False)]
    raise_first(found)
    raise AssertionError("a model that is not valid has a fault")


def _fault(error: Any, data: Any, path: Path, line_of: LineOf, place: Sequence[str | int]) -> CaseError:
    deeper = getattr(error.get("ctx", {}).get("error"), "place", ())
    where = (*place, *_found_in(data, error["loc"]), *deeper)
    if error["type"].startswith("union_tag"):
        where = (*where, error["ctx"]["discriminator"].strip("'"))
    return CaseError(_plain(error), file=path, line=line_of(where), field=dotted(where))


def dotted(place: Sequence[str | int]) -> str:
    """A place as people read it, lists counted from 1: ``cards.3.date``."""
    return ".".join(step if isinstance(step, str) else str(step + 1) for step in place)


def _found_in(data: Any, loc: Sequence[str | int]) -> Iterator[str | int]:
    """A place without what pydantic puts into it: for a union the value of its ``type``, for a name that is none a word."""
    for step in loc:
        if step == "[key]" or (isinstance(data, dict) and step == data.get("type")):
            continue
        yield str(step) if isinstance(data, dict) else step
        there = isinstance(data, dict) or (isinstance(data, list) and type(step) is int)
        try:
            data = data[step] if there else None
        except LookupError:
            data = None


def load_model(model: type[Model], path: Path) -> Model:
    """Read a YAML file and validate it: the usual way to open a file of a case or of the course."""
    data, line_of = load_yaml(path)
    return validated(model, data, path, line_of)


def load_checked(model: type[Model], path: Path, faults: Callable[[Model], Iterable[Fault]]) -> Model:
    """The same, and ``faults`` finds what no model can see. Raises CaseError with the first, and the others attached."""
    data, line_of = load_yaml(path)
    made = validated(model, data, path, line_of)
    raise_first(CaseError(what, file=path, line=line_of(at), field=dotted(at)) for at, what in faults(made))
    return made


_NEEDED = {
    "string_type": "This needs a text.",
    "int_type": "This needs a whole number.",
    "int_parsing": "This needs a whole number.",
    "float_type": "This needs a number.",
    "bool_type": "This needs true or false.",
    "list_type": "This needs a list.",
    "tuple_type": "This needs a list.",
    "dict_type": "This needs named fields.",
    "model_type": "This needs named fields.",
    "model_attributes_type": "This needs named fields.",
    "union_tag_not_found": "This field is missing, or it is not one name.",
    "missing": "This field is missing.",
    "extra_forbidden": "This field is not known here. Check its spelling or remove it.",
    "date_from_datetime_parsing": "This needs a date such as 2024-03-18.",
    "int_from_float": "This needs a whole number.",
    "finite_number": "This needs a number.",
    "string_too_short": "This field is empty.",
    "string_too_long": "This has more than {max_length} characters.",
    "too_short": "This needs {min_length} or more, and has {actual_length}.",
    "too_long": "This can have {max_length} at most, and has {actual_length}.",
    "greater_than": "This needs a number above {gt:g}.",
    "greater_than_equal": "This needs {ge:g} or more.",
    "less_than_equal": "This needs {le:g} or less.",
}


def _plain(error: Any) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "union_tag_invalid":
        return f"“{context['tag']}” is not one of: {context['expected_tags']}."
    if kind == "literal_error":
        return f"“{error['input']}” is not one of: {context['expected']}."
    if kind == "value_error":
        return str(context.get("error", error["msg"]))
    return _NEEDED[kind].format(**context) if kind in _NEEDED else f"{error['msg']}."


def taught_case() -> str:
    """The case of the exercises, questions and My course: the course's own, unless ``medialit lab --case`` named another."""
    return os.environ.get(TAUGHT, "").strip() or COURSE_CASE


_OWN: dict[str, Path] = {}


def know_case(name: str, folder: Path) -> None:
    """From now on this process finds a case of one's own by its name, as if it were in the kit."""
    _OWN[name] = folder


def case_path(name: str) -> Path:
    """The folder of a case by its name, whether there is one or not."""
    return _OWN.get(name) or data_path(name)


def known_cases() -> list[str]:
    """The names of the cases in the kit, and of those that this process was told of, in order."""
    return sorted({*list_cases(), *_OWN})


def list_cases() -> list[str]:
    """The names of the cases in the kit, in order."""
    folder = data_path()
    if not folder.is_dir():
        raise MedialitError(f"The folder of cases is missing: {folder}. Install medialit again.")
    return sorted(p.name for p in folder.iterdir() if (p / "case.yaml").is_file())
