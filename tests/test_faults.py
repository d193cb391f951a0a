"""A machine that lacks something: room on the disk, leave to write, a home, a network, cores, memory, the right time."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from kg.build import build

ROOT = Path(__file__).parent.parent
ARTICLES = ROOT / "tests" / "expected" / "articles"
KG = (sys.executable, "-c", "from kg.cli import main; main()")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
MOUNT = "mount -t tmpfs -o size=20m,mode=777 none {folder}"
GROUPS = Path("/sys/fs/cgroup/memory"), Path("/sys/fs/cgroup")
GIGABYTE = 1_000_000_000
LATER = [pytest.param(left, marks=pytest.mark.long) for left in ("500k", "1000k", "1500k", "2000k")]


def works(*command: str) -> bool:
    """Tell whether a tool is there and may be used."""
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except OSError:
        return False


own_mounts = pytest.mark.skipif(
    not works("unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"), reason="no leave to mount a file system"
)
own_network = pytest.mark.skipif(not works("unshare", "-rn", "true"), reason="no leave to cut off the network")
another_time = pytest.mark.skipif(not works("faketime", "2000-01-01", "true"), reason="faketime is not there")


def files(out: Path) -> dict[str, bytes]:
    """The files of a graph, without its store."""
    return {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    """A graph of five articles."""
    out = tmp_path_factory.mktemp("whole") / "out"
    build(ARTICLES).save(out)
    return out


def on_small_disk(folder: Path, whole: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Run a script in a folder on a file system of its own, with a graph on it: $KG is the command; what is in ``kept`` stays."""
    kept = folder.with_name("kept")
    kept.mkdir()
    lines = [
        "set -e",
        MOUNT.format(folder=f"'{folder}'"),
        f"cp -r '{whole}' '{folder}/out'",
        f"kg() {{ '{KG[0]}' -c '{KG[2]}' \"$@\"; }}",
        f"cd '{folder}'",
        f"ARTICLES='{ARTICLES}' KEPT='{kept}' OTHERS='{ROOT / 'corpus' / 'articles'}'",
        script,
        f"cp -r out '{kept}'",
    ]
    return subprocess.run(["unshare", "-rm", "bash", "-c", "\n".join(lines)], env=ENVIRONMENT, capture_output=True, text=True)


@own_mounts
@pytest.mark.parametrize(
    "left", ["64k", *(pytest.param(left, marks=pytest.mark.long) for left in ("500k", "1000k", "1500k", "2000k")), "2500k"]
)
def test_a_full_disk_leaves_the_graph_as_it_was(whole, tmp_path, left):
    (tmp_path / "disk").mkdir()
    script = f"""
        used=$(du -sk out | cut -f1)
        mount -o remount,size=$((used + {left.removesuffix("k")}))k "$PWD"
        kg build "$OTHERS" --out out --jobs 1 --quiet 2> "$KEPT/said" && exit 7
        mount -o remount,size=100m "$PWD"
        ls -A > "$KEPT/left"
        kg query 'ASK {{ ?event a kg:Event }}' --out out > "$KEPT/asked"
    """

    result = on_small_disk(tmp_path / "disk", whole, script)

    said = (tmp_path / "kept" / "said").read_text("utf-8")
    assert result.returncode == 0, result.stderr + said
    assert "Traceback" not in said
    assert "No space left" in said
    assert "Free some space" in said
    assert files(tmp_path / "kept" / "out") == files(whole)
    assert (tmp_path / "kept" / "asked").read_text("utf-8") == "yes\n"
    assert set((tmp_path / "kept" / "left").read_text("utf-8").split()) <= {"out", ".kg-cache"}


@own_mounts
def test_a_graph_that_may_only_be_read_is_read(whole, tmp_path):
    (tmp_path / "disk").mkdir()
    script = """
        mount -o remount,ro "$PWD"
        kg query 'ASK { ?event a kg:Event }' --out out
        kg explain Turkey --out out
        kg export csv --out out > /dev/null
        kg build "$ARTICLES" --out new --no-cache --jobs 1 && exit 7
        kg remove nobody --out out && exit 7
        kg view --out out && exit 7
        mount -o remount,rw "$PWD"
    """

    result = on_small_disk(tmp_path / "disk", whole, script)

    assert result.returncode == 0, result.stderr
    assert "Traceback" not in result.stderr
    assert result.stderr.count("Read-only file system.\nCheck the path and its permissions.") == 3


def built(folder: Path, *before: str, more: Sequence[str] = (), **environment: str) -> dict[str, bytes]:
    """Build the five articles in another process, begun by the words ``before``; the files that come of it."""
    known = {name: value for name, value in {**ENVIRONMENT, **environment}.items() if value}
    command = [*before, *KG, "build", str(ARTICLES), "--out", str(folder / "out"), "--no-cache", "--quiet", *more]
    subprocess.run(command, env=known, check=True, cwd=folder)
    return files(folder / "out")


@own_network
def test_neither_a_home_nor_a_network_nor_a_second_core_is_needed(whole, tmp_path):
    if not shutil.which("taskset"):
        pytest.skip("taskset is not there")

    assert built(tmp_path, "unshare", "-rn", "taskset", "-c", "0", HOME="", XDG_CACHE_HOME="/nowhere") == files(whole)


@another_time
def test_the_clock_does_not_matter(whole, tmp_path):
    assert built(tmp_path, "faketime", "1999-12-31 23:59:58", HOME="/nowhere") == files(whole)


def test_a_gigabyte_of_memory_is_enough(whole, tmp_path):
    found = [folder for folder in GROUPS if (folder / "memory.limit_in_bytes").exists() or (folder / "cgroup.subtree_control").exists()]
    group = next(iter(found), tmp_path) / f"kg-test-{os.getpid()}"
    limit = "memory.limit_in_bytes" if (GROUPS[0] / "memory.limit_in_bytes").exists() else "memory.max"
    try:
        group.mkdir()
        (group / limit).write_text(str(GIGABYTE), encoding="utf-8")
    except OSError:
        shutil.rmtree(group, ignore_errors=True)
        pytest.skip("no leave to limit the memory of a process")
    try:
        enter = f"echo $$ > '{group}/cgroup.procs' && exec \"$@\""

        assert built(tmp_path, "bash", "-c", enter, "kg") == files(whole)
    finally:
        group.rmdir()
