"""Spark builds what one machine builds: also when a worker dies, when files are damaged, and when articles come and go."""

import gzip
import json
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from spark_builds import differing, in_parts, missing, one_machine, processes

from kg.build import add_articles, build, open_graph, remove_articles
from kg.cli import main
from kg.model import DataError
from tools.building.articles import articles

ARTICLES = 2_000
BUSY = 60  # statements: so few that some blocks are shared out
WORKERS = "local-cluster[2,1,2048]"  # two processes of one core, and memory in MB
GONE = ("day-000003", "busy-001")

why = missing()
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # pyspark leaves sockets to the collector
spark_is_here = pytest.mark.skipif(bool(why) and "CI" not in os.environ, reason=why)


@pytest.fixture(scope="module")
def news(tmp_path_factory) -> Path:
    """2,000 made-up articles in all forms, and some files that are no good."""
    folder = tmp_path_factory.mktemp("my news") / "news"
    folder.mkdir()
    *many, one, other = (json.dumps(article) + "\n" for article in articles(ARTICLES))
    (folder / "a.jsonl").write_text("".join([*many[: ARTICLES - 200], "{broken\n", many[0]]), encoding="utf-8")
    (folder / "b.jsonl.gz").write_bytes(gzip.compress("".join(many[ARTICLES - 200 :]).encode()))
    for number, line in enumerate((one, other)):
        article = json.loads(line)
        header = "".join(f"{key}: {article[key]}\n" for key in ("id", "title", "date"))
        (folder / f"c={number}* [día].txt").write_text(f"{header}\n{article['text']}\n", encoding="utf-8")
    (folder / "busy.jsonl").write_text("".join(json.dumps(one) + "\n" for one in of_one_day()), encoding="utf-8")
    (folder / "d.txt").write_text("Dieser Artikel ist in deutscher Sprache geschrieben, und niemand hier liest ihn.\n", encoding="utf-8")
    (folder / "e.json").write_text(json.dumps({"uri": "day-000042", "pubstatus": "canceled"}), encoding="utf-8")
    return folder


def of_one_day() -> Iterator[dict[str, str]]:
    """A hundred articles on what two states did to each other on one day: events of many statements, conflicts, copies."""
    others = (
        "Turkish troops shelled Aleppo.",
        "Syria accused Turkey of aggression in May 2024.",
        "Officials of the Azure Coast Front attacked Syrian soldiers with 40 rockets near Aleppo, a spokesman said.",
        "Turkey attacked Syria in 2024.",
    )
    for number in range(100):
        said = f"Turkey fired {30 + number % 3 * 60} missiles at Syria on Monday. Turkey attacked Syria."
        other = f"Syria denied that Turkey attacked it. {others[number % 4]}"
        yield {"id": f"busy-{number:03}", "date": "2024-05-07", "text": f"{said} {other}"}


@pytest.fixture(scope="module")
def alone(news, tmp_path_factory) -> Path:
    """What one machine makes of them."""
    out = tmp_path_factory.mktemp("alone") / "out"
    build(news, jobs=2).save(out)
    return out


@pytest.fixture(scope="module")
def spark():
    """Spark with two workers, each a process of its own."""
    from kg.cluster.session import spark_at

    with spark_at(WORKERS) as started:
        yield started


@pytest.fixture(scope="module")
def built(spark, news, tmp_path_factory) -> tuple[Path, list[int], list[str], list[str]]:
    """What Spark makes of them, with tables of articles beside: interrupted once, and then with a worker killed as it reads.

    With it come the processes killed, and the keys of the lots read before and after the interruption.
    """
    from pyarrow import Table, parquet

    from kg.cluster import build_parts

    folder, out = tmp_path_factory.mktemp("all") / "news", tmp_path_factory.mktemp("parts") / "out"
    shutil.copytree(news, folder)
    parquet.write_table(Table.from_pylist([{"id": "x", "body": "Turkey attacked Syria."}]), folder / "no text.parquet")
    (folder / "broken.parquet").write_bytes(b"PAR1 this is no table PAR1")
    whole = Table.from_pylist([{"id": f"p{number}", "text": f"Turkey attacked Syria {number} times."} for number in range(5_000)])
    parquet.write_table(whole, folder / "cut.parquet", compression="none")
    damaged = bytearray((folder / "cut.parquet").read_bytes())
    damaged[200:20_000] = b"\xff" * 19_800
    (folder / "cut.parquet").write_bytes(damaged)
    before: list[str] = []

    def interrupted(lot) -> None:
        before.append(lot.key)
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr("kg.cluster.inputs.TASK", 10_000)  # so that a.jsonl is shared out between the workers
        with pytest.raises(KeyboardInterrupt):
            build_parts(folder, out=out, busy=BUSY, progress=interrupted)
        assert not (out / "build.json").exists()
        killed: list[int] = []
        after: list[str] = []
        killer = threading.Thread(target=kill_one_that_reads, args=(out, killed))
        killer.start()
        build_parts(folder, out=out, busy=BUSY, progress=lambda lot: after.append(lot.key))
        killer.join()
    return out, killed, before, after


