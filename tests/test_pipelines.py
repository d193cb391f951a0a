"""Any spaCy pipeline instead of our parser: documents built by hand, labelled as its English pipelines label them."""

import json
from dataclasses import dataclass

import pytest
import spacy
from click.testing import CliRunner
from spacy.tokens import Doc, Span
from spacy.training import Example

from kg.build import build, extract, open_graph
from kg.cli import main
from kg.model import DataError
from kg.sentences import Pipeline, load_pipeline, parse
from kg.sentences.pipelines import LONGEST, pieces_of


@dataclass(frozen=True)
class Recorded:
    """A pipeline that knows one document."""

    document: Doc

    def __call__(self, text: str) -> Doc:
        assert text == self.document.text
        return self.document


def doc(annotated: str, *, entities: dict[tuple[int, int], str] | None = None) -> Doc:
    """A document of ``word/POS/dep/head`` (heads count from 1, the root is its own); "_" after a word stands for no space."""
    cells = [word.split("/") for word in annotated.split()]
    words = [cell[0].removesuffix("_") for cell in cells]
    found = Doc(
        spacy.blank("en").vocab,
        words=words,
        spaces=[not cell[0].endswith("_") for cell in cells],
        pos=[cell[1] for cell in cells],
        tags=["" for _ in cells],
        deps=[cell[2] for cell in cells],
        heads=[int(cell[3]) - 1 for cell in cells],
    )
    found.ents = [Span(found, start, end, label) for (start, end), label in (entities or {}).items()]
    return found


def read(document: Doc, *, clearnlp: bool = True) -> list[tuple[str, str, str]]:
    """Each word with its relation and its head, of the one sentence there is."""
    [sentence] = parse(document.text, Pipeline(Recorded(document), "en_test", "1", clearnlp))
    return [(token.text, token.dep, sentence.tokens[token.head].text if token.head >= 0 else "") for token in sentence.tokens]


PASSIVE = (
    "Rebels/NOUN/nsubjpass/3 were/AUX/auxpass/3 armed/VERB/ROOT/3 by/ADP/agent/3 Iran/PROPN/pobj/4 "
    "in/ADP/prep/3 May_/PROPN/pobj/6 ./PUNCT/punct/3"
)
COPULA = "Talks/NOUN/nsubj/4 with/ADP/prep/1 Iran/PROPN/pobj/2 were/AUX/ROOT/4 not/PART/neg/4 easy/ADJ/acomp/4"
CHAIN = "Iran_/PROPN/nsubj/6 ,/PUNCT/punct/1 Iraq/PROPN/conj/1 and/CCONJ/cc/3 Oman/PROPN/conj/3 signed/VERB/ROOT/6 it/PRON/dobj/6"
NAME = "Prime/PROPN/compound/4 Minister/PROPN/compound/4 Ana/PROPN/compound/4 Silva/PROPN/nsubj/5 left/VERB/ROOT/5"
CLAUSE = (
    "Kenya/PROPN/nsubj/2 left/VERB/ROOT/2 after/ADP/prep/2 attacking/VERB/pcomp/3 Somalia_/PROPN/poss/7 's/PART/case/5 port/NOUN/dobj/4"
)


@pytest.mark.parametrize(
    ("annotated", "expected"),
    [
        (
            PASSIVE,
            [
                ("Rebels", "nsubj:pass", "armed"),
                ("were", "aux:pass", "armed"),
                ("armed", "root", ""),
                ("by", "case", "Iran"),
                ("Iran", "obl:agent", "armed"),
                ("in", "case", "May"),
                ("May", "obl", "armed"),
                (".", "punct", "armed"),
            ],
        ),
        (
            COPULA,
            [
                ("Talks", "nsubj", "easy"),
                ("with", "case", "Iran"),
                ("Iran", "nmod", "Talks"),
                ("were", "cop", "easy"),
                ("not", "advmod", "easy"),
                ("easy", "root", ""),
            ],
        ),
        (
            CHAIN,
            [
                ("Iran", "nsubj", "signed"),
                (",", "punct", "Iraq"),
                ("Iraq", "conj", "Iran"),
                ("and", "cc", "Oman"),
                ("Oman", "conj", "Iran"),
                ("signed", "root", ""),
                ("it", "obj", "signed"),
            ],
        ),
        (
            NAME,
            [
                ("Prime", "compound", "Ana"),
                ("Minister", "compound", "Ana"),
                ("Ana", "nsubj", "left"),
                ("Silva", "flat", "Ana"),
                ("left", "root", ""),
            ],
        ),
        (
            CLAUSE,
            [
                ("Kenya", "nsubj", "left"),
                ("left", "root", ""),
                ("after", "mark", "attacking"),
                ("attacking", "advcl", "left"),
                ("Somalia", "nmod:poss", "port"),
                ("'s", "case", "Somalia"),
                ("port", "obj", "attacking"),
            ],
        ),
    ],
    ids=["passive", "copula", "coordination", "name", "clause"],
)
def test_clearnlp_labels_come_out_as_universal_dependencies(annotated, expected):
    assert read(doc(annotated, entities={(2, 4): "PERSON"} if annotated == NAME else None)) == expected


