"""What a user puts right stays right: these words are that actor, never are, and these two are one."""

import json

import pytest
from click.testing import CliRunner

from kg.build import build, extract, open_graph
from kg.cli import main
from kg.explain import decided_by

HEADER = "kind,document,name,actor,reason"
COLUMNS = "id,type,label,code,names,adjectives,metonyms,part_of,affiliated_with,wikidata"
ACTORS = f"{COLUMNS}\nport-georgia,place,Port Georgia,USACVL,,,,united-states,,"
ARTICLE = "title: Storm\ndate: 2024-05-02\n\nGeorgia accused Iran of lying. Zorani fighters attacked Chad.\n"


@pytest.fixture
def corrected(tmp_path):
    """Writes a folder with a place of its own and these corrections."""

    def write(*rows: str):
        folder = tmp_path / "mine"
        folder.mkdir(exist_ok=True)
        (folder / "actors.csv").write_text(f"{ACTORS}\n", encoding="utf-8")
        (folder / "corrections.csv").write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
        return folder

    return write


def sides(text, folder, document="text"):
    return {(one.actor_id, one.target_id) for one in extract(text, "2024-05-02", document=document, ontology=folder)}


def test_words_are_the_actor_that_a_correction_names(corrected):
    folder = corrected("is,,Georgia,port-georgia,the harbour")

    assert sides("Georgia accused Iran of lying.", folder) == {("actor:port-georgia", "actor:iran")}


def test_a_correction_of_one_document_leaves_the_others_alone(corrected):
    folder = corrected("is,one,Georgia,port-georgia,", "never,,Iran,iran,")

    assert sides("Georgia accused Syria of lying.", folder, "one") == {("actor:port-georgia", "actor:syria")}
    assert sides("Georgia accused Syria of lying.", folder, "two") == {("actor:georgia", "actor:syria")}


def test_a_documents_own_row_counts_before_one_for_all(corrected):
    folder = corrected("is,,Georgia,port-georgia,", "is,one,Georgia,armenia,")

    assert sides("Georgia accused Iran of lying.", folder, "one") == {("actor:armenia", "actor:iran")}


def test_words_that_no_table_knows_can_be_somebody(corrected):
    folder = corrected("is,,the Hall,iran,as the article calls it")

    assert sides("The Syrian army attacked the Hall.", folder) == {("actor:syria-mil", "actor:iran")}


def test_words_are_never_whom_a_correction_forbids(corrected):
    text = "Georgia accused Chad of lying."

    assert sides(text, corrected("never,,Georgia,georgia,", "never,,Chad,,a person")) == {("actor:georgia-unlisted", "actor:chad-unlisted")}
    assert sides(text, corrected("never,,Georgia,armenia,")) == {("actor:georgia", "actor:chad")}


@pytest.mark.parametrize(("row", "actor"), [("same,,zorani-fighters,iran,", "actor:iran"), ("same,,chad,iran,", "actor:zorani-fighters")])
def test_two_actors_are_one(corrected, row, actor):
    found = sides("Zorani fighters attacked Chad.", corrected(row))

    assert actor in {one for pair in found for one in pair}
    assert "actor:iran" in {one for pair in found for one in pair}


def test_a_correction_survives_the_rebuild_and_is_explained(corrected, tmp_path):
    folder, article = corrected("is,,Georgia,port-georgia,the harbour is meant"), tmp_path / "a.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    for _ in range(2):
        build(article, ontology=folder).save(tmp_path / "out")

    told = CliRunner().invoke(main, ["explain", "Port Georgia", "--out", str(tmp_path / "out")]).output

    assert "corrected by mine/corrections.csv:2, “Georgia” is actor:port-georgia: the harbour is meant" in told
    assert json.loads((tmp_path / "out" / "build.json").read_text())["corrections"][0]["where"] == "mine/corrections.csv:2"
    assert open_graph(tmp_path / "out").corrections[0].name == "Georgia"


def test_the_layers_of_a_build_are_noted_without_the_paths_of_the_machine(corrected, tmp_path):
    folder, article = corrected("is,,Georgia,port-georgia,"), tmp_path / "a.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    build(article, ontology=[folder]).save(tmp_path / "out")
    noted = (tmp_path / "out" / "build.json").read_text()

    assert {"layer 1: actors.csv", "layer 1: corrections.csv"} <= json.loads(noted)["ontology"].keys()
    assert str(tmp_path) not in noted


def test_clashes_between_layers_are_told_on_the_terminal(corrected, tmp_path):
    folder = corrected()
    (folder / "actors.csv").write_text(ACTORS.replace("Port Georgia", "Georgia") + "\n", encoding="utf-8")
    article = tmp_path / "a.txt"
    article.write_text(ARTICLE, encoding="utf-8")

    run = CliRunner().invoke(main, ["build", str(article), "--ontology", str(folder), "--out", str(tmp_path / "out")])

    assert run.exit_code == 0
    assert "'Georgia' means actor:port-georgia here and actor:georgia in a layer before; this row counts." in run.output


@pytest.mark.parametrize(
    ("row", "sentence", "told"),
    [
        ("is,,Guardians' Front,iran,", "The Guardians’ Front accused Chad.", True),
        ("never,,an,iran,", "Iran accused Chad.", False),
        ("never,,Cha,,", "Iran accused Chad.", False),
        ("same,,zorani-fighters,iran,", "Iran accused Chad.", False),
        ("same,,zorani-fighters,iran,", "Zorani fighters accused Chad.", True),
    ],
)
def test_only_corrections_whose_words_stand_there_are_explained(corrected, tmp_path, row, sentence, told):
    article = tmp_path / "a.txt"
    article.write_text(f"date: 2024-05-02\n\n{sentence}\n", encoding="utf-8")
    graph = build(article, ontology=corrected(row))

    (statement,) = graph.statements
    assert bool(list(decided_by(statement, graph.corrections))) is told


def test_never_leaves_longer_names_alone(corrected):
    assert sides("North Korea accused Chad of lying.", corrected("never,,Korea,,")) == {("actor:north-korea", "actor:chad")}
    assert ("actor:iran", "actor:chad") in sides("The Islamic Republic of Iran accused Chad of lying.", corrected("never,,Iran,,"))


def test_words_can_be_an_office(corrected):
    found = sides("The boss accused Iran of lying.", corrected("is,,The boss,israel-prime-minister,"))

    assert found == {("actor:benjamin-netanyahu", "actor:iran")}


def test_a_correction_of_an_article_that_is_not_there_is_told(corrected, tmp_path):
    article = tmp_path / "a.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    folder = corrected("is,a,Georgia,port-georgia,")

    run = CliRunner().invoke(main, ["build", str(article), "--ontology", str(folder), "--out", str(tmp_path / "out")])

    assert "mine/corrections.csv:2: no article has the id 'a'" in run.output


def test_a_build_inside_a_layer_is_no_part_of_it(corrected, tmp_path):
    article = tmp_path / "a.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    folder = corrected()
    told = []
    for _ in range(2):
        build(article, ontology=folder).save(folder / "out")
        told.append((folder / "out" / "build.json").read_bytes())

    assert told[0] == told[1]
