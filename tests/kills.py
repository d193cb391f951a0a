"""Kills ``kg`` at random moments, and sees that nothing is lost: ``python tests/kills.py NUMBER [SEED]``.

Each command runs in a fork of this process, which has imported everything and opened nothing, so that the kills fall
into the work and not into Python's start. After each kill the folder must be as before or as after, its store must say the same
as its files, and the same command once more must give what an undisturbed run gives, to the byte.
"""

import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from random import Random

from kg.build import open_graph, reserved
from kg.cli import main
from kg.ontology import read_ontology

ARTICLES = Path(__file__).parent / "expected" / "articles"
SIGNALS = (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
EVERYTHING = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"
State = dict[str, str]
"""Checksums of the files of a graph, and of what its store holds."""


@dataclass(frozen=True)
class Command:
    """A command, the folder it begins with, what an undisturbed run makes of it, and how long that takes, in seconds."""

    name: str
    arguments: tuple[str, ...]
    begins: Path
    before: State
    after: State
    seconds: float


def forked(work: Callable[[], object]) -> int:
    """Do some work in another process; its number."""
    pid = os.fork()
    if pid:
        return pid
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        work()
        os._exit(0)
    except SystemExit as left:
        os._exit(left.code if isinstance(left.code, int) else 1)
    finally:
        os._exit(70)


def run(*arguments: str) -> int:
    """Run ``kg`` undisturbed; its exit status."""
    return os.waitstatus_to_exitcode(os.waitpid(forked(lambda: main(arguments)), 0)[1])


def files(out: Path) -> State:
    """The checksum of every file of a graph."""
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(out.iterdir()) if path.is_file()}


def state(out: Path) -> State:
    """The same and of what the store holds, asked in another process, as any user would ask."""
    answer = out.with_name("answer")
    answer.unlink(missing_ok=True)

    def ask() -> None:
        graph = open_graph(out)
        assert {one.evidence.document for one in graph.statements} <= {one.id for one in graph.documents}
        answer.write_text(sha256(repr(sorted(graph.query(EVERYTHING).rows)).encode()).hexdigest(), encoding="utf-8")

    assert os.waitstatus_to_exitcode(os.waitpid(forked(ask), 0)[1]) == 0, f"{out} cannot be opened"
    return {**files(out), "store": answer.read_text(encoding="utf-8")}


def prepared(folder: Path) -> list[Command]:
    """The commands that are killed: a build anew and from what was kept, an article that comes, one that goes, another page."""
    later = folder / "later.txt"
    later.write_text("date: 2024-10-05\n\nIran and Oman met in Muscat on Friday.\n", encoding="utf-8")
    out, cache, usual = str(folder / "out"), str(folder / "cache"), ("--jobs", "1", "--quiet")
    assert run("build", str(later), "--out", out, "--no-cache", *usual) == 0
    shutil.copytree(out, folder / "small")
    assert run("build", str(ARTICLES), "--out", out, "--cache", cache, *usual) == 0
    shutil.copytree(out, folder / "large")
    goes = json.loads((folder / "large" / "documents.jsonl").read_text(encoding="utf-8").splitlines()[0])["id"]
    given = (
        ("build", ("build", str(ARTICLES), "--no-cache", *usual), "small"),
        ("build from what was kept", ("build", str(ARTICLES), "--cache", cache, *usual), "small"),
        ("add", ("add", str(later), "--cache", cache, *usual), "large"),
        ("remove", ("remove", goes, "--quiet"), "large"),
        ("view", ("view", "--title", "Another", "--quiet"), "large"),
    )
    return [timed(folder, name, (*arguments, "--out", out), folder / begins) for name, arguments, begins in given]


def timed(folder: Path, name: str, arguments: tuple[str, ...], begins: Path) -> Command:
    """See what a command does undisturbed."""
    out = fresh(folder, begins)
    before = state(out)
    begun = time.monotonic()
    assert run(*arguments) == 0, arguments
    seconds = time.monotonic() - begun
    return Command(name, arguments, begins, before, state(out), seconds)


def fresh(folder: Path, begins: Path) -> Path:
    """The folder as a command finds it."""
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(begins, out)
    return out


def kill(folder: Path, command: Command, chance: Random, sent: signal.Signals) -> str:
    """Kill a command once, and check; tells what it left."""
    out = fresh(folder, command.begins)
    pid = forked(lambda: main(command.arguments))
    time.sleep(chance.uniform(0, command.seconds * 1.05))
    os.kill(pid, sent)
    os.waitpid(pid, 0)
    beside = sorted(path.name for path in folder.glob(".out.*") if not path.name.endswith("kg-lock"))
    found = state(out)
    assert found in (command.before, command.after), f"{command.name}: {changes(command, found)}"
    if found == command.before:
        assert run(*command.arguments) == 0, command.name
        assert state(out) == command.after, f"{command.name}: the next run gives something else"
    taken(out)
    assert not list(folder.glob(".out*")), f"{command.name}: something is left beside the folder"
    return "half done" if beside else "not begun" if found == command.before else "done"


def taken(out: Path) -> None:
    """Take the folder as the next writer does, who clears away what is left beside it."""

    def take() -> None:
        with reserved(out):
            pass

    assert os.waitstatus_to_exitcode(os.waitpid(forked(take), 0)[1]) == 0


def changes(command: Command, found: State) -> Sequence[str]:
    """The files that are neither as before nor as after."""
    return sorted(name for name in found if found[name] not in (command.before.get(name), command.after.get(name))) or [
        "files that do not fit"
    ]


def kill_many(number: int, seed: int) -> dict[str, dict[str, int]]:
    """Kill commands in turn; how many kills of each left what. Raises AssertionError if anything is lost."""
    read_ontology()
    chance = Random(seed)
    left: dict[str, Counter[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        commands = prepared(Path(folder))
        for count in range(number):
            command = commands[count % len(commands)]
            left.setdefault(command.name, Counter())[kill(Path(folder), command, chance, chance.choice(SIGNALS))] += 1
    return {name: dict(counts) for name, counts in left.items()}


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    print(json.dumps(kill_many(given[0], given[1] if len(given) > 1 else 1), indent=1))
