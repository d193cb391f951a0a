"""What the scorecard says: readings of public sentences against what people read in them, and what reading costs.

A sentence belongs to the phenomena that its parse shows (a passive, a relative clause, a pronoun that acts, …), so a
score of a phenomenon is one of whole sentences that contain it.
"""

import hashlib
import json
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.build import build, rows_of
from kg.model import Block, Document, Sentence, Token
from kg.ontology import read_ontology
from kg.score import Score, errors, read_annotations, score
from kg.score.relations import Case, compare, facts, read_of
from kg.score.sentences import read_marked
from kg.sentences import sentences_of
from kg.statements import statements_of
from kg.statements.trace import trace
from tools.scoring.intervals import Counts, Estimate, scores, share

MEASURES = ("pair", "type", "triple")
LONG = 35  # words
QUIET = 0  # the quad class of mere statements and appeals in the files of gold

PHENOMENA: Mapping[str, Callable[[Sequence[Token]], bool]] = {
    "passive": lambda tokens: _has(tokens, "nsubj:pass", "aux:pass"),
    "negation": lambda tokens: any("Polarity=Neg" in token.feats for token in tokens),
    "what somebody says (clausal complement)": lambda tokens: _has(tokens, "ccomp", "parataxis"),
    "infinitive clause": lambda tokens: _has(tokens, "xcomp"),
    "relative clause": lambda tokens: _has(tokens, "acl:relcl"),
    "coordination": lambda tokens: _has(tokens, "conj"),
    "apposition": lambda tokens: _has(tokens, "appos"),
    "pronoun as subject": lambda tokens: any(token.pos == "PRON" and token.dep.startswith("nsubj") for token in tokens),
    f"more than {LONG} words": lambda tokens: len(tokens) > LONG,
}
"""What a sentence may contain, as Universal Dependencies tell it."""


@dataclass(frozen=True)
class Reading:
    """How the sentences of one set are read."""

    name: str
    sentences: int
    exhaustive: bool
    measures: Mapping[str, Mapping[str, Estimate]]
    types: Mapping[str, Mapping[str, Estimate]]
    phenomena: Mapping[str, Mapping[str, Estimate]]
    misses: Mapping[str, int]


def _has(tokens: Iterable[Token], *labels: str) -> bool:
    return any(token.dep in labels for token in tokens)


def reading(path: Path) -> Reading:
    """Read the sentences of one file on the spot, and compare."""
    ontology = read_ontology()
    cases = read_cases(path)
    compared = [compare([case]) for case in cases]
    triple = [_counts(one.measures["triple"]) for one in compared]
    names = sorted({name for one in compared for name in one.types})
    missed = (error for case in cases for error in errors.errors_of(case, lambda sentence: trace(sentence, ontology)) if error.said)
    return Reading(
        path.stem,
        len(cases),
        all(case.exhaustive for case in cases),
        {name: scores(_counts(one.measures[name]) for one in compared) for name in MEASURES},
        {name: scores(_counts(one.types[name]) for one in compared if name in one.types) for name in names},
        {name: scores(kept for case, kept in zip(cases, triple, strict=True) if _shows(case, holds)) for name, holds in PHENOMENA.items()},
        Counter(str(error.phenomenon) for error in missed),
    )


def read_cases(path: Path) -> list[Case]:
    """Read the sentences of a file, each by itself."""
    ontology = read_ontology()
    cases = []
    for one in read_marked(path, types=ontology.quads):
        document = Document(one.id, one.text, (Block(0, len(one.text), "body"),), published=one.date)
        sentences = tuple(sentences_of(document))
        rows = rows_of(statements_of(document, sentences, ontology), ontology)
        cases.append(Case(one.id, one.text, sentences, one.said, tuple(map(read_of, rows)), one.exhaustive))
    return cases


def _counts(one: Score) -> Counts:
    return one.right, one.read, one.said


def _shows(case: Case, holds: Callable[[Sequence[Token]], bool]) -> bool:
    return any(holds(sentence.tokens) for sentence in case.sentences)


def held(annotations: Path, articles: Path) -> dict[str, dict[str, Estimate]]:
    """How the articles are read that no rule was written from; whole articles are drawn, for their sentences hang together."""
    gold = [row for row in read_annotations(annotations) if row.share == "held"]
    graph = build(articles)
    rows = list(rows_of(graph.statements, graph.ontology))
    parts = {actor.id: actor.part_of for actor in graph.ontology.actors.values() if actor.part_of}
    names = sorted({row.document for row in gold})
    reports = [score(rows, [row for row in gold if row.document == name], part_of=parts) for name in names]
    return {name: scores(_counts(report.measures[name]) for report in reports) for name in MEASURES}


def asserted_on_nothing(path: Path) -> Estimate:
    """On which share of the mere statements and appeals of a file something is asserted."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    quiet = [line for line in lines if (said := json.loads(line)["events"]) and all(one.get("quad") == QUIET for one in said)]
    with tempfile.TemporaryDirectory() as folder:
        chosen = Path(folder) / "quiet.jsonl"
        chosen.write_text("\n".join(quiet), encoding="utf-8")
        return share([bool(facts(case)) for case in read_cases(chosen)])


@dataclass(frozen=True)
class Cost:
    """Seconds of the processor and megabytes, all of one run; ``yardstick`` is what 100 MB of SHA-256 take in it."""

    yardstick: float
    start: float
    build: float
    memory: float
    articles: int
    parse: float
    read: float
    sentences: int


def cost(articles: Path, sentences: Path) -> Cost:
    """Measure a build of articles in a process of its own, and parsing and reading sentences in this one."""
    yardstick = _seconds(lambda: [hashlib.sha256(bytes(10_000_000)).digest() for _ in range(10)])
    with tempfile.TemporaryDirectory() as folder:
        told = _program("--version")
        built = _program("build", str(articles), "--out", f"{folder}/out", "--no-cache", "--jobs", "1", "--quiet")
        facts = json.loads((Path(folder) / "out" / "build.json").read_text(encoding="utf-8"))
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    whole, parsed = _seconds(lambda: read_cases(sentences)), _seconds(lambda: _parsed(sentences))
    count = sum(1 for line in sentences.read_text(encoding="utf-8").splitlines() if line.strip())
    return Cost(yardstick, told, built, memory, len(facts["inputs"]), parsed, whole - parsed, count)


def _parsed(path: Path) -> list[Sentence]:
    texts = (json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return [one for text in texts for one in sentences_of(Document("text", text, (Block(0, len(text), "body"),)))]


def _program(*arguments: str) -> float:
    command = [sys.executable, "-c", "from kg.cli import main; main()", *arguments]
    return _seconds(lambda: subprocess.run(command, capture_output=True, check=True))


def _seconds(work: Callable[[], object]) -> float:
    """What work takes of the processor, its children included, so that others on the machine matter less."""
    before = _spent()
    work()
    return _spent() - before


def _spent() -> float:
    every = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in every)
