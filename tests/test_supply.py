"""What kg rests on: locked versions, known holes, no pickle but one that is known, and files that nobody else may read."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.supply.audit import affected, read_locked

ROOT = Path(__file__).parent.parent
LOCKED = read_locked((ROOT / "constraints.txt").read_text(encoding="utf-8"))
ADVISORY = {
    "id": "TEST-1",
    "summary": "A hole",
    "affected": [
        {
            "package": {"ecosystem": "PyPI", "name": "Some_Package"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "1.2"}, {"fixed": "1.10"}, {"introduced": "2.0"}]}],
            "versions": ["0.9"],
        }
    ],
}
PICKLES = """
import pathlib, pickle, sys, traceback
load, loads = pickle.load, pickle.loads
def told(real):
    def read(*arguments, **more):
        told = [frame.filename for frame in traceback.extract_stack()]
        print("pickle of", next(path for path in reversed(told) if "site-packages" in path or "kg" in path), file=sys.stderr)
        return real(*arguments, **more)
    return read
pickle.load, pickle.loads = told(load), told(loads)
asked = "socket.connect", "socket.getaddrinfo", "socket.sendto"
sys.addaudithook(lambda event, found: event in asked and print("socket", event, found, file=sys.stderr))
from kg.cli import main
main(sys.argv[1:])
"""


def test_every_direct_dependency_is_locked_at_a_version_that_is_allowed():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [Requirement(one) for one in (*project["dependencies"], *project["optional-dependencies"]["dev"])]

    assert [one.name for one in wanted if not one.specifier.contains(LOCKED.get(canonicalize_name(one.name), "0"))] == []


@pytest.mark.parametrize(
    ("version", "hit"), [("0.9", True), ("1.1", False), ("1.2", True), ("1.9.1", True), ("1.10", False), ("2.0.post1", True)]
)
def test_an_advisory_is_found_for_the_versions_it_speaks_of(version, hit):
    found = list(affected({"some-package": version}, [ADVISORY]))

    assert found == ([("some-package", version, "TEST-1", "A hole")] if hit else [])


@pytest.mark.parametrize("change", [{"withdrawn": "2024-01-01T00:00:00Z"}, {"affected": []}])
def test_an_advisory_that_was_withdrawn_or_is_about_something_else_is_none(change):
    assert list(affected({"some-package": "1.2"}, [{**ADVISORY, **change}])) == []


def test_the_audit_names_what_is_affected_and_fails(tmp_path):
    (tmp_path / "lock.txt").write_text("# versions\nsome.package==1.3\nother==1\n", encoding="utf-8")
    (tmp_path / "a.json").write_text(json.dumps([ADVISORY]), encoding="utf-8")

    command = [sys.executable, "-m", "tools.supply.audit", str(tmp_path / "lock.txt"), str(tmp_path / "a.json")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    assert (done.returncode, done.stdout) == (1, "some-package\t1.3\tTEST-1\tA hole\n")


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> tuple[Path, str]:
    """A graph that was built under a strict umask, and what was said of pickles and sockets."""
    folder = tmp_path_factory.mktemp("supply")
    (folder / "a.txt").write_text("date: 2024-05-07\n\nThe blorxified generals re-unsnorked Kenya.\n", encoding="utf-8")
    command = [sys.executable, "-c", PICKLES, "build", "a.txt", "--jobs", "1"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True, umask=0o077)
    return folder, done.stderr


def test_the_only_pickle_that_is_loaded_is_the_one_that_lemminflect_brings(built):
    told = [line for line in built[1].splitlines() if line.startswith("pickle of")]

    assert {Path(line).parts[-3:] for line in told} == {("lemminflect", "utils", "DataContainer.py")}


def test_a_build_asks_nothing_of_the_network(built):
    assert [line for line in built[1].splitlines() if line.startswith("socket")] == []


def test_what_is_written_is_no_more_open_than_the_user_wants(built):
    written = [path for path in built[0].rglob("*") if path.name != "a.txt"]

    assert len(written) > 10
    assert [path.name for path in written if path.stat().st_mode & 0o077] == []
    assert [path.name for path in written if path.is_file() and path.stat().st_mode & 0o111] == []
