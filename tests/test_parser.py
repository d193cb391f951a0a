"""The parser: trees are the best there are, a sentence is read the same in any company, and its weights are the ones named."""

import shutil
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from multiprocessing import get_context

import numpy as np
import pytest

from kg.parser import FOLDER, MAX_PIECES, Parse, load_parser
from kg.parser.pieces import DIGIT, INITIAL, LOWER, MIXED, OTHER, TITLE, UNK, UPPER, case_of, pieces_of
from kg.parser.pieces import MAX_PIECES as LONGEST_WORD
from kg.parser.tree import heads_of

IRAN = ("Iran", "fired", "missiles", "at", "Israel", ".")
LONG = ("The", "UN", "and", "the", "EU", ",", "which", "met", "in", "Paris", ",", "urged", "both", "to", "stop", ".")

FOREIGN_MINISTER = "Foreign Minister Jonas Adeyemi met officials of the Halden Group in Port Ulver ."
MANY = (
    "Rebels backed by Iran attacked a convoy near Taiz on Monday , killing at least 12 soldiers .",
    "Talks collapsed .",
    "“ We will answer , ” the minister of defence , General Ivo Kranj , told reporters in the capital after the vote .",
    FOREIGN_MINISTER,
    "Why ?",
)


def parse_words(words: tuple[str, ...]) -> Parse:
    """Parse in whichever process this is."""
    return load_parser().parse(words)


def names_of(words: tuple[str, ...], parsed: Parse, kind: str) -> list[str]:
    """The names of one type, each as text."""
    found: list[list[str]] = []
    for word, tag in zip(words, parsed.names, strict=True):
        if tag == f"B-{kind}":
            found.append([])
        if tag.endswith(f"-{kind}"):
            found[-1].append(word)
    return [" ".join(name) for name in found]


def is_tree(heads: tuple[int, ...]) -> bool:
    """One word hangs on the root, and every word reaches it."""
    if heads.count(0) != 1:
        return False
    for node in range(1, len(heads) + 1):
        for _ in heads:
            node = heads[node - 1] if node else 0
        if node:
            return False
    return True


def best_tree(scores) -> tuple[int, ...]:
    """The best tree, by trying all of them."""
    n = len(scores)
    trees = (heads for heads in product(range(n + 1), repeat=n) if is_tree(heads))
    return max(trees, key=lambda heads: sum(scores[word, head] for word, head in enumerate(heads)))


@pytest.mark.parametrize("seed", range(40))
def test_the_tree_is_the_best_of_all_trees(seed):
    scores = np.random.default_rng(seed).normal(size=(2 + seed % 4, 3 + seed % 4)).astype(np.float32)

    assert tuple(heads_of(scores)) == best_tree(scores)


@pytest.mark.parametrize("shape", ["all on the root", "all in a ring", "all alike"])
def test_a_tree_comes_of_the_worst_scores(shape):
    n = 12
    scores = np.zeros((n, n + 1), dtype=np.float32)
    if shape == "all on the root":
        scores[:, 0] = 50
    if shape == "all in a ring":
        for word in range(n):
            scores[word, (word + 1) % n + 1] = 50

    assert is_tree(tuple(heads_of(scores)))


def test_one_word_hangs_on_the_root():
    assert heads_of(np.array([[0.0, 9.0]], dtype=np.float32)) == [0]


def test_a_sentence_is_read_the_same_alone_or_after_others():
    parser = load_parser()

    alone = parser.parse(IRAN)
    parser.parse(LONG)

    assert parser.parse(IRAN) == alone


def test_processes_read_the_same_in_whatever_order():
    sentences = [tuple(text.split()) for text in MANY]
    alone = [load_parser().parse(words) for words in sentences]

    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        backwards = list(pool.map(parse_words, reversed(sentences)))

    assert list(reversed(backwards)) == alone


def test_names_that_no_table_knows_are_marked_with_their_types():
    words = tuple(FOREIGN_MINISTER.split())
    parsed = load_parser().parse(words)

    assert [name.removeprefix("Foreign Minister ") for name in names_of(words, parsed, "person")] == ["Jonas Adeyemi"]
    assert names_of(words, parsed, "organisation") == ["Halden Group"]
    assert names_of(words, parsed, "place") == ["Port Ulver"]


def test_a_plain_sentence_is_read_as_a_grammar_book_reads_it():
    parsed = load_parser().parse(IRAN)

    assert parsed.upos == ("PROPN", "VERB", "NOUN", "ADP", "PROPN", "PUNCT")
    assert parsed.heads == (2, 0, 2, 5, 2, 2)
    assert parsed.deprels == ("nsubj", "root", "obj", "case", "obl", "punct")


def test_every_word_gets_its_part_however_many_there_are():
    words = ("antidisestablishmentarianism",) * 300

    parsed = load_parser().parse(words)

    parts = (parsed.upos, parsed.xpos, parsed.feats, parsed.heads, parsed.deprels, parsed.starts, parsed.names)
    assert [len(part) for part in parts] == [300] * 7
    assert is_tree(parsed.heads)
    assert 300 * len(pieces_of(words[0], load_parser().vocabulary)) > MAX_PIECES


VOCABULARY = {piece: number for number, piece in enumerate([UNK, "un", "##believ", "##able", "iran", "-", "e", "##n"])}


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("unbelievable", ["un", "##believ", "##able"]),
        ("Iran", ["iran"]),
        ("IRAN-Iran", ["iran", "-", "iran"]),
        ("é", ["e"]),
        ("un\u200b", ["un"]),
        ("xyz", [UNK]),
        ("unxyz", [UNK]),
        ("\u200b", [UNK]),
        ("", [UNK]),
        ("e" + "n" * 50, ["e"] + ["##n"] * (LONGEST_WORD - 1)),
    ],
)
def test_a_word_is_cut_into_the_longest_pieces_known(word, pieces):
    assert pieces_of(word, VOCABULARY) == [VOCABULARY[piece] for piece in pieces]


@pytest.mark.parametrize(
    ("word", "case"),
    [
        ("talks", LOWER),
        ("Kyiv", TITLE),
        ("UN", UPPER),
        ("U.S.", UPPER),
        ("A", INITIAL),
        ("McGurk", MIXED),
        ("iPhone", MIXED),
        ("F-16", DIGIT),
        ("2024", DIGIT),
        ("...", OTHER),
        ("", OTHER),
        ("ГАЗ", UPPER),
    ],
)
def test_the_case_of_a_word_is_one_of_seven(word, case):
    assert case_of(word) == case


def test_weights_that_are_not_the_ones_named_are_refused(tmp_path):
    for name in ("parser.json", "pieces.txt"):
        shutil.copy(FOLDER / name, tmp_path / name)
    (tmp_path / "parser.onnx").write_bytes(b"other weights")
    load_parser.cache_clear()

    try:
        with pytest.raises(RuntimeError, match=r"checksum [0-9a-f]{64} is not the one in parser\.json; install the package again"):
            load_parser(tmp_path)
    finally:
        load_parser.cache_clear()


def test_the_card_names_the_weights_that_ship():
    assert len(load_parser().sha256) == 64
    assert load_parser().name
