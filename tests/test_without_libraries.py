"""Nothing that a learner clicks needs a library that the browser does not have."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from every_page import CODE
from some import some

from medialit.files import kit_root

# What a page in the browser has no copy of, or does not load for a learner.
BLOCKED = (
    "matplotlib numpy pandas PIL regex sqlalchemy scipy sklearn typer jupytext nbformat nbclient jupyterlab "
    "jupyter_client jupyter_server zmq psutil rich dask"
).split()

_BLOCK = """
import importlib.abc, json, sys
class Missing(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in BLOCKED:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None
BLOCKED = set(json.loads(sys.argv[1]))
sys.meta_path.insert(0, Missing())
from medialit.browser import stand_in_for_regex
stand_in_for_regex()
"""

_CUT = """
import medialit, nltk
from medialit.article import Article
found = {}
for case in map(medialit.load_case, ("missile-tests", "averstow-pool")):
    texts = {"story": case.article.text} | {report.id: report.text for report in case.coverage.models}
    for name, text in texts.items():
        article = Article(text)  # without the bounds that a case keeps, so that NLTK cuts it
        quotes = [repr(quote) for quote in medialit.find_quotes(article)]
        found[f"{case.name} {name}"] = [article.bounds.sentences, article.bounds.words, quotes]
print(json.dumps([hasattr(sys.modules["regex"], "cache_all"), found]))
"""


def run(code: str, *given: object, block: bool = True) -> object:
    blocked = BLOCKED if block else []
    done = subprocess.run(
        [sys.executable, "-c", _BLOCK + code, json.dumps(blocked), *map(json.dumps, given)],
        capture_output=True,
        text=True,
        env={**os.environ, "MEDIALIT_PROGRESS": ":memory:"},
        cwd=kit_root() / "notebooks",
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("folder", ["notebooks", "solutions"])
def test_every_page_runs_with_what_the_browser_has(folder):
    """The solutions have every cell of the exercises, with answers in them."""
    root = kit_root() / folder
    if not root.is_dir():
        pytest.skip("solutions stay with the checkout")
    pages = [str(path) for path in sorted(root.glob("*.ipynb"))]
    found = run("paths = json.loads(sys.argv[2])\n" + CODE, some(pages))
    assert found["wrong"] == 0
    assert found["shown"] > 5 * len(pages)
    assert found["charts"] > 1


def test_the_block_blocks():
    with pytest.raises(AssertionError, match="No module named 'matplotlib'"):
        run("import matplotlib.figure; print(1)")


def test_the_stand_in_for_regex_cuts_and_quotes_every_text_as_the_real_one_does():
    real, with_real = run(_CUT, block=False)
    other, with_stand_in = run(_CUT)
    assert (real, other) == (True, False)
    assert len(with_real) > 5
    assert with_stand_in == with_real
    assert sum(len(quotes) for *_, quotes in with_real.values()) > 20
