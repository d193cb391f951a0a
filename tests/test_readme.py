"""What the README shows is what its commands print."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent.parent
SHOWN = re.compile(r"```sh\n([^`]*?)```\n\n```text\n(.*?)```", re.DOTALL)
SHELL = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "COLUMNS": "100"}
REMARK = re.compile(r"\d+ rows?|…|")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("readme")
    (folder / "corpus").symlink_to(HERE / "corpus")
    subprocess.run(["kg", "build", "corpus/articles", "--quiet"], cwd=folder, env=SHELL, check=True)
    return folder


def lines_of(text: str) -> list[str]:
    """The lines of a table, however wide its columns are."""
    return [" ".join(line.split()) for line in text.splitlines() if not REMARK.fullmatch(line)]


@pytest.mark.parametrize(("commands", "shown"), SHOWN.findall((HERE / "README.md").read_text(encoding="utf-8")))
def test_commands_print_what_is_shown(folder, commands, shown):
    script = commands.replace("kg query ", "kg query --format table ")

    done = subprocess.run(["sh", "-ec", script], cwd=folder, env=SHELL, capture_output=True, text=True, encoding="utf-8")

    assert done.returncode == 0, done.stderr
    printed = lines_of(done.stdout)
    assert lines_of(shown) == (printed if "…" not in shown.split() else [line for line in printed if line in lines_of(shown)])
