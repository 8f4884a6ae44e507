"""The quotes lens on sentences written for this test: what is said, who says it, and who that is.

Each row: a sentence, then the contents that must be found with the words of their speaker ("content | speaker").
Nothing else may be found, apart from scare quotes.
"""

from __future__ import annotations

import pytest

from medialit import find_quotes
from medialit.errors import MedialitError
from medialit.lenses.quotes import RULES, Quote, quote_mark_rule

FOUND = [
    # cue before the message
    ("The company said Thursday it would close three plants.", ["it would close three plants | The company"]),
    (
        "The company said in a statement Thursday that it would close three plants.",
        ["it would close three plants | The company"],
    ),
    ("The prime minister said on Friday the talks had failed.", ["the talks had failed | The prime minister"]),
    (
        "Researchers at the University of Oz found that children who sleep less eat more.",
        ["children who sleep less eat more | Researchers at the University of Oz"],
    ),
    ("Many believe the worst is over.", ["the worst is over | Many"]),
    ("Scientists fear the ice could collapse.", ["the ice could collapse | Scientists"]),
    ("The ministry has not said how many people were hurt.", ["how many people were hurt | The ministry"]),
    ("The senator vowed to fight on.", ["to fight on | The senator"]),
    ("The airline expects to hire 40 pilots.", ["to hire 40 pilots | The airline"]),
    ("Their letter expressed concern about the noise.", ["concern about the noise | Their letter"]),
    ("Smith, 54, accused the council of ignoring residents.", ["the council of ignoring residents | Smith"]),
    ("Witnesses told the BBC they saw smoke.", ["they saw smoke | Witnesses"]),
    # cue after the message, or in the middle of it
    ("The talks had failed, the prime minister said Friday.", ["The talks had failed | the prime minister"]),
    ("The drug is safe, a new study suggests.", ["The drug is safe | a new study"]),
    ("The talks, she said, had failed.", ["The talks, she said, had failed | she"]),
    ("The plan was shelved, said two officials in Oz.", ["The plan was shelved | two officials"]),
    ("As Roe put it, the party is over.", ["the party is over | Roe"]),
    # quotation marks
    ('"Is it over?" he asked.', ["Is it over? | he"]),
    ("“I was there,” he recalled. “I saw everything.”", ["I was there, | he", "I saw everything. | he"]),
    ('"The talks," she said, "have failed."', ["The talks, | she", "have failed. | she"]),
    ('"We are ready," Khan, the defence minister, told parliament.', ["We are ready, | Khan, the defence minister"]),
    ('Roe said: "We did our best." She thanked the fans.', ["We did our best. | Roe"]),
    ('Added Roe: "We are late."', ["We are late. | Roe"]),
    ('The letter says: "Leave now."', ["Leave now. | The letter"]),
    ('Roe tweeted that she was "deeply sorry".', ['she was "deeply sorry" | Roe']),
    ('Khan called the crash "a wake-up call" for regulators.', ['the crash "a wake-up call" for regulators | Khan']),
    ("He said: ‘The officials' plan is dead.’", ["The officials' plan is dead. | He"]),
    ('"Never again" - Jane Roe', ["Never again | Jane Roe"]),
    # phrases and nouns
    ("The bridge was safe, according to engineers.", ["The bridge was safe | engineers"]),
    (
        "According to a report published Monday by the World Bank, growth will slow.",
        ["growth will slow | a report published Monday by the World Bank"],
    ),
    ("The mayor's claim that the bridge is safe was met with laughter.", ["the bridge is safe | The mayor"]),
    ("In Roe's view, the war is lost.", ["the war is lost | Roe"]),
    # passives, participles, relative clauses, two reports in one sentence
    ("He was told by doctors that he would never walk again.", ["he would never walk again | doctors"]),
    ("He was quoted as saying that the end was near.", ["the end was near | He"]),
    (
        "Roe said it was late, adding that nobody came.",
        ["it was late | Roe", "nobody came | Roe"],
    ),
    ("Roe, who chairs the board, said she had not read it.", ["she had not read it | Roe"]),
    (
        "The minister said taxes would rise but added that pensions were safe.",
        ["taxes would rise | The minister", "pensions were safe | The minister"],
    ),
]

NOTHING = [
    "There are fears the ice could collapse.",
    "The report was released on Monday.",
    "The governor signed the bill into law.",
    "Pilots are expected to land at noon.",
    "The letter arrived on Monday.",
    "He stated his case.",
    "She forgot to lock the door.",
    "The judge ruled the law unconstitutional.",
    "Recent reports have sales up.",
    "Kick-off is at 8 p.m. The United States lost.",
]


def contents(text: str) -> list[str]:
    spoken = [q for q in find_quotes(text) if q.kind != "scare"]
    return [f"{text[slice(*q.content)]} | {text[slice(*q.speaker)] if q.speaker else None}" for q in spoken]


@pytest.mark.parametrize(("text", "expected"), FOUND, ids=[text[:40] for text, _ in FOUND])
def test_content_and_speaker(text: str, expected: list[str]) -> None:
    found = contents(text)
    assert [c.split(" | ")[0].rstrip(".,") for c in found] == [e.split(" | ")[0].rstrip(".,") for e in expected]
    for mine, wanted in zip(found, expected, strict=True):
        assert wanted.split(" | ")[1] in mine.split(" | ")[1]


