"""Reads the examples of the hand-written tables: each row must be read as it says.

A finding is one line for a curator: which row, what was expected, what was read.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kg.events import compared
from kg.mentions import telling_word
from kg.model import Document, Modality, Sentence
from kg.ontology import (
    LIMIT,
    NO_ACTION,
    OTHER,
    Corrections,
    Counterexample,
    Cue,
    LightVerb,
    NameWord,
    Ontology,
    Qualifier,
    Rule,
    Standing,
    Title,
    Weight,
    cells_of,
)
from kg.statements import Pair, named_in, pairs_in
from kg.statements.numbers import amounts_in

Parse = Callable[[str], Sequence[Sentence]]
"""How an example becomes sentences: by the parser, or from recorded parses."""


def rows_with_examples(ontology: Ontology) -> int:
    """How many rows of the tables carry an example that is read."""
    tables = (
        ontology.name_words,
        ontology.titles,
        ontology.standings,
        ontology.rules,
        ontology.light_verbs,
        ontology.cues,
        ontology.qualifiers,
    )
    weights = sum(row.feature != LIMIT for row in ontology.identity.weights.values())
    return sum(map(len, (*tables, ontology.counterexamples))) + weights


def examples_of(ontology: Ontology) -> list[str]:
    """Every example sentence of every table, sorted, each once."""
    rows: list[Title | Standing | Rule | LightVerb | Cue | Counterexample] = [
        *ontology.titles,
        *ontology.standings.values(),
        *ontology.rules,
        *ontology.light_verbs,
        *ontology.cues,
        *ontology.counterexamples,
    ]
    return sorted({row.example for row in rows})


def readings(ontology: Ontology, parse: Parse, examples: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What all tables together read in these examples: modality, action, sides and speaker of each."""
    read = {example: _read(example, ontology, parse) for example in examples}
    return {example: tuple(sorted({f"{pair.action} {told(pair)}" for pair in pairs})) for example, pairs in read.items()}


def findings(ontology: Ontology, parse: Parse) -> Iterator[str]:
    """Check every row of every table, in the order of the tables; what a user corrects in articles is not asked of examples."""
    ontology = replace(ontology, corrections=Corrections((), {}))
    for word in ontology.name_words.values():
        yield from name_word_findings(word, ontology)
    for qualifier in ontology.qualifiers.values():
        yield from qualifier_findings(qualifier)
    for row in ontology.identity.weights.values():
        yield from weight_findings(row, ontology)
    for title in ontology.titles:
        yield from title_findings(title, ontology, parse)
    for standing in ontology.standings.values():
        yield from standing_findings(standing, ontology, parse)
    for rule in ontology.rules:
        yield from rule_findings(rule, ontology, parse)
    for light in ontology.light_verbs:
        yield from light_verb_findings(light, ontology, parse)
    for cue in ontology.cues:
        yield from cue_findings(cue, ontology, parse)
    for counterexample in ontology.counterexamples:
        yield from counterexample_findings(counterexample, ontology, parse)


def name_word_findings(row: NameWord, ontology: Ontology) -> Iterator[str]:
    """A word must tell the kind of the name that is its example."""
    told = telling_word(row.example, ontology.name_words)
    if told != row:
        yield f"namewords.csv, {row.word}: not the telling word of its example, {told.word if told else 'nothing'} is: {row.example}"


def qualifier_findings(row: Qualifier) -> Iterator[str]:
    """The words must be read beside the number of their example."""
    read = [words for amount in amounts_in(row.example) for _, words in amount.values]
    if read != [row.words]:
        yield f"qualifiers.csv, {row.words}: expected beside one number, read {', '.join(read) or 'nothing'} in: {row.example}"


def weight_findings(row: Weight, ontology: Ontology) -> Iterator[str]:
    """The two examples of a weight must compare as it says."""
    found = row.value if row.feature == LIMIT else compared(row.feature, row.one, row.other, ontology)
    if found != row.value:
        yield f"weights.csv, {row.feature} {row.value}: {row.one or 'nothing'} and {row.other or 'nothing'} compare as {found}"


def title_findings(row: Title, ontology: Ontology, parse: Parse) -> Iterator[str]:
    """The words of a title must mean the office in its example."""
    unknown = [word for word in row.words if word not in ontology.roles and f"actor:{word}" not in ontology.actors]
    for word in unknown:
        yield f"titles.csv, {row.office} {row.of}: no row of roles.csv says what kind of word {word!r} is"
    named = _named(row.example, ontology, parse)
    if f"actor:{row.expect}" not in named:
        yield f"titles.csv, {row.office} {row.of}: expected {row.expect}, read {', '.join(sorted(named)) or 'nobody'} in: {row.example}"


