"""A build that is killed, or meets another, leaves the old one whole."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.build import build, open_graph, reserved
from kg.model import DataError

ROOT = Path(__file__).parent.parent
KG = [sys.executable, "-c", "from kg.cli import main; main()"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
KILLS = int(os.environ.get("KILLS", "5"))


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a build, without those of the store."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def article(path: Path, text: str) -> Path:
    """Write one article."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"date: 2024-05-03\n\n{text}\n", encoding="utf-8")
    return path


@pytest.fixture
def out(tmp_path) -> Path:
    """A build of one article."""
    build(article(tmp_path / "old" / "a.txt", "Turkey attacked Syria on Monday.")).save(tmp_path / "out")
    return tmp_path / "out"


def test_a_build_killed_at_any_moment_leaves_the_old_one_and_the_next_is_the_same(out, tmp_path):
    corpus = ROOT / "tests" / "expected" / "articles"
    build(corpus).save(tmp_path / "fresh")
    fresh, old = contents(tmp_path / "fresh"), contents(out)
    begun = time.monotonic()
    subprocess.run([*KG, "build", str(corpus), "--out", str(tmp_path / "timed"), "--quiet"], env=ENVIRONMENT, check=True)
    whole = time.monotonic() - begun

    for number in range(KILLS):
        running = subprocess.Popen([*KG, "build", str(corpus), "--out", str(out), "--quiet"], env=ENVIRONMENT)
        time.sleep(whole * (0.5 + 0.55 * number / KILLS))
        running.send_signal(signal.SIGKILL)
        running.wait()
        opened = open_graph(out)
        assert opened.query("ASK { ?event a kg:Event }").boolean
        assert contents(out) in (old, fresh)

    subprocess.run([*KG, "build", str(corpus), "--out", str(out), "--quiet"], env=ENVIRONMENT, check=True)
    assert contents(out) == fresh
    assert not list(tmp_path.glob(".out*"))


def test_what_a_killed_writer_had_moved_away_comes_back(out, tmp_path):
    before = contents(out)
    out.rename(tmp_path / ".out.old")
    article(tmp_path / ".out.new" / "graph.ttl", "half of it")

    open_graph(out)

    assert contents(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["old", "out"]


def test_what_a_killed_writer_had_not_cleared_away_goes(out, tmp_path):
    article(tmp_path / ".out.old" / "graph.ttl", "half of it")
    before = contents(out)

    with reserved(out):
        pass

    assert contents(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["old", "out"]


def test_two_builds_into_one_folder_at_once_are_refused(out, tmp_path):
    with reserved(out):
        second = subprocess.run([*KG, "build", str(tmp_path / "old"), "--out", str(out)], env=ENVIRONMENT, capture_output=True, text=True)
        with pytest.raises(DataError, match="another kg is writing this folder"):
            build(tmp_path / "old").save(out)

    assert second.returncode == 1
    assert second.stderr.startswith(f"Error: {out}: another kg is writing this folder.")
    assert open_graph(out).documents
