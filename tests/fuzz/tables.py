"""Tables that people fill in, and recorded parses."""

import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from fuzz.promises import refusal, text_of
from kg.dictionaries.phoenix import read_dictionary
from kg.documents import read_boilerplate
from kg.model import DataError
from kg.ontology import identity_of, read_ontology
from kg.ontology.actors import read_directory, read_name_words, read_roles
from kg.ontology.corrections import read_corrections
from kg.ontology.identity import read_decisions, read_weights
from kg.ontology.offices import read_codes, read_offices, read_standings, read_titles
from kg.ontology.qualifiers import read_qualifiers
from kg.ontology.rules import read_counterexamples, read_cues, read_light_verbs, read_rules
from kg.score.annotations import read_annotations
from kg.sentences import read_conllu, to_conllu

OURS = read_ontology()
PLACES = dict.fromkeys(OURS.actors, "actors.csv:1")
READERS: dict[str, Callable[[Path], object]] = {
    "actors": lambda path: read_directory([(path, None)]),
    "places": lambda path: read_directory([(OURS.folder / "mappings" / "actors.csv", path)]) if path.stat().st_size < 200 else None,
    "roles": read_roles,
    "namewords": read_name_words,
    "rules": lambda path: read_rules(path, OURS.actions),
    "lightverbs": read_light_verbs,
    "cues": read_cues,
    "counterexamples": lambda path: read_counterexamples(path, OURS.actions),
    "qualifiers": read_qualifiers,
    "titles": lambda path: read_titles([path]),
    "standings": lambda path: read_standings([path]),
    "offices": lambda path: read_offices([path], OURS.actors, OURS.titles, PLACES),
    "codes": lambda path: read_codes([path], OURS.actors),
    "corrections": lambda path: read_corrections([path], OURS.actors),
    "weights": read_weights,
    "merges": lambda path: identity_of((), read_decisions(path)),
    "boilerplate": read_boilerplate,
    "annotations": read_annotations,
    "dictionary": read_dictionary,
}
NAMES = tuple(READERS)


def tables(data: bytes) -> None:
    """A table: its first byte says which, the rest is what it holds."""
    name = NAMES[data[0] % len(NAMES)] if data else NAMES[0]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.csv"
        path.write_bytes(data[1:])
        refused = refusal(lambda: all_of(READERS[name](path)))
    where, _, advice = refused.partition("\n")
    assert bool(refused) <= (f"{name}.csv" in where and bool(advice)), refused


def all_of(found: object) -> None:
    """Go through what is read one after another."""
    if isinstance(found, Iterable):
        list(found)


def conllu(data: bytes) -> None:
    """Recorded parses: what can be read is written, and read again, as the same."""
    with tempfile.TemporaryDirectory() as folder, suppress(DataError):
        path = Path(folder) / "a.conllu"
        path.write_bytes(text_of(data).encode("utf-8", "replace"))
        found = [sentence for _, sentence in read_conllu(path)]
        for sentence in found:
            assert all(-1 <= token.head < len(sentence.tokens) for token in sentence.tokens)
            assert all(sentence.text[token.start : token.end] == token.text for token in sentence.tokens)
        path.write_text("".join(map(to_conllu, found)), encoding="utf-8")
        assert [sentence for _, sentence in read_conllu(path)] == found