def standing_findings(row: Standing, ontology: Ontology, parse: Parse) -> Iterator[str]:
    """Beside such a word a title must not mean the one in office."""
    offices = {ontology.offices[id].standing for id in _named(row.example, ontology, parse) if id in ontology.offices}
    if offices != (set() if row.standing == OTHER else {row.standing}):
        yield f"standings.csv, {row.word}: expected {row.standing}, read {', '.join(sorted(offices)) or 'nobody'} in: {row.example}"


def _named(example: str, ontology: Ontology, parse: Parse) -> set[str]:
    """The CURIEs of those who are named in an example."""
    return {mention.actor.id for _, mention in named_in(Document("example", example, ()), parse(example), ontology)}


def rule_findings(rule: Rule, ontology: Ontology, parse: Parse) -> Iterator[str]:
    """A rule must read its own example exactly, and still do so beside all other rules."""
    where = f"rules.csv, {rule.id}"
    if rule.action == NO_ACTION:
        read = {(pair.action, str(pair)) for pair in _read(rule.example, ontology, parse) if pair.modality is Modality.ASSERTED}
        if read:
            yield f"{where}: names no act, but all rules together read {_shown(read)} in: {rule.example}"
        return
    wanted = {(rule.action, pair) for pair in rule.expect.split("; ")}
    alone = {(pair.action, str(pair)) for pair in _read(rule.example, ontology, parse, [rule]) if pair.modality is Modality.ASSERTED}
    if alone != wanted:
        yield f"{where}: expected {_shown(wanted)}, by itself it reads {_shown(alone)} in: {rule.example}"
        return
    together = {(pair.action, str(pair)) for pair in _read(rule.example, ontology, parse) if pair.modality is Modality.ASSERTED}
    if not wanted <= together:
        yield f"{where}: expected {_shown(wanted)}, beside the other rules it reads {_shown(together)} in: {rule.example}"


def light_verb_findings(light: LightVerb, ontology: Ontology, parse: Parse) -> Iterator[str]:
    """A light verb must lend its example's noun the sides expected."""
    read = {str(pair) for pair in _read(light.example, ontology, parse) if pair.modality is Modality.ASSERTED}
    if not set(light.expect.split("; ")) <= read:
        verb = " ".join("|".join(sorted(words)) for words in light.trigger)
        yield f"lightverbs.csv, {verb}: expected {light.expect}, read {'; '.join(sorted(read)) or 'nothing'} in: {light.example}"


def cue_findings(cue: Cue, ontology: Ontology, parse: Parse) -> Iterator[str]:
    """A cue must give its example the modality and the speaker expected, and leave no other assertion of the same act."""
    read = _read(cue.example, ontology, parse)
    acts = {(pair.action, str(pair)) for pair in read if told(pair) == cue.expect}
    besides = [
        pair for pair in read if pair.modality is Modality.ASSERTED and told(pair) != cue.expect and (pair.action, str(pair)) in acts
    ]
    if not acts or besides:
        shown = "; ".join(sorted({told(pair) for pair in read})) or "nothing"
        yield f"cues.csv, {cue.cue} ({cue.pos}): expected {cue.expect}, read {shown} in: {cue.example}"


def counterexample_findings(row: Counterexample, ontology: Ontology, parse: Parse) -> Iterator[str]:
    """What must never be read in a sentence is not asserted there."""
    for pair in _read(row.example, ontology, parse):
        if pair.modality is Modality.ASSERTED and row.never in ("any", pair.action):
            yield f"counterexamples.csv: reads {pair.action} {pair} in: {row.example} ({row.reason})"


def told(pair: Pair) -> str:
    """How a cue's ``expect`` cell tells a reading: "hypothetical Iran > Israel by Kyiv"."""
    return f"{pair.modality.value} {pair}" + (f" by {pair.speaker}" if pair.speaker else "")


def sort_tables(folder: Path) -> list[str]:
    """Sort the rows of every table by their cells; the names of those that changed.

    Raises DataError, and changes nothing, if one of them cannot be read strictly.
    """
    inner = folder / "mappings"
    texts = {path: sorted_table(path) for path in sorted((inner if inner.is_dir() else folder).glob("*.csv"))}
    changed = [path for path, text in texts.items() if text != path.read_text(encoding="utf-8-sig")]
    for path in changed:
        path.write_text(texts[path], encoding="utf-8", newline="\n")
    return [path.name for path in changed]


def sorted_table(path: Path) -> str:
    """The text of a table with its rows in order."""
    header, *rows = (cells for _, cells in cells_of(path))
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *sorted(rows)])
    return text.getvalue()


def _read(example: str, ontology: Ontology, parse: Parse, rules: Sequence[Rule] | None = None) -> list[Pair]:
    return [pair for sentence in parse(example) for pair in pairs_in(sentence, ontology, rules)]


def _shown(pairs: set[tuple[str, str]]) -> str:
    return "; ".join(f"{action} {pair}" for action, pair in sorted(pairs)) or "nothing"
