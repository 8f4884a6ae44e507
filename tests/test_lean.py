"""Parts of a large package are used alone, and to everybody else the package looks as ever."""

import subprocess
import sys


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout.strip()


CUT = "from medialit.article import Article\nArticle('He came. She went.').sentences\n"


def test_a_learner_who_imports_nltk_gets_all_of_it():
    asked = (
        "import nltk; print(nltk.__version__ > '3', nltk.FreqDist('aab').most_common(1), nltk.PorterStemmer().stem('runs'))\n"
        "from nltk.tokenize import TweetTokenizer, wordpunct_tokenize; print(wordpunct_tokenize('a-b'))\n"
        "print(len(dir(nltk)) > 200, len(dir(nltk.tokenize)) > 30)\n"
    )
    assert run(CUT + asked) == run(asked)
    star = "from nltk import *; from nltk.tokenize import *; print(TreebankWordTokenizer().tokenize('a b'), bigrams)"
    assert run(CUT + star).split(" at ")[0] == run(star).split(" at ")[0]


def test_it_works_beside_an_nltk_that_is_there_already():
    shown = "print([s.span for s in Article('He came. She went.').sentences])"
    assert run("import nltk\n" + CUT + shown) == run(CUT + shown) == "[Span(start=0, end=8), Span(start=9, end=18)]"


def test_parts_that_do_not_work_alone_bring_the_whole_package(tmp_path, monkeypatch):
    package = tmp_path / "shy"
    package.mkdir()
    (package / "__init__.py").write_text("ready = True\n")
    (package / "part.py").write_text(
        "import sys\nif 'ready' not in vars(sys.modules['shy']):\n    raise TypeError\nn = 7\n"
    )
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from importlib import import_module; from medialit.lean import from_parts\n"
        "print(from_parts(('shy',), lambda: import_module('shy.part')).n, sys.modules['shy'].ready)\n"
    )
    assert run(code) == "7 True"


def test_a_package_that_is_missing_is_missed_as_ever():
    code = (
        "from importlib import import_module; from medialit.lean import from_parts\n"
        "try:\n    from_parts(('no_such_package',), lambda: import_module('no_such_package.part'))\n"
        "except ModuleNotFoundError as error:\n    print(error.name)\n"
    )
    assert run(code) == "no_such_package"
