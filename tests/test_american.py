"""One variety of English in everything that people read: the American one. Words of others stay as they were printed."""

import re

import pytest
import yaml
from some import some

from medialit.files import course_path, kit_root

ROOT = kit_root()
# British forms by their stem; what follows a stem may be any ending.
STEMS = (
    "colour favour behaviour neighbour honour labour harbour rumour humour odour vapour endeavour rigour "
    "vigour centred centring theatre kilomet(?:re) millimetre centimetre litre fibre calibre defence "
    "offence pretence travell(?:ed|er|ing) labell modell(?:ed|ing) cancell(?:ed|ing) fuell "
    "signall(?:ed|ing) counsell quarrell channell dialled levell(?:ed|ing) marvell tunnell organis "
    "recognis realis(?:e|ing) emphasis(?:e|ing) criticis(?:e|ing) summaris apologis minimis maximis "
    "characteris prioritis specialis generalis normalis memoris finalis utilis memorialis categoris "
    "standardis familiaris politicis publicis analys(?:e|ed|ing)\\b paralys(?:e|ing) catalys(?:e|ing) "
    "programme practis(?:e|ing) licenc grey\\b greyed whilst amongst learnt spelt\\b burnt\\b dreamt "
    "leapt\\b tyre manoeuvr artefact fulfil\\b fulfils skilful enrol\\b enrolment instalment aluminium "
    "jewell sceptic enquir judgement acknowledgement ageing mould plough cheque cosy towards afterwards "
    "backwards forwards favourit anaesth paediat encyclopaed mediaev moustache pyjama kerb\\b storey "
    "orientated "
).split()
BRITISH = re.compile(
    rf"\b(?:{'|'.join(STEMS)})\w*|\b(?:centre|metre)s?\b|\bper cent\b|\bat the weekend\b|\bin hospital\b"
    r"|\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)\b",
    re.IGNORECASE,
)
# Fields that hold somebody else's words, names, or what answers are saved under.
THEIRS = {
    "title",
    "quotation",
    "publisher",
    "address",
    "id",
    "key",
    "full",
    "url",
    "sound",
    "quote",
    "words",
    "terms",
    "cue",
    "case",
}
# Words inside quotation marks are somebody's, and names of bodies are written as they write themselves.
QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|`[^`]*`|\([^)]*https?:[^)]*\)|<https?:[^>]*>")
NAMES = re.compile(r"\bLabour Party\b|\bCentre for\b|\bJournalism Centre\b|\bMinistry of Defence\b|[Pp]er cent of")


def own(text):
    return NAMES.sub(" ", QUOTED.sub(" ", text))


def said(value, field=""):
    """(field, text) of every text in a file that is the project's own."""
    if isinstance(value, dict):
        for name, inside in value.items():
            if str(name) not in THEIRS:
                yield from said(inside, str(name))
    elif isinstance(value, list):
        for inside in value:
            yield from said(inside, field)
    elif isinstance(value, str) and " " in value.strip():
        yield field, value


DATA = sorted(p for p in (ROOT / "datasets").rglob("*.yaml") if p.parent.name != "coding")
COURSE = sorted(course_path().rglob("*.yaml"))
PAGES = sorted(
    [
        *course_path().rglob("*.md"),
        *(ROOT / "datasets").rglob("*.md"),
        *(ROOT / "docs").glob("*.md"),
        *ROOT.glob("*.md"),
    ]
)


@pytest.mark.parametrize("path", [*DATA, *COURSE], ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_a_file_of_data_says_is_american(path):
    texts = list(said(yaml.safe_load(path.read_text(encoding="utf-8"))))
    assert [(field, found[0], text[:90]) for field, text in texts if (found := BRITISH.search(own(text)))] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_a_page_says_is_american(path):
    text = re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    lines = own(text).splitlines()
    assert [(found[0], line[:110]) for line in lines if (found := BRITISH.search(line))] == []


def test_there_is_something_to_read_and_the_list_knows_its_words():
    assert len(DATA) > 20
    assert len(PAGES) > 30
    assert sum(len(list(said(yaml.safe_load(p.read_text(encoding="utf-8"))))) for p in some(DATA)) > 1000
    for british in some("judgement labelling neighbours programmes cancelled Centre analysed".split()):
        assert BRITISH.search(british), british
    assert BRITISH.search("on 5 March")
    for american in (
        "judgment",
        "labeling",
        "neighbors",
        "programs",
        "canceled",
        "March 5",
        "analysis",
        "center",
        "criticism",
        "emphasis",
    ):
        assert not BRITISH.search(american), american
