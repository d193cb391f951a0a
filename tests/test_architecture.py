"""The arrows: which room may know which, and where each library lives."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "kg"
LONGEST = 420  # lines

ROOMS: dict[str, set[str]] = {
    "model": set(),
    "dates": set(),
    "datelines": set(),
    "parser": set(),
    "ontology": {"model", "dates"},
    "offices": {"model", "ontology", "dates"},
    "documents": {"model", "datelines"},
    "sentences": {"model", "parser", "datelines"},
    "mentions": {"model", "ontology"},
    "statements": {"model", "ontology", "mentions", "dates", "offices"},
    "events": {"model", "ontology", "dates"},
    "sources": {"model"},
    "conflicts": {"model", "ontology", "dates"},
    "notation": {"model"},
    "graph": {"model", "ontology", "offices", "notation", "conflicts"},
    "store": {"model", "graph"},
    "serve": {"model", "graph", "store"},
    "publish": {"model", "graph", "store"},
    "tables": {"model", "ontology", "conflicts"},
    "views": {"model", "ontology", "dates", "conflicts"},
    "score": {"model", "statements"},
    "check": {"model", "ontology", "mentions", "statements", "events"},
    "candidates": {"model", "ontology", "mentions", "statements", "dates"},
    "vocabulary": {"model", "ontology", "graph", "notation"},
    "recorded": {"model", "sentences"},
    "explain": {"model", "ontology", "conflicts"},
    "dictionaries": {"model", "dates", "ontology", "mentions"},
}
"""What each room may import; those that compose the others come after."""

MAKERS = set(ROOMS)
ROOMS["build"] = MAKERS - {"serve", "publish", "check", "candidates", "recorded", "explain", "score", "dictionaries", "vocabulary"}
ROOMS["cluster"] = {"model", "ontology", "documents", "sentences", "events", "sources", "conflicts", "graph", "store", "tables", "build"}
ROOMS["export"] = {"model", "ontology", "graph", "notation", "tables", "build"}
ROOMS["preview"] = {"model", "tables", "build"}
ROOMS["cli"] = MAKERS | {"build", "export", "preview"}
ROOMS["__init__"] = {"model", "build"}
ROOMS["__main__"] = {"cli"}

LIBRARIES: dict[str, set[str]] = {
    "ahocorasick": {"mentions"},
    "charset_normalizer": {"documents"},
    "click": {"cli"},
    "dateutil": {"documents"},
    "fasttext": {"documents"},
    "h11": {"serve"},
    "jinja2": {"views", "serve"},
    "lemminflect": {"sentences"},
    "matplotlib": {"views"},
    "networkx": {"tables", "views", "build"},
    "numpy": {"parser", "views"},
    "onnxruntime": {"parser"},
    "oxrdflib": {"store"},
    "py4j": {"cluster"},
    "pyarrow": {"cluster"},
    "pyoxigraph": {"store"},
    "pyshacl": {"graph"},
    "pyspark": {"cluster"},
    "pyvis": {"views"},
    "rdflib": {"ontology", "graph", "notation", "build", "store", "vocabulary", "export"},
    "rensa": {"sources"},
    "requests": {"publish"},
    "rich": {"cli"},
    "spacy": {"sentences"},
    "starlette": {"serve"},
    "trafilatura": {"documents"},
    "uvicorn": {"serve"},
    "urllib3": {"publish"},
}
"""Where each library may be known."""

STANDARD = sys.stdlib_module_names
FILES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    """The room that a file belongs to: its name, or that of its folder."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_by(path: Path) -> Iterator[str]:
    """Every module that a file imports, in full: "kg.events", "rdflib.namespace"."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import hides where it leads"
            yield from (f"kg.{alias.name}" for alias in node.names) if node.module == "kg" else [str(node.module)]


def name(path: Path) -> str:
    """How a test names a file."""
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_room_imports_only_what_the_table_allows(path):
    rooms = {module.split(".")[1] for module in imported_by(path) if module.startswith("kg.")}

    assert rooms - {room_of(path)} <= ROOMS[room_of(path)]


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_library_lives_in_its_rooms(path):
    libraries = {module.split(".")[0] for module in imported_by(path)} - STANDARD - {"kg"}

    assert {library for library in libraries if room_of(path) not in LIBRARIES.get(library, set())} == set()


def test_the_tables_name_no_room_or_library_that_is_not_there():
    used = {module.split(".")[0] for path in FILES for module in imported_by(path)}

    assert set(ROOMS) == {room_of(path) for path in FILES}
    assert set(LIBRARIES) <= used


def test_arrows_never_turn_back():
    """No room can reach itself through what it may import."""
    reached = {room: set(allowed) for room, allowed in ROOMS.items()}
    for _ in ROOMS:
        reached = {room: found | {far for near in found for far in reached[near]} for room, found in reached.items()}

    assert {room for room, found in reached.items() if room in found} == set()


def test_what_a_cell_may_hold_is_written_once():
    written: dict[str, list[str]] = {}
    for path in (path for path in FILES if room_of(path) in ("ontology", "dictionaries", "candidates")):
        calls = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
        for call in calls:
            if ast.unparse(call.func) == "re.compile":
                written.setdefault(ast.unparse(call.args[0]), []).append(name(path))

    assert {pattern: files for pattern, files in written.items() if len(files) > 1} == {}


def test_nothing_imports_the_commands():
    assert [name(path) for path in FILES if "kg.cli" in imported_by(path)] == ["__main__.py"]


def test_only_the_commands_print():
    def prints(path: Path) -> bool:
        calls = (node.func for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
        return any(isinstance(call, ast.Name) and call.id == "print" for call in calls)

    assert [name(path) for path in FILES if prints(path)] == []


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_file_is_short_enough_to_read(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), "a module begins by saying what it is"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_country_or_leader_stands_in_code(path):
    """Names belong into tables; examples in docstrings and comments are welcome."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = [
        node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
    ]

    assert [text for text in texts if {"Iran", "Israel", "Ukraine", "Russia", "Macron", "Biden"} & set(text.split())] == []
