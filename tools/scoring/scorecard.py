"""Writes the scorecard: ``python -m tools.scoring.scorecard GOLD > docs/scorecard.md``, or ``make scorecard GOLD=folder``.

GOLD is a folder with sentences in which people marked who did what to whom (``tools/scoring/README.md``). Only figures
come out of it, never a sentence. A score that fell by more than a point since the last time is refused.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from tools.scoring.intervals import Estimate
from tools.scoring.measuring import MEASURES, Cost, Reading, asserted_on_nothing, cost, held, reading

HOME = Path(__file__).parents[2]
RECORD = HOME / "docs" / "scorecard.json"
SETS = {
    "plover_gsr": "examples of the PLOVER manual, one event a sentence, CC BY-SA 4.0",
    "plv": "PLV, sentences of news and manuals, one relation marked in each",
    "cameo_annot": "CAMEO annotations of news at large, whole sentences, agreed on by at least two of four people",
}
STATEMENTS = "cameo_confli"
DROP = 0.01  # a point
FEWEST = 5  # relations that people marked, for a line of its own
HEAD = """# Scorecard

How well `kg` reads, how sure that is, and what it costs.
Written by `make scorecard GOLD=folder`; [its README](../tools/scoring/README.md) tells what lies there, and on which terms.
No sentence of it is in this repository: only figures are.

An interval holds the score in 95 of 100 samples, when sentences (of articles: whole articles) are drawn again at random.
Rules were written with these sentences in sight, except those of the articles kept aside, so all but the latter flatter.
[Reading](reading.md) has figures on sentences that nobody had seen.
In the first two sets one relation of each sentence is marked, and what else is read there counts as false: precision is a lower bound.
(Reading leaves it out of account there, so its figures are higher.)
"""


def page(readings: Sequence[Reading], kept: Mapping[str, Mapping[str, Estimate]], statements: Estimate, paid: Cost) -> str:
    """The scorecard, in Markdown."""
    return "\n\n".join(part.strip() for part in _parts(readings, kept, statements, paid) if part) + "\n"


def _parts(readings: Sequence[Reading], kept: Mapping[str, Mapping[str, Estimate]], statements: Estimate, paid: Cost) -> Iterator[str]:
    yield HEAD
    yield "## In all"
    rows = [(one.name, str(one.sentences), name, *_told(one.measures[name])) for one in readings for name in MEASURES]
    rows += [("articles kept aside", "", name, *_told(kept[name])) for name in MEASURES]
    yield _table(("set", "sentences", "measure", "precision", "recall", "F1", "marked"), rows)
    yield "\n".join(f"* `{one.name}`: {SETS[one.name]}." for one in readings)
    yield f"On {statements} of {statements.said} sentences that CAMEO coders took for mere statements or appeals, something is asserted."
    yield "## By action type\n\nTriples of actor, type and target; types with fewer than five marked relations are left out."
    yield from (_groups(one.name, one.types, "type") for one in readings)
    yield "## By what is in the sentence\n\nTriples in sentences whose parse shows it; a sentence may stand in several lines."
    yield from (_groups(one.name, one.phenomena, "in the sentence") for one in readings)
    yield "## What is missed\n\nMarked relations, by the first reason that holds; `kg score FILE --errors 20` shows the sentences."
    counts = sum((Counter(one.misses) for one in readings), Counter[str]())
    reasons = sorted(counts, key=lambda why: (-counts[why], why))
    yield _table(("why", *(one.name for one in readings)), [(why, *(str(one.misses.get(why, 0)) for one in readings)) for why in reasons])
    yield "## What it costs"
    yield _costs(paid)


def _groups(name: str, groups: Mapping[str, Mapping[str, Estimate]], what: str) -> str:
    rows = [(group, *_told(measures)) for group, measures in groups.items() if measures["recall"].said >= FEWEST]
    return f"### {name}: {what}\n\n" + _table((what, "precision", "recall", "F1", "marked"), rows) if rows else ""


def _told(measures: Mapping[str, Estimate]) -> tuple[str, ...]:
    return (*(str(measures[name]) for name in ("precision", "recall", "f1")), str(measures["recall"].said))


def _costs(paid: Cost) -> str:
    per = paid.sentences
    rows = [
        ("start of `kg`", f"{paid.start:.1f} s", f"{paid.start / paid.yardstick:.1f}"),
        (f"`kg build` of {paid.articles} articles, one process", f"{paid.build:.1f} s", f"{paid.build / paid.yardstick:.1f}"),
        (f"parsing a sentence, of {per}", f"{1000 * paid.parse / per:.1f} ms", f"{paid.parse / per / paid.yardstick:.4f}"),
        ("reading it, once parsed", f"{1000 * paid.read / per:.1f} ms", f"{paid.read / per / paid.yardstick:.4f}"),
        ("memory of that build, at most", f"{paid.memory:.0f} MB", ""),
    ]
    said = "Seconds are those of the processor; the yardstick is 100 MB of SHA-256 in the same run"
    return f"{said}: {paid.yardstick:.2f} s.\n\n" + _table(("what", "this run", "in yardsticks"), rows)


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (columns, ["---"] * len(columns), *rows))


def figures(readings: Sequence[Reading]) -> dict[str, float]:
    """The scores that may not fall: F1 of each measure of each set, with three decimals."""
    return {f"{one.name}.{name}.f1": round(one.measures[name]["f1"].value, 3) for one in readings for name in MEASURES}


def fallen(now: Mapping[str, float], before: Mapping[str, float]) -> list[str]:
    """Name each score that fell by more than a point, or is there no longer."""
    sunk = {name: then for name, then in sorted(before.items()) if round(then - now.get(name, 0.0), 3) > DROP}
    return [f"{name} is {now.get(name, 0.0):.3f}, it was {then:.3f}" for name, then in sunk.items()]


def main(gold: Path) -> int:
    """Print the scorecard and record its figures; 1 if one fell."""
    missing = [name for name in (*SETS, STATEMENTS) if not (gold / f"{name}.jsonl").is_file()]
    if missing:
        print(f"{gold}: no {', '.join(missing)} here.\nSee tools/scoring/README.md.", file=sys.stderr)
        return 2
    readings = [reading(gold / f"{name}.jsonl") for name in SETS]
    lost = fallen(figures(readings), json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.is_file() else {})
    if lost:
        print("\n".join([*lost, f"If that is meant, take the line out of {RECORD.name}, and say why."]), file=sys.stderr)
        return 1
    articles = HOME / "corpus" / "articles"
    statements = asserted_on_nothing(gold / f"{STATEMENTS}.jsonl")
    kept = held(HOME / "corpus" / "annotations.csv", articles)
    sys.stdout.buffer.write(page(readings, kept, statements, cost(articles, gold / "plover_gsr.jsonl")).encode())
    RECORD.write_text(json.dumps(figures(readings), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
