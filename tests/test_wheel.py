"""What is released: the wheel holds all it needs and nothing else, the sdist makes the same wheel, and it runs by itself."""

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("hatchling", reason="no hatchling here: pip install -e '.[dev]'")

HERE = Path(__file__).parent.parent
OUTSIDE = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
QUESTIONS = sorted(path.stem for path in (HERE / "ontology" / "queries").glob("*.rq"))
ARTICLES = {
    "one.txt": "title: Missiles\ndate: 2024-10-02\n\nIran launched about 180 missiles at Israel on Tuesday, the Israeli military said.\n",
    "two.html": "<html><head><title>Talks</title></head><body><article><h1>Talks</h1><p>Iran and Oman met in Muscat on October 4, 2024, "
    "a spokesman said, and the two foreign ministers agreed to meet again in Tehran.</p></article></body></html>",
}
ASK = "import json, sys, kg; graph = kg.open('out'); print(json.dumps({name: len(graph.query(name)) for name in sys.argv[1:]}))"


def made(target: str, source: Path, folder: Path) -> Path:
    """Build the wheel or the sdist of a source tree, without a network."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(folder)]
    subprocess.run(command, cwd=source, env=OUTSIDE, capture_output=True, check=True)
    [path] = folder.iterdir()
    return path


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel of this tree."""
    return made("wheel", HERE, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory) -> Path:
    """The sdist of this tree, unpacked."""
    folder = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(made("sdist", HERE, tmp_path_factory.mktemp("sdist"))) as archive:
        archive.extractall(folder, filter="data")
    [tree] = folder.iterdir()
    return tree


def contents(wheel: Path) -> dict[str, bytes]:
    """The files of a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_changelog_and_citation_speak_of_this_version():
    project = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = dict(line.split(": ", 1) for line in (HERE / "CITATION.cff").read_text(encoding="utf-8").splitlines() if ": " in line)

    assert (citation["version"], citation["license"]) == (project["version"], project["license"])
    assert f"\n## [{project['version']}]" in (HERE / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_wheel_holds_the_package_and_nothing_else(wheel):
    files = contents(wheel)
    code = {path.relative_to(HERE).as_posix() for path in (HERE / "kg").rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    tables = {f"kg/data/{path.relative_to(HERE).as_posix()}" for path in (HERE / "ontology").rglob("*") if path.is_file()}

    assert {name for name in files if ".dist-info/" not in name} == code | tables
    assert {"kg/py.typed", "kg/parser/parser.onnx", "kg/data/ontology/mappings/rules.csv"} <= set(files)
    assert {name.rpartition("/")[2] for name in files if "/licenses/" in name} == {"LICENSE", "LICENSE.md"}


def test_the_sdist_makes_the_same_wheel(wheel, unpacked, tmp_path):
    ours, theirs = contents(wheel), contents(made("wheel", unpacked, tmp_path / "again"))

    assert {name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)} == set()


def test_the_sdist_holds_what_is_needed_to_check_it(unpacked):
    there = {"kg", "ontology", "corpus", "docs", "tests", "tools", "README.md", "SECURITY.md", "LICENSE", "CITATION.cff", "Makefile"}

    assert there <= {path.name for path in unpacked.iterdir()}
    assert {"build", "out", ".git", ".venv"} & {path.name for path in unpacked.iterdir()} == set()


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """The programs of an empty environment with the wheel; what kg needs is lent by this one, kg itself is not."""
    folder = tmp_path_factory.mktemp("an empty environment")
    venv.create(folder, symlinks=os.name != "nt")
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    command = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(programs / "python"),
        "install",
        "--no-deps",
        "--no-index",
        "--quiet",
        str(wheel),
    ]
    subprocess.run(command, env=OUTSIDE, check=True)
    place = Path(sysconfig.get_path("purelib", "venv", {"base": str(folder), "installed_base": str(folder)}))
    (place / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return programs


def test_the_wheel_builds_asks_and_explains_without_the_repository(installed, tmp_path):
    def run(program: str, *arguments: str) -> str:
        command = [str(installed / program), *arguments]
        return subprocess.run(command, cwd=tmp_path, env=OUTSIDE, capture_output=True, text=True, encoding="utf-8", check=True).stdout

    (tmp_path / "articles").mkdir()
    for name, text in ARTICLES.items():
        (tmp_path / "articles" / name).write_text(text, encoding="utf-8")
    run("kg", "build", "articles", "--strict", "--quiet", "--validate")
    facts = json.loads(run("kg", "about", "--json"))
    answers = json.loads(run("python", "-c", ASK, *QUESTIONS))

    environment = installed.parent.resolve()
    assert [environment in Path(path).resolve().parents for path in (facts["ontology"], facts["parser"]["path"])] == [True, True]
    assert list(answers) == QUESTIONS
    assert (answers["who-did-what-to-whom"], answers["who-met-whom"]) == (3, 1)
    assert "Iran > Israel\tattack with missiles" in run("kg", "explain", "Iran", "Israel")
    assert "action:missile-attack" in run("kg", "extract", "Iran fired missiles at Israel.")
