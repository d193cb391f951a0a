"""Measure how fast names are found: python -m tools.mentions.bench [PARSES] [--more NAMES].

Three ways to find the names of the ontology in the same parsed sentences, in one run and in turn, so that their
ratios mean something on any machine: the automaton of ``kg.mentions``, a loop over the names that begin with the
word at hand, and spaCy's PhraseMatcher. These only find where a name stands; ``names_in`` is the automaton with all
that tells whether the name is meant, and the measure of the ratios. Once with the names of the ontology, and once
with more, made of the words of its own, so that many begin alike. PARSES is CoNLL-U, as ``kg parse`` prints it;
the parses of the tests if not given.
"""

import argparse
import random
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import spacy
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from kg.mentions import names_in
from kg.mentions.matcher import matches_in
from kg.model import Sentence
from kg.ontology import Name, Ontology, read_ontology
from kg.sentences import read_conllu, words_of

PARSES = Path(__file__).parent.parent.parent / "tests" / "parses.conllu"
GOES = 5
Finder = Callable[[int], object]
"""Finds the names of the sentence with this number."""


def with_more(ontology: Ontology, count: int) -> Ontology:
    """Add names of two words, each a word of listed names; the same ones every time."""
    words = sorted({word for name in ontology.names for word in name.split() if word[:1].isupper()})
    chance = random.Random(5)
    actor = next(iter(ontology.actors.values()))
    more: dict[str, Name] = {}
    while len(more) < count:
        name = " ".join(chance.sample(words, 2))
        if name not in ontology.names:
            more[name] = Name(actor, "name")
    return replace(ontology, names={**ontology.names, **more})


def automaton(sentences: Sequence[Sentence], ontology: Ontology) -> Finder:
    """The automaton, without regard for what the words around a name tell."""
    return lambda number: list(matches_in(sentences[number].text, ontology))


def whole(sentences: Sequence[Sentence], ontology: Ontology) -> Finder:
    """The names as the program finds them."""
    return lambda number: names_in(sentences[number], ontology)


def loop(sentences: Sequence[Sentence], ontology: Ontology) -> Finder:
    """At each word, try the names that begin with it, longest first."""
    index: dict[str, list[str]] = {}
    for name in sorted(ontology.names, key=len, reverse=True):
        index.setdefault(first_word(name), []).append(name)

    def find(number: int) -> list[tuple[int, str]]:
        sentence, found, after = sentences[number], [], 0
        ends = {token.end for token in sentence.tokens}
        for token in sentence.tokens:
            for name in index.get(first_word(token.text), ()) if token.start >= after else ():
                if token.start + len(name) in ends and sentence.text.startswith(name, token.start):
                    found.append((token.start, name))
                    after = token.start + len(name)
                    break
        return found

    return find


def first_word(text: str) -> str:
    """The letters that a text begins with, or its first character."""
    match = re.match(r"\w+", text)
    return match[0] if match else text[:1]


def phrase_matcher(sentences: Sequence[Sentence], ontology: Ontology) -> Finder:
    """spaCy's PhraseMatcher, which needs each sentence as a document of its own kind, with words cut as ours are."""
    vocabulary = spacy.blank("en").vocab
    matcher = PhraseMatcher(vocabulary)
    matcher.add("name", [Doc(vocabulary, [word for word, _ in words_of(name)]) for name in ontology.names])
    return lambda number: matcher(Doc(vocabulary, [token.text for token in sentences[number].tokens]))


WAYS = {"automaton": automaton, "loop": loop, "PhraseMatcher": phrase_matcher, "names_in": whole}


def seconds(finder: Finder, count: int) -> float:
    """How long it takes to go over all sentences."""
    begun = time.perf_counter()
    for number in range(count):
        finder(number)
    return time.perf_counter() - begun


def bench(path: Path, more: int) -> None:
    """Print a line for each way: names, seconds to its first answer, words a second, times as fast as ``names_in``."""
    sentences = [sentence for _, sentence in read_conllu(path)]
    words = sum(len(sentence.tokens) for sentence in sentences)
    print(f"{len(sentences)} sentences, {words} words; the fastest of {GOES} goes")
    print("\t".join(["way", "names", "s to begin", "words/s", "ratio"]))
    for ontology in (read_ontology(), with_more(read_ontology(), more)):
        finders: dict[str, Finder] = {}
        begun: dict[str, float] = {}
        for name, way in WAYS.items():
            start = time.perf_counter()
            finders[name] = way(sentences, ontology)
            finders[name](0)
            begun[name] = time.perf_counter() - start
        goes = [{name: seconds(finder, len(sentences)) for name, finder in finders.items()} for _ in range(GOES)]
        best = {name: min(go[name] for go in goes) for name in finders}
        for name, least in best.items():
            row = [name, len(ontology.names), f"{begun[name]:.2f}", f"{words / least:,.0f}", f"{best['names_in'] / least:.2f}"]
            print("\t".join(map(str, row)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parses", type=Path, nargs="?", default=PARSES)
    parser.add_argument("--more", type=int, default=27_000, help="how many names to add")
    arguments = parser.parse_args()
    bench(arguments.parses, arguments.more)
