"""Direct speech with its speaker by name: each story was written for this test.

Each row: a text, then every content that must be found with the name of its speaker ("content | name"; no name where the
text gives none). Nothing else may be found, apart from scare quotes.
"""

from __future__ import annotations

import pytest

from medialit import find_quotes

STORIES = [
    (
        "Oz United boss Erik Vos says his side must improve. “We were poor,” the Dutchman told Oz Radio. "
        "Vos also confirmed striker Ola Berg will miss six weeks. “Ola is out. It’s a blow,” he said.",
        [
            "his side must improve | Erik Vos",
            "We were poor | Erik Vos",
            "striker Ola Berg will miss six weeks | Erik Vos",
            "Ola is out. It’s a blow | Erik Vos",
        ],
    ),
    (
        "Dr Amara Obi of the University of Oz led the study. “It is early,” Dr Obi cautioned. "
        "Critics said the work was “no surprise”, while Lena Koch, an analyst, said it was late.",
        [
            "It is early | Amara Obi",
            "the work was “no surprise | critics",
            "it was late | Lena Koch",
        ],
    ),
    (
        "The World Health Organization (WHO) said cases were rising. WHO said it needed money. "
        "The agency said it would send experts.",
        [
            "cases were rising | World Health Organization",
            "it needed money | World Health Organization",
            "it would send experts | World Health Organization",
        ],
    ),
    (
        "Ann Finch’s family spoke out. “She was a wonderful mum,” they said. "
        "State television quoted Li Biao, director of the relief office, as saying roads were closed.",
        ["She was a wonderful mum | ", "roads were closed | Li Biao"],
    ),
    (
        "“We will win the vote,” Jane Roe said in a statement.\n\n“We will not stop until we do.”",
        ["We will win the vote | Jane Roe", "We will not stop until we do | Jane Roe"],
    ),
    ("Jane Roe was defiant. “We will fight on all fronts,” she said.", ["We will fight on all fronts | Jane Roe"]),
    (
        "“It was fine,” said Jane Roe. Ann Lee disagreed. “It was not fine at all.”",
        ["It was fine | Jane Roe", "It was not fine at all | Ann Lee"],
    ),
    ("Jane Roe, 34, a teacher from Oz, agreed. “It is true what they say.”", ["It is true what they say | Jane Roe"]),
    (
        "“It was fine,” said Jane Roe. The plan failed. “We will try it again.”",
        ["It was fine | Jane Roe", "We will try it again | Jane Roe"],
    ),
    ("In Jane Roe’s words: “The party is over.”", ["The party is over | Jane Roe"]),
    ("As Jane Roe told the paper: “The party is over.”", ["The party is over | Jane Roe"]),
    ("Jane Roe’s message was simple: “Go out and vote today.”", ["Go out and vote today | Jane Roe"]),
    ("When asked about the deal, Jane Roe replied: “No comment.”", ["No comment | Jane Roe"]),
    ("“Never again” — Jane Roe, mayor of Oz", ["Never again | Jane Roe"]),
    ("“We lost,” Roe said, before adding: “But we will be back.”", ["We lost | Roe", "But we will be back | Roe"]),
    ("She said, “We lost the game,” and, “We are sad.”", ["We lost the game | ", "We are sad | "]),
    (
        "Roe said the plan was “bad,” “stupid” and “dead on arrival.”",
        ["the plan was “bad,” “stupid” and “dead on arrival | Roe"],
    ),
    (
        "“He is a fool,” Jane Roe says of Khan. “And he knows it well.”",
        ["He is a fool | Jane Roe", "And he knows it well | Jane Roe"],
    ),
    (
        "“He was kind,” says Jane Roe, whose brother was killed. “He loved his work.”",
        ["He was kind | Jane Roe", "He loved his work | Jane Roe"],
    ),
    ("“It is late,” according to Jane Roe.", ["It is late | Jane Roe"]),
    ("“It is late,” Roe’s lawyer, Ann Lee, said.", ["It is late | Ann Lee"]),
    ("“It is late,” wrote the Guardian’s Jane Roe.", ["It is late | Jane Roe"]),
    ("“We saw it,” one said. “It was big,” said another.", ["We saw it | ", "It was big | "]),
    ("Sen. Jane Roe (D-Ohio) said, “It is late.”", ["It is late | Jane Roe"]),
    ("“It is late,” Jane Roe said, adding, “We must go.”", ["It is late | Jane Roe", "We must go | Jane Roe"]),
    ("Chief Executive Jane Roe said in a news release, “It is late.”", ["It is late | Jane Roe"]),
    ("Jane Roe, speaking at a rally in Ohio on Saturday, said, “It is late.”", ["It is late | Jane Roe"]),
    ("Jane Roe: ‘We will fight’", ["We will fight | Jane Roe"]),
    ("‘We will fight,’ Jane Roe says", ["We will fight | Jane Roe"]),
    ("“It is late,” Jane Roe told CNN’s “State of the Union” on Sunday.", ["It is late | Jane Roe"]),
    ("“It is late” and “we must go,” Jane Roe said.", ["“It is late” and “we must go | Jane Roe"]),
    (
        "“It is late,” Jane Roe, the chief executive of Acme, said in an interview with Reuters on Monday.",
        ["It is late | Jane Roe"],
    ),
    ("“It is late,” said Jane Roe, chief executive of Acme, which makes soap.", ["It is late | Jane Roe"]),
    ("“This is a big deal,” said Prof. Ann Lee from the University of Oz.", ["This is a big deal | Ann Lee"]),
    ("Asked about the plan, Roe laughed. “You must be joking with me.”", ["You must be joking with me | Roe"]),
    ("Roe was blunt: “It is over now, go home.”", ["It is over now, go home | Roe"]),
    ("“We have a plan,” the company’s chief executive, Jane Roe, told investors.", ["We have a plan | Jane Roe"]),
    ('"I can\'t believe it," Roe, who turned 30 on Monday, said after the match.', ["I can't believe it | Roe"]),
    ('"The U.S. is ready," Secretary of State John Kerry said Friday in Paris.', ["The U.S. is ready | John Kerry"]),
    ('"It\'s absurd," said a senior administration official, who asked not to be named.', ["It's absurd | "]),
    (
        "Jane Roe has called the law “a disgrace,” and said she would repeal it.",
        ["the law “a disgrace | Jane Roe", "she would repeal it | Jane Roe"],
    ),
    (
        "The mayor, Jane Roe, said that “nobody is above the law” and that the probe would go on.",
        ["“nobody is above the law” and that the probe would go on | Jane Roe"],
    ),
    ("“Nobody,” Roe said with a smile, “is above the law.”", ["Nobody | Roe", "is above the law | Roe"]),
    ("“Nobody is above the law,” the statement from Roe said.", ["Nobody is above the law | Roe"]),
    (
        "Her lawyer, Tom Hall, told the court: “My client is innocent.” Prosecutor Ann Lee said she was lying.",
        ["My client is innocent | Tom Hall", "she was lying | Ann Lee"],
    ),
    ("“I’m done,” Roe posted on X.", ["I’m done | Roe"]),
    ("Donald Trump Jr. said his father was fine.", ["his father was fine | Donald Trump Jr"]),
    (
        "Angela Merkel met Emmanuel Macron. She said he was right. He said she was kind.",
        ["he was right | Angela Merkel", "she was kind | Emmanuel Macron"],
    ),
    (
        "The EU’s foreign policy chief, Josep Borrell, warned on Monday that time was running out.",
        ["time was running out | Josep Borrell"],
    ),
    (
        "Ukraine’s President Volodymyr Zelenskiy said in his nightly video address that Russia had lost.",
        ["Russia had lost | Volodymyr Zelenskiy"],
    ),
    (
        "“The answer is no,” Russian Foreign Ministry spokeswoman Maria Zakharova said. "
        "“We have said so before,” Zakharova added.",
        ["The answer is no | Maria Zakharova", "We have said so before | Maria Zakharova"],
    ),
]


def plain(text: str) -> str:
    return text.strip(' “”‘’".,?!').lower()


@pytest.mark.parametrize(("text", "expected"), STORIES, ids=[text[:40] for text, _ in STORIES])
def test_who_says_it(text: str, expected: list[str]) -> None:
    found = [(plain(text[slice(*q.content)]), q.speaker_name) for q in find_quotes(text) if q.kind != "scare"]
    wanted = [row.split(" | ") if " | " in row else [row.rstrip(" |"), ""] for row in expected]
    assert [content for content, _ in found] == [plain(content) for content, _ in wanted]
    for (_, mine), (_, name) in zip(found, wanted, strict=True):
        assert name in (mine or "")
