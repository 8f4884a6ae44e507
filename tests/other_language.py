"""Two short invented stories that are written from right to left, as cases."""

import yaml

from medialit.case import load_case
from medialit.case.bounds import checksum

# Invented. (language, paragraphs, [(content, speaker, name, cue, kind)])
STORIES = {
    "ar": (
        [
            "إغلاق المسبح في بلدة النخيل",
            "قالت سلمى حداد، مديرة المسبح، إن الماء يتسرب من أنبوب قديم. وأضافت: “أغلقنا المسبح في اليوم نفسه”.",
            "وقال المهندس كريم ناصر إن الإصلاح يحتاج إلى ثلاثة أسابيع. وقال أيضا إن العمل “صعب جدا” في الشتاء.",
            "ويخشى الأهالي أن يبقى المسبح مغلقا. وقالت هدى منصور، وهي أم لطفلين: “أطفالنا ينتظرون”.",
        ],
        [
            ("الماء يتسرب من أنبوب قديم", "سلمى حداد", "سلمى حداد", "قالت", "indirect"),
            ("أغلقنا المسبح في اليوم نفسه", None, "سلمى حداد", "وأضافت", "direct"),
            ("الإصلاح يحتاج إلى ثلاثة أسابيع", "المهندس", "كريم ناصر", "وقال", "indirect"),
            ("العمل “صعب جدا” في الشتاء", "المهندس", "كريم ناصر", "وقال أيضا", "mixed"),
            ("أطفالنا ينتظرون", "وهي", "هدى منصور", "وقالت", "direct"),
        ],
    ),
    "he": (
        [
            "הבריכה ביישוב גבעון נסגרה",
            "מנהלת הבריכה, דנה לוין, אמרה כי מים דולפים מצינור ישן. “סגרנו באותו היום”, אמרה.",
            "המהנדס אורי כהן הסביר כי התיקון יארך שלושה שבועות. הוא הוסיף כי העבודה “קשה מאוד” בחורף.",
            "ההורים מודאגים. “הילדים שלנו מחכים”, אמרה נועה ברק, אם לשניים.",
        ],
        [
            ("מים דולפים מצינור ישן", "דנה לוין", "דנה לוין", "אמרה", "indirect"),
            ("סגרנו באותו היום", None, "דנה לוין", "אמרה", "direct"),
            ("התיקון יארך שלושה שבועות", "אורי כהן", "אורי כהן", "הסביר", "indirect"),
            ("העבודה “קשה מאוד” בחורף", "הוא", "אורי כהן", "הוסיף", "mixed"),
            ("הילדים שלנו מחכים", "נועה ברק", "נועה ברק", "אמרה", "direct"),
        ],
    ),
}


def write_story(language, place):
    """One of them as a case in a folder of its own."""
    lines, gold = STORIES[language]
    folder, text = place / "our-text", "\n".join(lines) + "\n"
    folder.mkdir()
    about = {
        "name": folder.name,
        "title": lines[0],
        "language": language,
        "invented": True,
        "sha256": checksum(text),
    }
    found = []
    for number, (content, speaker, name, cue, kind) in enumerate(gold, 1):
        at = text.index(content)
        one = {
            "id": f"q{number}",
            "text": content,
            "content": [at, at + len(content)],
            "speaker_name": name,
            "kind": kind,
        }
        for field, words in (("speaker", speaker), ("cue", cue)):
            if words and words in text:
                place = text.index(words)
                one[field] = [place, place + len(words)]
        found.append(one)
    sides = {
        "voices": [{"name": name, "bloc": f"side {n}"} for n, name in enumerate(dict.fromkeys(g[2] for g in gold))]
    }
    for name, data in (("case.yaml", about), ("attributions.yaml", found), ("quotes.yaml", sides)):
        (folder / name).write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    (folder / "article.txt").write_text(text, encoding="utf-8")
    return load_case(folder)
