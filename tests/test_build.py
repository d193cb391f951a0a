"""The whole way: the same input gives the same bytes, every offset is true, and a build is written whole or not at all."""

import json
import os
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import kg
from kg.build import Graph, build, open_graph, read_question
from kg.model import DataError, Modality

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus" / "articles"
SEEDS = ROOT.parent / "shared" / "seeds"
TABLES = ("statements.csv", "statements.jsonl", "documents.jsonl", "events.csv", "conflicts.csv")
FILES = ("graph.ttl", *TABLES, "network.html", "void.ttl", "build.json")
ARTICLE = "title: {title}\ndate: 2024-05-03\n\n{text}\n"


@pytest.fixture(scope="module")
def few(tmp_path_factory) -> Path:
    """Three short articles."""
    folder = tmp_path_factory.mktemp("few") / "articles"
    folder.mkdir()
    texts = (
        "Turkey attacked Syria on Monday. Iraq condemned Turkey.",
        "Turkey may attack Iraq.",
        "France, Germany and Italy met in Berlin.",
    )
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_text(ARTICLE.format(title=f"Article {number}", text=text), encoding="utf-8")
    return folder


def article(path: Path, text: str = "Turkey attacked Syria on Monday.") -> None:
    """Write one article."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(ARTICLE.format(title="An article", text=text), encoding="utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a build, without those of the store."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def test_a_build_writes_the_files_of_the_contract(built):
    assert sorted(contents(built)) == sorted(FILES)
    assert (built / "store").is_dir()


def test_a_graph_is_shown_in_one_line(corpus, built):
    assert repr(corpus) == f"<kg.Graph of {len(corpus.documents)} articles, {len(corpus.statements)} statements>"
    assert repr(open_graph(built)).endswith(f"statements opened in {built}>")


def test_the_same_input_gives_the_same_bytes(corpus, built, tmp_path):
    build(CORPUS).save(tmp_path / "again")

    assert contents(tmp_path / "again") == contents(built)


def test_the_order_of_the_input_changes_nothing(few, tmp_path):
    build(few).save(tmp_path / "one")
    build(*sorted(few.iterdir(), reverse=True)).save(tmp_path / "two")

    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_another_hash_seed_and_another_folder_change_nothing(few, tmp_path):
    build(few).save(tmp_path / "here")
    there = tmp_path / "deep" / "elsewhere"
    command = [sys.executable, "-c", "from kg.cli import main; main()", "build", str(few), "--out", str(there), "--quiet"]
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "PYTHONPATH": str(ROOT), "TZ": "Pacific/Auckland"}

    subprocess.run(command, check=True, env=environment, cwd=tmp_path)

    assert contents(there) == contents(tmp_path / "here")


def test_every_offset_of_the_corpus_is_true(built):
    texts = {item["id"]: item["text"] for item in map(json.loads, (built / "documents.jsonl").read_text("utf-8").splitlines())}
    rows = [json.loads(line) for line in (built / "statements.jsonl").read_text("utf-8").splitlines()]

    assert rows
    assert [row["id"] for row in rows if texts[row["document"]][row["start"] : row["end"]] != row["sentence"]] == []


def test_every_article_of_the_corpus_is_read(corpus):
    assert corpus.problems == ()
    assert len(corpus.documents) >= 16


def test_the_graph_of_the_corpus_fits_the_shapes(corpus):
    assert corpus.validate() == []


def test_what_never_happened_is_no_event_asserted(corpus):
    assert [
        event.id
        for event in corpus.events
        if event.modality is Modality.ASSERTED and all(s.modality != "asserted" for s in event.statements)
    ] == []
    assert {s.action for s in corpus.statements if s.evidence.document.startswith("iran-us-fears") and s.modality == "asserted"} & {
        action.id for action in corpus.ontology.actions.values() if action.type == "ASSAULT"
    } == set()


def test_no_output_names_a_folder_of_the_machine(few, tmp_path):
    (few.parent / "broken.jsonl").write_text('{"text": "Turkey left."}\n{"text": \n', encoding="utf-8")

    build(few, few.parent / "broken.jsonl").save(tmp_path / "out")

    machine = [str(few.parent).encode(), str(ROOT).encode(), str(Path.home()).encode(), str(tmp_path).encode()]
    named = [name for name, content in contents(tmp_path / "out").items() for folder in machine if folder in content]
    assert named == []


def test_the_manifest_tells_inputs_outputs_and_counts(few, tmp_path):
    graph = build(few)
    graph.save(tmp_path / "out")

    manifest = json.loads((tmp_path / "out" / "build.json").read_text("utf-8"))

    assert sorted(manifest["inputs"]) == ["0.txt", "1.txt", "2.txt"]
    assert sorted(manifest["outputs"]) == sorted(set(FILES) - {"build.json"})
    assert manifest["counts"]["statements"] == {"asserted": 5, "negated": 0, "intended": 0, "hypothetical": 1}
    assert manifest["counts"]["articles"] == 3
    assert manifest["problems"] == []


def test_a_build_that_fails_leaves_the_one_before(few, tmp_path, monkeypatch):
    graph = build(few)
    graph.save(tmp_path / "out")
    before = contents(tmp_path / "out")

    def full(*_: object, **__: object) -> str:
        raise OSError("No space left on device")

    monkeypatch.setattr(import_module("kg.build.page"), "network_page", full)
    with pytest.raises(OSError, match="No space left"):
        graph.save(tmp_path / "out")

    assert contents(tmp_path / "out") == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert open_graph(tmp_path / "out").query("ASK { ?event a kg:Event }").boolean


def test_a_build_that_fails_at_first_leaves_nothing(few, tmp_path, monkeypatch):
    monkeypatch.setattr(import_module("kg.build.writing"), "load", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        build(few).save(tmp_path / "out")

    assert list(tmp_path.iterdir()) == []


def test_a_new_build_takes_the_place_of_the_old(few, tmp_path):
    build(few).save(tmp_path / "out")
    build(few / "2.txt").save(tmp_path / "out")

    assert [document.id for document in open_graph(tmp_path / "out").documents] == ["2.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_with_something_else_is_not_overwritten(few, tmp_path):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.tex").write_text("work of years", encoding="utf-8")

    with pytest.raises(DataError, match=r"thesis: the folder holds something else than a build\.\nName another folder with --out"):
        build(few).save(tmp_path / "thesis")

    assert [path.name for path in (tmp_path / "thesis").iterdir()] == ["chapter.tex"]


def test_an_empty_folder_is_filled(few, tmp_path):
    (tmp_path / "deep" / "out").mkdir(parents=True)

    build(few).save(tmp_path / "deep" / "out")

    assert (tmp_path / "deep" / "out" / "graph.ttl").is_file()


def test_a_graph_opened_again_is_the_same(corpus, built, tmp_path):
    opened = kg.open(built)

    assert opened.statements == corpus.statements
    assert opened.events == corpus.events
    opened.save(tmp_path / "copy")
    assert contents(tmp_path / "copy") == contents(built)


def test_the_store_and_the_file_hold_the_same_triples(corpus, built):
    assert len(kg.open(built).to_rdflib()) == len(corpus.to_rdflib())


def test_a_folder_without_a_graph_is_told_with_a_remedy(tmp_path):
    with pytest.raises(DataError, match=r"there is no graph here\.\nBuild one: kg build PATH"):
        open_graph(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "where", "reason"),
    [
        ("empty.txt", b"", "empty.txt", "empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "picture.txt", "not text"),
        ("lines.jsonl", b'{"id": "a", "text": "Kenya left."}\n{"id": "b", "text": \n', "lines.jsonl:2", "broken JSON"),
        ("dated.txt", b"title: A\ndate: the ides\n\nKenya attacked Uganda.\n", "dated.txt:2", "bad date 'the ides'"),
        ("twin.txt", b"id: 0.txt\n\nKenya attacked Uganda.\n", "twin.txt", "duplicate id '0.txt', already given by articles/0.txt"),
    ],
)
def test_what_cannot_be_read_is_named_and_the_rest_is_kept(few, tmp_path, name, content, where, reason):
    folder = tmp_path / "articles"
    shutil.copytree(few, folder)
    (folder / name).write_bytes(content)

    graph = build(folder)

    [problem] = graph.problems
    assert problem.where.endswith(where)
    assert reason in problem.reason
    assert str(tmp_path) not in problem.where + problem.reason
    assert {document.id for document in graph.documents} - {"a"} == {"0.txt", "1.txt", "2.txt"}


def test_a_path_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(DataError, match=r"nowhere"):
        build(tmp_path / "nowhere")


def test_the_namespace_of_a_graph_is_the_users_own(few, tmp_path):
    build(few, base="https://example.org/mine/").save(tmp_path / "out")

    turtle = (tmp_path / "out" / "graph.ttl").read_text("utf-8")
    assert "<https://example.org/mine/event/>" in turtle
    assert "https://w3id.org/actor-kg/id/" not in turtle
    assert open_graph(tmp_path / "out").base == "https://example.org/mine/"


def test_texts_that_may_not_be_copied_are_left_out(few, tmp_path):
    build(few).save(tmp_path / "out", with_text=False)

    [first, *_] = map(json.loads, (tmp_path / "out" / "documents.jsonl").read_text("utf-8").splitlines())
    assert "text" not in first
    assert open_graph(tmp_path / "out").events == build(few).events


def test_a_question_is_asked_by_name_by_file_or_in_sparql(few, tmp_path):
    graph = build(few)
    path = tmp_path / "mine.rq"
    path.write_text("ASK { ?event a kg:Event }", encoding="utf-8")

    assert {tuple(row[:2]) for row in graph.query("who-met-whom").rows} != set()
    assert graph.query(str(path)).boolean
    assert graph.query("ASK { ?event a kg:Event }").boolean


def test_a_question_that_nobody_knows_is_answered_with_those_there_are():
    with pytest.raises(DataError, match=r"'who-ate-whom' is neither a question nor a file nor SPARQL\.\nQuestions: .*who-met-whom"):
        read_question("who-ate-whom", ROOT / "ontology" / "queries")


def test_only_what_is_asserted_is_in_the_plain_graph_unless_asked(few):
    graph: Graph = build(few)

    assert graph.to_networkx().number_of_edges() == sum(event.modality is Modality.ASSERTED for event in graph.events)
    assert graph.to_networkx(modalities=tuple(Modality)).number_of_edges() == len(graph.events)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the four articles of the user are no part of the repository")
def test_an_article_of_what_might_happen_yields_one_attack():
    [path] = SEEDS.glob("000_*.txt")

    graph = build(path)

    attacks = [s for s in graph.statements if s.modality is Modality.ASSERTED and graph.ontology.actions[s.action].type == "ASSAULT"]
    assert len(attacks) == 1


def test_a_failing_swap_leaves_the_old_build_whole(tmp_path, monkeypatch):
    article(tmp_path / "in" / "a.txt")
    graph = build(tmp_path / "in")
    graph.save(tmp_path / "out")
    before = (tmp_path / "out" / "graph.ttl").read_bytes()
    rename = Path.rename

    def full_disk(path, target):
        if path.name == ".out.new":
            raise OSError(28, "No space left on device", str(path))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", full_disk)

    with pytest.raises(OSError, match="No space left"):
        graph.save(tmp_path / "out")
    assert (tmp_path / "out" / "graph.ttl").read_bytes() == before


def test_a_rebuild_keeps_what_is_not_ours(tmp_path):
    article(tmp_path / "in" / "a.txt")
    graph = build(tmp_path / "in")
    graph.save(tmp_path / "out")
    (tmp_path / "out" / "notes.txt").write_text("mine", encoding="utf-8")

    graph.save(tmp_path / "out")

    assert (tmp_path / "out" / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_a_name_beyond_ascii_comes_back_as_it_was(tmp_path):
    article(tmp_path / "in" / "a.txt", "Işıl Çelik met Emmanuel Macron in Paris.")
    graph = build(tmp_path / "in")
    graph.save(tmp_path / "out")

    assert [event.actor for event in open_graph(tmp_path / "out").events] == [event.actor for event in graph.events]


def test_what_two_speakers_say_in_one_sentence_is_kept_of_both(tmp_path):
    article(tmp_path / "in" / "a.txt", "Iraq said Turkey attacked Syria and France said Turkey attacked Syria.")
    graph = build(tmp_path / "in")
    graph.save(tmp_path / "out")

    assert sorted(row.attribution[-1].label for row in graph.statements if row.target_id == "actor:syria") == ["France", "Iraq"]
    assert [row.id for row in open_graph(tmp_path / "out").statements] == [row.id for row in graph.statements]


def test_two_acts_of_one_sentence_that_differ_by_their_date_are_both_kept(tmp_path):
    article(tmp_path / "in" / "a.txt", "Turkey attacked Syria in April 2024 and attacked Syria on May 2, 2024.")

    assert sorted(row.when.edtf for row in build(tmp_path / "in").statements) == ["2024-04", "2024-05-02"]
