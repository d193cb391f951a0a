"""Articles come and go: the graph is the same as if they had been there from the start, or never."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.build import Graph, add_articles, build, open_graph, read_ledger, remove_articles, reserved
from kg.build.manifest import write_manifest
from kg.build.reading import Corpus, without
from kg.cli import main
from kg.model import DataError

TEXTS = (
    "Turkey attacked Syria on Monday.",
    "Turkey attacked Syria on Monday, officials said.",
    "Iraq denied that Turkey attacked Syria on Monday.",
    "Turkey fired 30 missiles at Syria on Monday.",
    "Turkey fired 90 missiles at Syria on Monday. Turkey fired 30 missiles at Syria on Monday.",
    "France met Germany in Berlin on Friday. Germany met France on Friday.",
    "Iraq said Turkey attacked Syria and France said Turkey attacked Syria.",
    "Dorfin Gradel, the foreign minister of Turkey, met Kelmir Ballam in Paris.",
    "Gunmen killed five soldiers in northern Mali. The United States condemned the attack.",
    "Turkey may attack Iraq. Iraqi officials urged Turkey to withdraw.",
    "Işıl Çelik met Emmanuel Macron in Paris.",
    "Nothing happened.",
)
QUESTIONS = ("SELECT ?s ?p ?o WHERE { ?s ?p ?o }", "who-met-whom")
LAW = settings(max_examples=4, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SOME = st.sets(st.integers(0, len(TEXTS) - 1))


@pytest.fixture(scope="module")
def articles(tmp_path_factory) -> Path:
    """All the articles, as files."""
    folder = tmp_path_factory.mktemp("pool")
    for number, text in enumerate(TEXTS):
        (folder / f"{number:02}.txt").write_text(f"title: Article {number}\ndate: 2024-05-03\n\n{text}\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def pool(articles, tmp_path_factory) -> Graph:
    """All the articles, read once."""
    return build(articles, cache=articles.parent / "cache")


def of(pool: Graph, numbers: set[int]) -> Corpus:
    """What some of the articles say."""
    others = {f"{number:02}.txt" for number in range(len(TEXTS)) if number not in numbers}
    return without(Corpus(pool.documents, pool.counts, pool.statements), others)


def graph_of(pool: Graph, numbers: set[int]) -> Graph:
    """The graph built of some of the articles."""
    corpus = of(pool, numbers)
    return Graph(corpus.documents, corpus.counts, corpus.statements, pool.ontology)


def written(folder: Path) -> dict[str, object]:
    """Every file of a build but the list of what was removed, and what its store answers."""
    files: dict[str, object] = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    files.pop("removed.jsonl", None)
    graph = open_graph(folder)
    return files | {question: sorted(graph.query(question).rows) for question in QUESTIONS}


def saved(graph: Graph, folder: Path) -> dict[str, object]:
    """What a graph writes."""
    graph.save(folder)
    return written(folder)


@LAW
@given(first=SOME, second=SOME)
def test_what_was_added_might_have_been_there_from_the_start(pool, tmp_path_factory, first, second):
    folder = tmp_path_factory.mktemp("law")
    graph_of(pool, first - second).save(folder / "out")

    grown = open_graph(folder / "out").joined(of(pool, second))

    assert saved(grown, folder / "out") == saved(graph_of(pool, first | second), folder / "whole")


@LAW
@given(first=SOME, second=SOME)
def test_what_was_removed_might_never_have_been_there(pool, tmp_path_factory, first, second):
    folder = tmp_path_factory.mktemp("law")
    graph_of(pool, first | second).save(folder / "out")

    rest = open_graph(folder / "out").remove(*(f"{number:02}.txt" for number in second))

    assert saved(rest, folder / "out") == saved(graph_of(pool, first - second), folder / "never")


@LAW
@given(first=SOME, second=SOME, third=SOME)
def test_a_folder_that_articles_come_and_go_in_might_have_been_built_of_them(pool, articles, tmp_path_factory, first, second, third):
    folder = tmp_path_factory.mktemp("law")
    graph_of(pool, first - second).save(folder / "out")
    there = first | second
    with reserved(folder / "out"):
        if second:
            add_articles(folder / "out", *(articles / f"{number:02}.txt" for number in sorted(second)), cache=articles.parent / "cache")
        assert written(folder / "out") == saved(graph_of(pool, there), folder / "whole")

        remove_articles(folder / "out", *(f"{number:02}.txt" for number in third & there))

    assert written(folder / "out") == saved(graph_of(pool, there - third), folder / "rest")


def test_an_article_that_is_replaced_might_have_been_the_only_one(pool, articles, tmp_path):
    graph_of(pool, {0, 1, 5}).save(tmp_path / "out")
    (tmp_path / "01.txt").write_text(f"title: Anew\ndate: 2024-05-04\n\n{TEXTS[1]}\n{TEXTS[5]}\n", encoding="utf-8")

    with reserved(tmp_path / "out"):
        amended = add_articles(tmp_path / "out", tmp_path / "01.txt", replace=True)

    assert [one.document for one in amended.removed] == ["01.txt"]
    whole = build(articles / "00.txt", tmp_path / "01.txt", articles / "05.txt")
    assert written(tmp_path / "out") == saved(whole, tmp_path / "whole")


def test_statements_that_a_user_binds_together_are_one_event_after_a_change_too(articles, tmp_path):
    files = [articles / f"{number:02}.txt" for number in (0, 5, 7)]
    one, other = (next(said.id for said in build(file).statements) for file in files[:2])
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "merges.csv").write_text(f"kind,one,other,reason\nsame,{one},{other},told so\n", encoding="utf-8")
    build(*files, ontology=tmp_path / "tables").save(tmp_path / "whole")
    build(files[0], files[2], ontology=tmp_path / "tables").save(tmp_path / "out")

    with reserved(tmp_path / "out"):
        add_articles(tmp_path / "out", files[1], ontology=tmp_path / "tables")

    assert written(tmp_path / "out") == written(tmp_path / "whole")
    assert any({one, other} <= {said.id for said in event.statements} for event in open_graph(tmp_path / "out").events)


def test_a_table_that_is_damaged_is_told_and_the_build_is_left_alone(pool, articles, tmp_path):
    graph_of(pool, {0, 1}).save(tmp_path / "out")
    before = (tmp_path / "out" / "build.json").read_bytes()
    (tmp_path / "out" / "statements.jsonl").write_text("{}\n", encoding="utf-8")

    with reserved(tmp_path / "out"), pytest.raises(DataError, match="the graph is damaged"):
        add_articles(tmp_path / "out", articles / "02.txt")

    assert (tmp_path / "out" / "build.json").read_bytes() == before


@pytest.mark.parametrize("damage", ["missing", "broken"])
def test_a_store_that_is_lost_is_made_again(pool, articles, tmp_path, damage):
    graph_of(pool, {0, 1}).save(tmp_path / "out")
    if damage == "missing":
        shutil.rmtree(tmp_path / "out" / "store")
    else:
        (tmp_path / "out" / "store" / "CURRENT").write_bytes(b"MANIFEST-999999\n")

    with reserved(tmp_path / "out"):
        add_articles(tmp_path / "out", articles / "05.txt", cache=articles.parent / "cache")

    assert written(tmp_path / "out") == saved(graph_of(pool, {0, 1, 5}), tmp_path / "whole")


def test_a_graph_that_was_opened_is_the_one_that_was_built(corpus, built):
    opened = open_graph(built)

    assert opened.statements == corpus.statements
    assert opened.events == corpus.events
    assert opened.counts == corpus.counts


@pytest.fixture
def out(tmp_path) -> Path:
    """A graph of one article, a.txt."""
    write(tmp_path / "a.txt", TEXTS[0])
    assert run("build", tmp_path / "a.txt", "--out", tmp_path / "out").exit_code == 0
    return tmp_path / "out"


def write(path: Path, text: str) -> Path:
    """Write an article."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"date: 2024-05-03\n\n{text}\n", encoding="utf-8")
    return path