def test_white_space_and_several_roots_leave_one_tree():
    spaced = Doc(
        spacy.blank("en").vocab,
        words=["\n", "And", "Kenya", "left"],
        spaces=[False, True, True, False],
        pos=["SPACE", "CCONJ", "PROPN", "VERB"],
        tags=["_SP", "", "", ""],
        deps=["ROOT", "cc", "nsubj", "dep"],
        heads=[0, 0, 3, 0],
    )

    found = [token for sentence in Pipeline(Recorded(spaced), "en_test", "1", True).sentences(spaced.text) for token in sentence[1]]

    assert [(token.text, token.dep, token.head) for token in found] == [
        ("And", "root", -1),
        ("Kenya", "nsubj", 2),
        ("left", "dep", 0),
    ]


def test_a_word_of_motion_and_one_to_whom_it_is_given():
    moved = doc("Troops/NOUN/nsubj/2 moved/VERB/ROOT/2 in/ADV/prep/2")
    given = doc("Oman/PROPN/nsubj/2 gave/VERB/ROOT/2 aid/NOUN/dobj/2 to/ADP/dative/2 Iran/PROPN/pobj/4")

    assert read(moved)[-1] == ("in", "advmod", "moved")
    assert read(given)[2:] == [("aid", "obj", "gave"), ("to", "case", "Iran"), ("Iran", "obl", "gave")]


def test_an_endless_paragraph_is_cut_between_words():
    pieces = list(pieces_of("so " * LONGEST))

    assert "".join(piece for _, piece in pieces) == "so " * LONGEST
    assert all(len(piece) <= LONGEST and piece.startswith("so ") for _, piece in pieces)
    assert [start for start, _ in pieces] == [sum(len(piece) for _, piece in pieces[:place]) for place in range(len(pieces))]


def test_a_tree_that_is_universal_already_stays_as_it_is():
    ready = doc("Iran/PROPN/nsubj:pass/3 was/AUX/aux:pass/3 hit/VERB/ROOT/3 by/ADP/case/5 Israel/PROPN/obl:agent/3")

    assert [dep for _, dep, _ in read(ready, clearnlp=False)] == ["nsubj:pass", "aux:pass", "root", "case", "obl:agent"]


def test_names_get_our_types_and_offsets_are_true():
    document = doc(PASSIVE, entities={(4, 5): "GPE", (6, 7): "DATE"})

    [sentence] = parse(document.text, Pipeline(Recorded(document), "en_test", "1", clearnlp=True))

    assert [token.name for token in sentence.tokens] == ["", "", "", "", "B-place", "", "", ""]
    assert all(sentence.text[token.start : token.end] == token.text for token in sentence.tokens)


def test_a_pipeline_that_is_not_there_is_told_with_a_remedy():
    with pytest.raises(DataError, match=r"no_such_pipeline: no spaCy pipeline can be loaded(.|\n)*leave out --parser"):
        extract("Iran left.", parser="no_such_pipeline")


def test_a_pipeline_without_a_parser_is_refused(tmp_path):
    spacy.blank("en").to_disk(tmp_path / "blank")

    with pytest.raises(DataError, match="has no dependency parser"):
        load_pipeline(str(tmp_path / "blank"))


def trained(folder) -> str:
    """A pipeline on disk that parses, after a fashion: it has seen one sentence."""
    nlp = spacy.blank("en")
    nlp.add_pipe("morphologizer")
    nlp.add_pipe("parser", config={"min_action_freq": 1})
    gold = doc("Iran/PROPN/nsubj/2 attacked/VERB/ROOT/2 Kenya_/PROPN/obj/2 ./PUNCT/punct/2")
    examples = [Example(nlp.make_doc(gold.text), gold)] * 4
    nlp.initialize(lambda: examples)
    for _ in range(40):
        nlp.update(examples, drop=0.0)
    nlp.meta["name"], nlp.meta["version"] = "small", "1.2"
    nlp.to_disk(folder)
    return str(folder)


def test_a_graph_tells_which_pipeline_read_it(tmp_path):
    article = tmp_path / "article.txt"
    article.write_text("Iran attacked Kenya.", encoding="utf-8")

    graph = build(article, parser=trained(tmp_path / "small"))
    graph.save(tmp_path / "out")

    assert [(s.actor.label, s.target.label) for s in graph.statements if s.actor and s.target] == [("Iran", "Kenya")]
    assert json.loads((tmp_path / "out" / "build.json").read_text("utf-8"))["parser"] == "en_small 1.2"
    assert open_graph(tmp_path / "out").parser == "en_small 1.2"


def test_the_commands_take_a_pipeline(tmp_path):
    small = trained(tmp_path / "small")
    lines = tmp_path / "lines.jsonl"
    lines.write_text('{"text": "Iran attacked Kenya."}\n', encoding="utf-8")

    parsed = CliRunner().invoke(main, ["parse", "-", "--parser", small], input="Iran attacked Kenya.")
    extracted = CliRunner().invoke(main, ["extract", str(lines), "--parser", small])
    refused = CliRunner().invoke(main, ["extract", str(lines), "--parser", "no_such_pipeline"])

    assert "2\tattacked\tattack\tVERB\t_" in parsed.output
    assert json.loads(extracted.output)["statements"][0]["target"] == "actor:kenya"
    assert refused.exit_code == 1
    assert "no spaCy pipeline can be loaded" in refused.output
