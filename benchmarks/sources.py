"""How fast reports are compared: python benchmarks/sources.py [number of articles, default 300].

Articles of about 700 words are generated from a fixed seed: words by Zipf's law, so that common words are common, and
in every third article a passage of 40 to 200 words copied from an earlier one. Three things are timed in one process,
in seconds of processor time, so that other work on the machine does not count (the clock is shown beside the sum):
each article's distinctive words against all others pooled, one article's shared passages with every other, and all
pairs of the collection that share passages. Then sizes are doubled, to show how time grows, and last come texts that
break a careless method: five megabytes of one word, of one sentence, without a full stop. Memory is what Python
allocated at most (tracemalloc, in a run of its own because it slows things down) and the peak of the process.
"""

from __future__ import annotations

import random
import resource
import sys
import time
import tracemalloc
from collections.abc import Callable
from itertools import accumulate

from medialit.lenses.sources import (
    PassageFinder,
    every_distinctive_word,
    index_passages,
    pairs_of_index,
    shared_passages,
)

SYLLABLES = "ka to mi ren sol du va per ni gas el or ta min dra fe lu".split()


def articles(count: int, words: int = 700, seed: int = 20) -> dict[str, str]:
    """Generated articles by name."""
    chance = random.Random(seed)
    vocabulary = sorted({"".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(12_000)})
    chance.shuffle(vocabulary)
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(vocabulary))))
    made: list[list[str]] = []
    for number in range(count):
        text = chance.choices(vocabulary, cum_weights=weights, k=words)
        if number % 3 == 2:
            length, other = chance.randint(40, 200), made[chance.randrange(number)]
            start, place = chance.randrange(words - length), chance.randrange(words - length)
            text[place : place + length] = other[start : start + length]
        made.append(text)
    return {f"article {i}": ". ".join(_sentences(text)) + "." for i, text in enumerate(made)}


def _sentences(words: list[str]) -> list[str]:
    return [" ".join(words[i : i + 18]).capitalize() for i in range(0, len(words), 18)]


def run(texts: dict[str, str]) -> tuple[dict[str, float], dict[str, int]]:
    """Seconds of each step, and what it found."""
    seconds, found = {}, {}

    def timed(name: str, work: Callable[[], int]) -> None:
        start = time.process_time()
        found[name] = work()
        seconds[name] = time.process_time() - start

    def one_with_all() -> int:
        finder = PassageFinder(next(iter(texts.values())))
        return sum(bool(finder.compare(text).runs) for text in list(texts.values())[1:])

    timed("distinctive words, each", lambda: len(every_distinctive_word(texts)))
    timed("shared passages, one with all", one_with_all)
    timed("shared passages, all pairs", lambda: len(pairs_of_index(index_passages(texts.items()), least=0.02)))
    return seconds, found


def main() -> None:
    """Print seconds, growth and memory."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    print("articles  " + "  ".join(f"{name:>30}" for name in run(articles(6))[0]) + "      sum")
    for number in (count // 4, count // 2, count, count * 2):
        texts, start = articles(number), time.perf_counter()
        seconds, _ = run(texts)
        clock = time.perf_counter() - start
        times = "  ".join(f"{value:28.2f} s" for value in seconds.values())
        print(f"{number:8}  {times}  {sum(seconds.values()):5.2f} s  (clock {clock:.2f} s)")
    texts = articles(count)
    _, found = run(texts)
    print(f"\nfound in {count} articles of {sum(len(t.split()) for t in texts.values()) / count:.0f} words: {found}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak of the process so far, {count * 2} articles included: {peak:.0f} MB")
    tracemalloc.start()
    run(texts)
    print(f"allocated at most by {count} articles: {tracemalloc.get_traced_memory()[1] / 1e6:.0f} MB")
    tracemalloc.stop()
    print("\nfive megabytes, compared with themselves and one word more:")
    news = " ".join(articles(1100, seed=7).values())
    for name, text in (
        ("one word", "missile " * 625_000),
        ("one sentence", "north korea tests missiles in the sea " * 132_000),
        ("one sign", "x" * 5_000_000),
        ("generated news", news[:5_000_000].replace(".", "")),
    ):
        start = time.process_time()
        result = shared_passages(text, "the " + text)
        longest = result.runs[0].words if result.runs else 0
        print(f"{name:16} {time.process_time() - start:6.1f} s  longest run {longest:9,} words")
    print(f"peak of the process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