def kill_one_that_reads(out: Path, killed: list[int]) -> None:
    """Kill a worker of Spark while articles are read: one of those that this process has started."""
    for _ in range(6_000):
        if list(out.glob("read/*/_temporary/0/_temporary/*")):
            time.sleep(0.5)
            workers = [pid for pid, command in processes(os.getpid()) if "CoarseGrainedExecutorBackend" in command]
            os.kill(workers[0], signal.SIGKILL)
            killed.append(workers[0])
            return
        time.sleep(0.1)


@pytest.mark.long
@spark_is_here
def test_the_rows_and_triples_are_those_of_one_machine_though_a_worker_was_killed(alone, built):
    out, killed, _, _ = built

    assert len(killed) == 1
    assert differing(one_machine(alone), in_parts(out)) == {}


@pytest.mark.long
@spark_is_here
def test_after_an_interruption_only_what_is_missing_is_read(built):
    _, _, before, after = built

    assert len(before) == 1
    assert after
    assert set(before) & set(after) == set()


@pytest.mark.long
@spark_is_here
def test_what_is_damaged_is_named_and_the_rest_is_built(alone, built):
    out, *_ = built
    found, expected = (json.loads((folder / "build.json").read_text(encoding="utf-8")) for folder in (out, alone))
    damaged = [one for one in found["problems"] if ".parquet" in one["where"]]

    assert [(one["where"], one["reason"].partition(";")[0].partition(":")[0]) for one in damaged] == [
        ("news/broken.parquet", "cannot be read (damaged)"),
        ("news/cut.parquet", "cannot be read (damaged)"),
        ("news/no text.parquet", "no articles"),
    ]
    assert [one for one in found["problems"] if one not in damaged] == expected["problems"]
    assert found["counts"] | {"problems": 0} == expected["counts"] | {"problems": 0}


@pytest.mark.long
@spark_is_here
def test_a_block_of_many_statements_is_shared_out(built):
    out, *_ = built

    assert [path.name for path in (out / "events").iterdir() if "-" in path.name] != []


@pytest.mark.long
@spark_is_here
def test_articles_that_come_and_go_leave_the_other_parts_alone(spark, alone, built, tmp_path):
    from kg.cluster import add_parts, remove_parts

    out, there = tmp_path / "parts", tmp_path / "alone"
    shutil.copytree(built[0], out)
    shutil.copytree(alone, there)
    fresh = tmp_path / "fresh.jsonl"
    articles_to_come = [
        {"id": "day-000007", "date": "2024-05-03", "text": "Turkey shelled Syria on Monday."},
        {"id": "new", "date": "2024-05-03", "text": "The Azure Coast Front attacked Syria on Monday."},
    ]
    fresh.write_text("".join(json.dumps(one) + "\n" for one in articles_to_come), encoding="utf-8")
    before = outputs(out)
    with pytest.raises(DataError, match="day-000007: the graph has this article already"):
        add_parts(out, fresh, busy=BUSY)
    added = add_parts(out, fresh, replace=True, busy=BUSY)
    assert added.counts == add_articles(there, fresh, replace=True).counts | {"problems": added.counts["problems"]}
    assert [(one.document, one.why) for one in added.removed] == [("day-000007", "replaced by another version")]
    assert differing(one_machine(there), in_parts(out)) == {}
    assert [part for part, _ in before.items() & outputs(out).items() if part.startswith("statements/")] != []
    remove_parts(out, *GONE, "new", why="by mistake", busy=BUSY)
    remove_articles(there, *GONE, "new", why="by mistake")
    assert differing(one_machine(there), in_parts(out)) == {}
    assert (out / "removed.jsonl").read_text(encoding="utf-8").count("by mistake") == 3
    with pytest.raises(DataError, match="there is no such article"):
        remove_parts(out, "new")


def outputs(out: Path) -> dict[str, str]:
    """The parts of a build, and their checksums."""
    return dict(json.loads((out / "build.json").read_text(encoding="utf-8"))["outputs"])


@pytest.mark.long
@spark_is_here
def test_a_build_in_parts_is_not_mistaken_for_one_of_one_machine(built, news):
    with pytest.raises(DataError, match="built with Spark, in parts"):
        open_graph(built[0])
    with pytest.raises(DataError, match="built with Spark, in parts"):
        build(news / "d.txt").save(built[0])


def test_who_has_no_spark_is_told_what_to_install(tmp_path, monkeypatch):
    for name in [name for name in sys.modules if name.startswith("kg.cluster")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    result = CliRunner().invoke(main, ["build", str(tmp_path), "--engine", "spark", "--out", str(tmp_path / "out")])

    assert result.exit_code == 1
    assert "pip install 'actor-kg[spark]'" in result.stderr


@spark_is_here
@pytest.mark.parametrize(
    ("options", "told"),
    [(["--engine", "hadoop"], "is no engine"), (["--engine", "spark", "--jobs", "2"], "--jobs and --cache are for one machine")],
)
def test_what_spark_cannot_do_is_said(tmp_path, options, told):
    result = CliRunner().invoke(main, ["build", str(tmp_path), *options, "--out", str(tmp_path / "out")])

    assert result.exit_code in (1, 2)
    assert told in result.stderr