@pytest.mark.parametrize("text", NOTHING)
def test_plain_sentences_hold_no_quote(text: str) -> None:
    assert find_quotes(text) == []


def only(text: str) -> Quote:
    (quote,) = find_quotes(text)
    return quote


def test_the_four_kinds_and_titles():
    assert (only('"We won," she said.').kind, only('She said they had "won".').kind) == ("direct", "mixed")
    assert only("She said they had won.").kind == "indirect"
    assert only('The so-called "expert" left.').kind == "scare"
    quote = only('The play "A Winter Night in Oz" was shown.')
    assert (quote.kind, quote.speaker) == ("scare", None)
    assert "title" in " ".join(quote.why)
    why = only('"We won," said Jane Roe.').why
    assert (why[0], why[1]) == ("quotation marks beside the cue “said”", "subject after the cue: “Jane Roe”")
    # As dict is plain data.
    import json

    quote = only('"We won," said Jane Roe.')
    data = json.loads(json.dumps(quote.as_dict()))
    assert (data["content"], data["kind"]) == ([1, 8], "direct")
    assert set(data) >= {"content", "speaker", "speaker_name", "cue", "kind", "why", "mentions", "unnamed", "via"}


def test_marks_over_paragraphs_unclosed_and_nested():
    text = "“We begin here and go on,” said Jane Roe. “And so\n\n“we come to the end.”\n\nThe plan was dropped."
    last = find_quotes(text)[-1]
    assert (text[slice(*last.content)], last.speaker_name) == ("And so\n\n“we come to the end.", "Jane Roe")
    # A colon announces the next paragraph.
    text = 'Jane Roe wrote:\n\n"We are leaving tomorrow morning, all of us."'
    quote = only(text)
    assert (text[slice(*quote.content)], quote.speaker_name) == (
        "We are leaving tomorrow morning, all of us.",
        "Jane Roe",
    )
    text = 'Roe said: "We lost the game. The next match is in May, and there will be many more of them.'
    assert text[slice(*find_quotes(text)[0].content)] == "We lost the game."
    text = "“They told me ‘we will never go home’ and I wept,” she said."
    inner = [text[slice(*q.content)] for q in find_quotes(text)]
    assert "They told me ‘we will never go home’ and I wept," in inner


STORY = """OSLO. Norwegian Prime Minister Kari Berg met the Japanese leader, Fumio Tanaka, on Monday.

"We are friends," the prime minister said. Tanaka said he was glad. The Japanese leader added that trade would grow.

"It was a good day," she said. Officials said talks would go on. "We were not asked," experts told the Daily Herald."""


def test_speakers_are_resolved_to_the_fullest_name():
    names = [(STORY[slice(*q.speaker)], q.speaker_name) for q in find_quotes(STORY) if q.speaker]
    assert names == [
        ("the prime minister", "Kari Berg"),
        ("Tanaka", "Fumio Tanaka"),
        ("The Japanese leader", "Fumio Tanaka"),
        ("she", "Kari Berg"),
        ("Officials", "officials"),
        ("experts", "experts"),
    ]
    # Unnamed sources say so and media are kept apart.
    *_, officials, experts = find_quotes(STORY)
    assert officials.unnamed
    assert experts.unnamed
    assert experts.via == ("Daily Herald",)
    assert "no name is given for this source" in experts.why
    quote = next(q for q in find_quotes(STORY) if q.speaker and STORY[slice(*q.speaker)] == "The Japanese leader")
    assert [STORY[slice(*span)] for span in quote.mentions] == ["The Japanese leader", "Fumio Tanaka"]


def test_media_and_accounts_pass_words_on():
    text = "Kim was quoted by the Oz News Agency as saying that the army was ready."
    quote = only(text)
    assert quote.speaker_name == "Kim"
    assert quote.via == ("Oz News Agency",)
    # A post is passed on by its account.
    text = (
        "#Oz officials warn of floods in #Munchkinland\nOfficials have warned that dams may break pic.twitter.com/x\n"
    )
    text += "— Oz Weather (@oz) May 1, 2024"
    found = [q for q in find_quotes(text) if q.speaker]
    assert found
    assert all(q.via[-1:] == ("Oz Weather",) for q in found)


TEXT = 'Roe said it was late. It was late, according to Khan. "It is late," said Lee. Poe grumbled that it was late.'


def found_by(rules: list[str], verbs: list[str] | None = None) -> list[str]:
    return [TEXT[slice(*q.content)] for q in find_quotes(TEXT, rules=rules, verbs=verbs)]


def test_rules_and_verbs_can_be_chosen():
    assert (found_by(["marks"]), found_by(["said"])) == (["It is late,"], ["it was late", "It is late,"])
    assert found_by(["according"]) == ["It was late"]
    assert (found_by(list(RULES)), found_by([])) == (["it was late", "It was late", "It is late,"], [])
    assert (found_by(["said"], ["grumble"])[-1], len(found_by(["said"], ["grumble"]))) == ("it was late", 3)
    assert found_by(["marks"], ["grumble"]) == ["It is late,", "it was late"]
    with pytest.raises(MedialitError, match="There is no rule “shout”"):
        find_quotes(TEXT, rules=["shout"])
    text = 'The "expert" left. "It is late," said Lee. ‘No,’ said Poe.'
    assert [text[slice(*q.content)] for q in quote_mark_rule(text)] == ["expert", "It is late,"]
    assert quote_mark_rule(text)[1].speaker_name == "Lee"
