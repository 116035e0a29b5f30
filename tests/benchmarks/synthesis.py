"""Proposing clusters: 130 and 2,000 recommendations of 26 groups, also with texts that are nearly all the same.

The whole of it is timed: words, scores and linkage, in a process of its own, beside `python -c pass` of the same run.
Goals: 130 in 0.5 s, 2,000 in 20 s.
"""

import random
import resource
import subprocess
import sys
import time
from datetime import UTC, datetime

from grcp_cli.meeting.entry import Entry, Source
from grcp_cli.meeting.record import Record, Statement
from grcp_cli.meeting.synthesis import propose

VERBS = [
    "establish",
    "create",
    "share",
    "develop",
    "publish",
    "harmonise",
    "convene",
    "train",
    "map",
    "review",
    "adopt",
    "fund",
    "host",
    "extend",
]
THINGS = [
    "a network of focal points",
    "a calendar of meetings",
    "data on labour migration",
    "standards of ethical recruitment",
    "border officials",
    "a joint secretariat",
    "an online platform",
    "effective practices",
    "climate displacement",
    "remittances",
    "skills partnerships",
    "return and reintegration",
    "family reunification",
    "health of migrants",
    "statistics on students",
    "smuggling routes",
    "seasonal permits",
    "consular protection",
    "diaspora investment",
    "rescue at sea",
]
HOW = [
    "with academia",
    "every year",
    "in all regions",
    "with the private sector",
    "by 2021",
    "at technical level",
    "through the IOM",
    "with civil society",
    "in three languages",
    "for women and children",
    "under the Global Compact",
    "on neutral ground",
    "before the next meeting",
    "without further cost",
    "across neighbouring regions",
    "at the request of States",
]


def mixed(count: int, seed: int) -> list[str]:
    """Recommendations of some fourteen thousand that there could be."""
    chance = random.Random(seed)
    return [
        f"{chance.choice(VERBS).capitalize()} {chance.choice(THINGS)} {chance.choice(HOW)} and {chance.choice(HOW)}"
        for _ in range(count)
    ]


def near(count: int) -> list[str]:
    """Recommendations that differ in a figure and a word: every one is alike to every other."""
    return [f"Establish a network of {at} focal points in each region and {VERBS[at % 14]} data" for at in range(count)]


def stated(texts: list[str]) -> list[Statement]:
    """The texts as recommendations of 26 groups in turn."""
    record = Record()
    at = datetime(2019, 4, 5, tzinfo=UTC)
    for group in range(26):
        own = texts[group::26]
        fields = [{"text": text, "group": f"g{group}", "question": "q1"} for text in own]
        entries = [Entry(f"{group}-{n}", at, n, "recommendation", each) for n, each in enumerate(fields, 1)]
        record.add(Source("lunch", f"g{group}"), entries)
    return record.statements("lunch")


def measured(texts: list[str]) -> None:
    """Prints how long the whole work takes, and what comes of it."""
    made = stated(texts)
    began = time.perf_counter()
    from grcp_cli.similarity import alike

    scores = alike([each.text for each in made])
    scored = time.perf_counter()
    proposed = propose(made, scores)
    ended = time.perf_counter()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    parts = f"scores {scored - began:.2f}, linkage {ended - scored:.2f}"
    print(
        f"{len(made):5} recommendations: {ended - began:6.2f} s ({parts})"
        f", {len(scores)} pairs alike, {len(proposed.across)} proposals, {memory:.0f} MiB"
    )


CASES = {
    "130 mixed": lambda: mixed(130, 1),
    "130 near-identical": lambda: near(130),
    "2000 mixed": lambda: mixed(2000, 2),
    "2000 near-identical": lambda: near(2000),
    "2000 identical": lambda: ["Establish a network of focal points in each region"] * 2000,
}


def main() -> None:
    """Every case in a process of its own."""
    if len(sys.argv) > 1:
        measured(CASES[sys.argv[1]]())
        return
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    print(f"python -c pass: {time.perf_counter() - began:.3f} s")
    for name in CASES:
        print(f"{name:20} ", end="", flush=True)
        subprocess.run([sys.executable, __file__, name], check=True)


if __name__ == "__main__":
    main()