def run(*arguments: object):
    """Run a command."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def documents_in(out: Path) -> list[str]:
    """The articles of a graph."""
    return [json.loads(line)["id"] for line in (out / "documents.jsonl").read_text("utf-8").splitlines()]


def test_the_commands_add_and_remove(out, tmp_path):
    write(tmp_path / "b.txt", TEXTS[5])
    before = written(out)

    added = run("add", tmp_path / "b.txt", "--out", out)
    both = documents_in(out)
    removed = run("remove", "a.txt", "b.txt", "--why", "by mistake", "--out", out)
    run("add", tmp_path / "a.txt", "--out", out)

    assert (added.exit_code, removed.exit_code, both) == (0, 0, ["a.txt", "b.txt"])
    assert written(out) == before
    assert [(one.document, one.why) for one in read_ledger(out)] == [
        ("a.txt", "by mistake"),
        ("b.txt", "by mistake"),
        ("a.txt", "added again"),
    ]


def test_the_list_tells_each_time_that_an_article_goes_or_comes_again(out, tmp_path):
    def told() -> list[str]:
        return [one.why for one in read_ledger(out)]

    write(tmp_path / "b.txt", TEXTS[5])
    run("add", tmp_path / "b.txt", "--out", out)
    for _ in range(2):
        run("remove", "a.txt", "--out", out)
        run("add", tmp_path / "a.txt", "--out", out)

    assert told() == ["", "added again"] * 2
    run("remove", "a.txt", "--out", out)
    run("build", tmp_path / "b.txt", "--out", out)
    assert told() == ["", "added again", "", "added again", ""]
    run("build", tmp_path / "a.txt", tmp_path / "b.txt", "--out", out)
    open_graph(out).save(out)
    assert told() == ["", "added again"] * 3


def test_a_damaged_list_of_what_was_removed_is_told(out):
    (out / "removed.jsonl").write_text("not a line\n", encoding="utf-8")

    result = run("remove", "a.txt", "--out", out)

    assert (result.exit_code, result.stderr.partition(" (")[0]) == (1, f"Error: {out / 'removed.jsonl'}: this list is damaged")


def test_an_article_that_is_there_is_replaced_only_if_asked(out, tmp_path):
    write(tmp_path / "new" / "a.txt", TEXTS[5])

    refused = run("add", tmp_path / "new", "--out", out)
    replaced = run("add", tmp_path / "new", "--out", out, "--replace")

    assert refused.exit_code == 1
    assert "a.txt: the graph has this article already, “without a title” (" in refused.stderr
    assert replaced.exit_code == 0
    assert written(out) == saved(build(tmp_path / "new"), tmp_path / "fresh")
    assert [one.why for one in read_ledger(out)] == ["replaced by another version"]


def test_an_article_that_is_read_again_was_never_removed(out, tmp_path):
    before = written(out)

    refused = run("add", tmp_path / "a.txt", "--out", out)
    again = run("add", tmp_path / "a.txt", "--out", out, "--replace")
    graph = open_graph(out).add(tmp_path / "a.txt", replace=True)

    assert "from the same file: “without a title”" in refused.stderr
    assert again.exit_code == 0
    assert "replaced" not in again.stderr
    assert written(out) == before
    assert read_ledger(out) == []
    assert graph.removed == ()


def test_an_article_that_nobody_knows_cannot_be_removed(out):
    result = run("remove", "b.txt", "--out", out)

    assert result.exit_code == 1
    assert "b.txt: there is no such article in the graph.\nNearly the same: a.txt. The ids of all articles" in result.stderr


def test_an_article_that_its_publisher_takes_back_goes(tmp_path):
    item = {"uri": "urn:1", "headline": "A", "body_text": TEXTS[0], "versioncreated": "2024-05-03"}
    (tmp_path / "first.json").write_text(json.dumps([item, item | {"uri": "urn:2"}]), encoding="utf-8")
    (tmp_path / "later.json").write_text(json.dumps({"uri": "urn:1", "pubstatus": "canceled"}), encoding="utf-8")
    build(tmp_path / "first.json").save(tmp_path / "out")

    result = run("add", tmp_path / "later.json", "--out", tmp_path / "out")

    assert "later.json: not for publication (pubstatus canceled); left out" in result.stderr
    assert documents_in(tmp_path / "out") == ["urn:2"]
    assert written(tmp_path / "out") == saved(build(tmp_path / "first.json", tmp_path / "later.json"), tmp_path / "whole")
    assert [one.document for one in read_ledger(tmp_path / "out")] == ["urn:1"]


def test_a_graph_is_continued_with_the_settings_it_was_built_with(tmp_path):
    write(tmp_path / "a.txt", TEXTS[0])
    write(tmp_path / "b.txt", TEXTS[5])
    build(tmp_path / "a.txt", base="https://example.org/id/").save(tmp_path / "out", with_text=False)
    build(tmp_path / "a.txt", tmp_path / "b.txt", base="https://example.org/id/").save(tmp_path / "whole", with_text=False)

    run("add", tmp_path / "b.txt", "--out", tmp_path / "out")

    assert written(tmp_path / "out") == written(tmp_path / "whole")


def test_a_graph_cannot_be_continued_with_other_tables_or_another_parser(out, tmp_path):
    table = tmp_path / "mine" / "corrections.csv"
    table.parent.mkdir()
    table.write_text("kind,document,name,actor,reason\nis,,Ankara,turkey,a test\n", encoding="utf-8")
    build(tmp_path / "a.txt", ontology=tmp_path / "mine").save(tmp_path / "layered")
    noted = json.loads((out / "build.json").read_text("utf-8"))
    write_manifest(out, noted | {"parser": "en_other 1.0"})

    with pytest.raises(DataError, match=r"was built with 1 folders of tables over ours, and 0 are given"):
        open_graph(tmp_path / "layered").remove("a.txt")
    with pytest.raises(DataError, match=r"the graph was read by en_other 1\.0, not by ours"):
        open_graph(out).add(tmp_path / "a.txt")
    table.write_text("kind,document,name,actor,reason\nis,,Ankara,syria,a test\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"tables have changed since \(layer 1: corrections\.csv\)"):
        open_graph(tmp_path / "layered", ontology=tmp_path / "mine").remove("a.txt")


def test_the_list_of_what_was_removed_outlives_a_build(out, tmp_path):
    run("remove", "a.txt", "--why", "a test", "--out", out)

    run("build", tmp_path / "a.txt", "--out", out)

    assert [(one.document, one.why) for one in read_ledger(out)] == [("a.txt", "a test"), ("a.txt", "added again")]
