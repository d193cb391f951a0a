"""One flipped bit in any file of a graph: it is told, it is never carried on, and one build mends it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner, Result

from kg.build import build, open_graph
from kg.build.manifest import read_manifest
from kg.cli import main
from kg.model import DataError
from kg.store import open_store
from kg.store.endpoint import Question, reply

ARTICLES = Path(__file__).parent / "expected" / "articles"
TABLES = ("graph.ttl", "statements.csv", "statements.jsonl", "documents.jsonl", "events.csv", "conflicts.csv")
EVERYTHING = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"
FLIPS = 60
"""How often a bit of the store is flipped."""

Files = dict[str, bytes]


def run(*arguments: object) -> Result:
    """Run a command; a traceback fails the test."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def flip(path: Path, chance: Random) -> None:
    """Flip one bit of a file."""
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def files(out: Path) -> Files:
    """The files of a graph, without its store."""
    return {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    """A graph as it was written."""
    folder = tmp_path_factory.mktemp("whole")
    (folder / "later.txt").write_text("date: 2024-10-05\n\nIran and Oman met in Muscat on Friday.\n", encoding="utf-8")
    build(ARTICLES).save(folder / "out")
    return folder / "out"


@pytest.fixture
def damaged(whole, tmp_path) -> Callable[..., Path]:
    """Copies the graph and flips a bit of a file."""

    def flipped(name: str, chance: Random) -> Path:
        shutil.rmtree(tmp_path / "out", ignore_errors=True)
        shutil.copytree(whole, tmp_path / "out")
        flip(tmp_path / "out" / name, chance)
        return tmp_path / "out"

    return flipped


@pytest.mark.parametrize("name", TABLES)
def test_a_table_that_is_damaged_is_not_carried_on(whole, damaged, name):
    chance = Random(name)
    first = json.loads((whole / "documents.jsonl").read_text("utf-8").splitlines()[0])["id"]
    for words in (("add", whole.parent / "later.txt", "--no-cache", "--jobs", 1), ("remove", first)) * 2:
        out = damaged(name, chance)
        before = files(out)

        result = run(*words, "--out", out)

        assert result.exit_code == 1
        assert f"the graph is damaged ({name} is not as kg wrote it).\nBuild it again: kg build PATH…" in result.stderr
        assert files(out) == before


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("statements.jsonl", ("explain", "Iran")),
        ("documents.jsonl", ("export", "csv")),
        ("statements.jsonl", ("conflicts",)),
        ("documents.jsonl", ("view",)),
        ("graph.ttl", ("export", "ntriples")),
        ("graph.ttl", ("publish", "http://127.0.0.1:9/")),
    ],
)
def test_nothing_is_told_of_a_table_that_is_damaged(damaged, name, words):
    out = damaged(name, Random(1))

    result = run(*words, "--out", out)

    assert (result.exit_code, result.stdout) == (1, "")
    assert f"the graph is damaged ({name} is not as kg wrote it)" in result.stderr


def test_the_list_of_what_was_built_tells_that_it_is_damaged_itself(damaged):
    chance = Random(1)
    for _ in range(FLIPS):
        with pytest.raises(DataError, match=r"the graph is damaged \(build\.json is not as kg wrote it\)"):
            read_manifest(damaged("build.json", chance))


def test_a_file_that_is_missing_is_told(whole, tmp_path):
    shutil.copytree(whole, tmp_path / "out")
    (tmp_path / "out" / "events.csv").unlink()

    result = run("remove", "nobody", "--out", tmp_path / "out")

    assert result.exit_code == 1
    assert "the graph is damaged (events.csv is missing)" in result.stderr


def test_a_store_that_is_damaged_gives_the_same_answer_or_none(whole, damaged):
    chance = Random(1)
    answer = run("query", EVERYTHING, "--out", whole).stdout
    names = [path.relative_to(whole).as_posix() for path in (whole / "store").iterdir() if path.stat().st_size]
    told = 0
    for _ in range(FLIPS):
        result = run("query", EVERYTHING, "--out", damaged(chance.choice(names), chance))

        assert (result.exit_code, result.stdout) in ((0, answer), (1, ""))
        if result.exit_code:
            told += 1
            assert "Build it again: kg build PATH…" in result.stderr or "Build the graph again" in result.stderr
    assert told > FLIPS / 5


def test_a_store_that_cannot_be_changed_is_made_anew(whole, damaged):
    chance = Random(1)
    later = whole.parent / "later.txt"
    expected = build(ARTICLES, later)
    triples = len(expected.rdf)
    for name in ("store/CURRENT", next(path for path in (whole / "store").glob("MANIFEST*")).relative_to(whole).as_posix()):
        out = damaged(name, chance)

        assert run("add", later, "--out", out, "--no-cache", "--jobs", 1).exit_code == 0

        assert len(open_graph(out).query(EVERYTHING)) == triples


def test_a_damaged_store_is_no_mistake_of_who_asks_over_http(whole, tmp_path):
    shutil.copytree(whole / "store", tmp_path / "store")
    for path in (tmp_path / "store").glob("*.sst"):
        data = bytearray(path.read_bytes())
        for at in range(100, len(data) - 2000, 500):
            data[at] ^= 1
        path.write_bytes(data)

    with pytest.raises(OSError, match="store of the graph is damaged"), (tmp_path / "answer").open("wb") as answer:
        reply(open_store(tmp_path / "store"), Question(EVERYTHING), answer)


def test_one_build_mends_what_is_damaged(whole, damaged):
    chance = Random(1)
    for name in ("build.json", "store/CURRENT", "graph.ttl"):
        out = damaged(name, chance)

        assert run("build", ARTICLES, "--out", out, "--jobs", 1, "--cache", whole.parent / "cache").exit_code == 0

        assert files(out) == files(whole)
        assert sorted(open_graph(out).query(EVERYTHING).rows) == sorted(open_graph(whole).query(EVERYTHING).rows)
