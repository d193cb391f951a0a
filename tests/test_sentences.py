"""Words, sentences, and their parses on paper."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Block, DataError, Document
from kg.recorded import read_parses, record_parses
from kg.sentences import LONGEST, lemma_of, parse, read_conllu, sentences_of, to_conllu, words_of


def texts(paragraph: str) -> list[str]:
    """The sentences of a text."""
    return [sentence.text for sentence in parse(paragraph)]


@pytest.mark.parametrize(
    ("paragraph", "sentence"),
    [
        ("BEIRUT, Oct 2 (Agency) — Talks resumed.", "Talks resumed."),
        ("BEIRUT, Lebanon, 2 Oct. — Talks resumed.", "Talks resumed."),
        ("ÉVIAN, March 18 (Agency) — Talks resumed.", "Talks resumed."),
        ("BEIRUT — al-Quds Radio closed.", "al-Quds Radio closed."),
        ("BEIRUT, October 2, 2024 — Talks resumed.", "BEIRUT, October 2, 2024 — Talks resumed."),
        ("BEIRUT — where talks resumed — was shelled.", "BEIRUT — where talks resumed — was shelled."),
    ],
)
def test_a_dateline_is_no_part_of_a_sentence_unless_it_dates_it(paragraph, sentence):
    assert texts(paragraph) == [sentence]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Iran-backed militias", ["Iran", "-", "backed", "militias"]),
        ("didn't", ["did", "n't"]),
        ("Israel's", ["Israel", "'s"]),
        ("Israel’s", ["Israel", "’s"]),
        ("Israel´s", ["Israel", "´s"]),
        ("the U.S. army.", ["the", "U.S.", "army", "."]),
        ("1,200 rockets", ["1,200", "rockets"]),
        ("$5.2 million", ["$", "5.2", "million"]),
        ("non-state, pro-Beijing groups de-escalate", ["non-state", ",", "pro-Beijing", "groups", "de-escalate"]),
        ("DON’T! CAN'T. On Wed. its id", ["DO", "N’T", "!", "CA", "N'T", ".", "On", "Wed", ".", "its", "id"]),
        ("UN-backed talks", ["UN", "-", "backed", "talks"]),
        ("U.S.-led F-16s", ["U.S.", "-", "led", "F", "-", "16s"]),
        ("in 2010-2012, No. 4 etc., said no.", ["in", "2010", "-", "2012", ",", "No.", "4", "etc.", ",", "said", "no", "."]),
        ("Call 713-555-0142!!! and/or 5 p.m.", ["Call", "713-555-0142", "!!!", "and", "/", "or", "5", "p.m."]),
        ("wanna ... at 7:30PM?!", ["wan", "na", "...", "at", "7:30", "PM", "?!"]),
        ("“No,” he said", ["“", "No", ",", "”", "he", "said"]),
        ("  a \n\t b ", ["a", "b"]),
    ],
)
def test_words_are_cut_as_the_treebank_cuts_them(text, words):
    assert [word for word, _ in words_of(text)] == words


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("U.S. officials met Iraq. They left.", ["U.S. officials met Iraq.", "They left."]),
        ("Gen. Mark Milley visited Israel. Dr. No left.", ["Gen. Mark Milley visited Israel.", "Dr. No left."]),
        ("Mr. Biden met Gen. Smith in St. Louis on Jan. 5. They left.", ["Mr. Biden met Gen. Smith in St. Louis on Jan. 5.", "They left."]),
        ("Talks ended at 5 p.m. Monday. All left.", ["Talks ended at 5 p.m. Monday.", "All left."]),
        ("The price is 3.5 dollars. It rose.", ["The price is 3.5 dollars.", "It rose."]),
        ("Is it war? No! Yes…  Maybe.", ["Is it war?", "No!", "Yes…", "Maybe."]),
        ("He said: “We won.” Then he left.", ["He said: “We won.”", "Then he left."]),
        ("“We will answer,” he said. Israel left.", ["“We will answer,” he said.", "Israel left."]),
        ("They left... He stayed!! It ended.", ["They left... He stayed!!", "It ended."]),
        ('"Never." It left.', ['"Never."', "It left."]),
        ("He left (it was late.) She stayed.", ["He left (it was late.)", "She stayed."]),
        ("One line\nof two. Next.", ["One line\nof two.", "Next."]),
        ("One paragraph\n\nAnother one", ["One paragraph", "Another one"]),
        ("", []),
        (" \n\n\t ", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text, sentences):
    assert texts(text) == sentences


def test_a_sentence_without_end_is_cut_so_that_it_cannot_exhaust_the_memory():
    sentences = parse("so " * (2 * LONGEST + 1))

    assert [len(sentence.tokens) for sentence in sentences] == [LONGEST, LONGEST, 1]


def test_no_sentence_crosses_a_block_or_reads_what_lies_between():
    text = "A title without a stop\nShare this page\nIran left. Israel stayed."
    document = Document("001", text, (Block(0, 22, "title"), Block(39, len(text), "body")))

    found = list(sentences_of(document))

    assert [(sentence.index, sentence.start, sentence.text) for sentence in found] == [
        (0, 0, "A title without a stop"),
        (1, 39, "Iran left."),
        (2, 50, "Israel stayed."),
    ]


PIECES = st.sampled_from(
    ["Iran", "the U.S.", "said", "“", "”", "(", ")", ".", "?", "…", ",", "’s", " ", "  ", "\n", "\n\n", "é", "🕊", "5", "-", "\u200b"]
)


@given(st.lists(PIECES, max_size=30).map("".join))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_offsets_are_true_for_any_text(text):
    sentences = parse(text)

    assert all(text[sentence.start : sentence.end] == sentence.text for sentence in sentences)
    assert all(sentence.text[token.start : token.end] == token.text for sentence in sentences for token in sentence.tokens)
    assert "".join(token.text for sentence in sentences for token in sentence.tokens) == "".join(text.split())


@given(st.text(max_size=40))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_no_letter_is_lost_or_moved_whatever_is_written(text):
    words = words_of(text)

    assert all(text[start : start + len(word)] == word for word, start in words)


def test_a_parse_is_a_tree_with_one_root():
    [sentence] = parse("Iran, which the U.S. sanctioned, fired 180 missiles at Israel on Tuesday, officials said.")

    roots = [token.index for token in sentence.tokens if token.head < 0]
    ups = {token.index: token.head for token in sentence.tokens}
    steps = dict(ups)
    for _ in ups:
        steps = {index: ups.get(above, -1) for index, above in steps.items()}
    assert len(roots) == 1
    assert set(steps.values()) == {-1}


@pytest.mark.parametrize(
    ("word", "pos", "lemma"),
    [
        ("Strikes", "NOUN", "strike"),
        ("struck", "VERB", "strike"),
        ("was", "AUX", "be"),
        ("’s", "AUX", "be"),
        ("n’t", "PART", "not"),
        ("ca", "AUX", "can"),
        ("might", "AUX", "might"),
        ("United", "PROPN", "United"),
        ("Their", "PRON", "their"),
        ("180", "NUM", "180"),
    ],
)
def test_a_lemma_is_what_the_dictionary_lists(word, pos, lemma):
    assert lemma_of(word, pos) == lemma


def test_what_is_written_as_conllu_is_read_back_the_same(tmp_path):
    sentences = parse("Iran didn't attack. “No,” it said.\nIsrael left.")
    path = tmp_path / "parses.conllu"

    path.write_text("".join(to_conllu(sentence, heading="example = x") for sentence in sentences), encoding="utf-8")

    read = [sentence for _, sentence in read_conllu(path)]
    assert [example for example, _ in read_conllu(path)] == ["x", "x", "x"]
    assert [sentence.tokens for sentence in read] == [sentence.tokens for sentence in sentences]
    assert [(sentence.start, sentence.text) for sentence in read] == [(sentence.start, sentence.text) for sentence in sentences]


def test_conllu_has_ten_cells_and_says_where_words_touch():
    [sentence] = parse("Iran left.")

    lines = to_conllu(sentence).splitlines()

    assert lines[:2] == ["# sent_id = :0", "# text = Iran left."]
    assert lines[3] == "2\tleft\tleave\tVERB\tVBD\tMood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin\t0\troot\t_\tstart=5|SpaceAfter=No"
    assert to_conllu(sentence).endswith("\n\n")


@pytest.mark.parametrize("mark", ["(", "US$", "'s", "“", "a/"])
def test_what_has_no_space_for_very_long_is_cut_as_if_it_had_some(mark):
    text = (mark * 700)[:700] + " Kenya left."

    words = words_of(text)

    assert [text[start : start + len(word)] for word, start in words] == [word for word, _ in words]
    assert "".join(word for word, _ in words) == text.replace(" ", "")
    assert [word for word, _ in words[-3:]] == ["Kenya", "left", "."]
    assert max(len(word) for word, _ in words) <= 200


WORD = "{index}\tIran\tIran\tPROPN\tNNP\t_\t{head}\tdep\t_\tstart={start}\n"


@pytest.mark.parametrize(
    ("parse", "told"),
    [
        ("# example = x\n1\tIran\tIran\n", ":2: not a CoNLL-U word of 10 cells"),
        (WORD.format(index=1, head=0, start=""), ":1: not a CoNLL-U word of 10 cells"),
        (WORD.format(index="²", head=0, start=0), ":1: not a CoNLL-U word of 10 cells"),
        (WORD.format(index=1, head=0, start=0) + WORD.format(index=2, head=1, start=3), ":2: not a CoNLL-U word of 10 cells, in its order"),
        ("# sent_id = a:b\n" + WORD.format(index=1, head=0, start=0), ":1: no place of a sentence"),
        ("# text = Iran\n", ":1: a sentence without words"),
        (WORD.format(index=1, head=2, start=0) + WORD.format(index=2, head=1, start=5), ":1: its words are no tree"),
        (WORD.format(index=1, head=7, start=0), ":1: its words are no tree"),
        ("# text = \udcff\n", ":1: a character that is not UTF-8"),
    ],
)
def test_a_parse_that_is_none_is_told_with_its_place(tmp_path, parse, told):
    path = tmp_path / "parses.conllu"
    path.write_text(f"{parse}\n", encoding="utf-8", errors="surrogateescape")

    with pytest.raises(DataError, match=rf"parses\.conllu{re.escape(told)}(.|\n)*kg check --fix"):
        list(read_conllu(path))


def test_parses_that_cannot_be_read_are_recorded_anew(tmp_path):
    path = tmp_path / "parses.conllu"
    path.write_text("# text = Iran\n\n", encoding="utf-8")

    assert record_parses(["Iran left."], path) == 1
    assert list(read_parses(path)) == ["Iran left."]
