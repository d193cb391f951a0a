"""Reading with more processes, and with what was read before: the same graph, sooner."""

import json
from importlib import import_module
from pathlib import Path

import pytest

from kg.build import build, knowledge_of
from kg.build.reading import Reader, load_tools, read, read_all
from kg.documents import Portion
from kg.model import Document

reading = import_module("kg.build.reading")
LAYER = "id,pos,trigger,action,actor,target,example,expect\n"
BOTHER = "bother,verb,bother,action:criticise,subject,object,Ankara bothered Vienna.,Ankara > Vienna\n"


@pytest.fixture(scope="module")
def many(tmp_path_factory) -> Path:
    """More articles than are read in one process."""
    path = tmp_path_factory.mktemp("many") / "many.jsonl"
    texts = ("Turkey attacked Syria on Monday.", "Iraq condemned Turkey.", "Ankara bothered Vienna.")
    lines = (json.dumps({"id": f"{number:03}", "date": "2024-05-03", "text": f"{texts[number % 3]} Day {number}."}) for number in range(50))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a build, without those of the store."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


@pytest.fixture
def parsed(monkeypatch) -> list[str]:
    """The articles that are parsed, as they are."""
    found: list[str] = []
    parse = reading.sentences_of

    def noting(document, pipeline):
        found.append(document.id)
        return parse(document, pipeline)

    monkeypatch.setattr(reading, "sentences_of", noting)
    return found


@pytest.fixture
def reread(monkeypatch) -> list[str]:
    """The articles whose sentences are read, as they are."""
    found: list[str] = []
    statements = reading.statements_of

    def noting(document, sentences, ontology):
        found.append(document.id)
        return statements(document, sentences, ontology)

    monkeypatch.setattr(reading, "statements_of", noting)
    return found


def test_two_processes_give_the_same_bytes_as_one(many, tmp_path):
    seen: list[str] = []
    build(many, jobs=2, cache=tmp_path / "cache", progress=lambda document: seen.append(document.id)).save(tmp_path / "two")
    build(many).save(tmp_path / "one")

    assert contents(tmp_path / "two") == contents(tmp_path / "one")
    assert seen == [f"{number:03}" for number in range(50)]


def test_an_error_in_another_process_keeps_its_traceback(tmp_path):
    broken = (Portion(None) for _ in range(50))  # type: ignore[arg-type]
    reader = Reader((knowledge_of(None).folder,), jobs=2)

    with pytest.raises(TypeError) as error:
        list(read_all(broken, reader, load_tools(reader)))
    assert "read_portion" in str(error.value.__cause__)


def test_what_was_read_before_is_not_read_again(many, tmp_path, parsed, reread):
    first = build(many, cache=tmp_path / "cache")
    parsed.clear()
    reread.clear()

    again = build(many, cache=tmp_path / "cache")

    assert (parsed, reread) == ([], [])
    assert again == first


def test_a_broken_entry_is_read_again(many, tmp_path, parsed, reread):
    first = build(many, cache=tmp_path / "cache")
    entries = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    for number, path in enumerate(entries):
        data = path.read_bytes()
        path.write_bytes((data[:-1], b"", data[:40] + b"?" + data[41:])[number % 3])
    parsed.clear()

    assert build(many, cache=tmp_path / "cache") == first
    assert len(parsed) == 50


def test_an_edited_rule_reads_again_only_what_it_can_touch(many, tmp_path, parsed, reread):
    build(many, cache=tmp_path / "cache")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "rules.csv").write_text(LAYER + BOTHER, encoding="utf-8")
    parsed.clear()
    reread.clear()

    graph = build(many, cache=tmp_path / "cache", ontology=tmp_path / "mine")

    assert parsed == []
    assert reread == [f"{number:03}" for number in range(2, 50, 3)]
    assert graph == build(many, ontology=tmp_path / "mine")


def test_another_edited_table_costs_no_parsing(many, tmp_path, parsed, reread):
    build(many, cache=tmp_path / "cache")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "corrections.csv").write_text("kind,document,name,actor,reason\nis,,Ankara,syria,a test\n", encoding="utf-8")
    parsed.clear()
    reread.clear()

    graph = build(many, cache=tmp_path / "cache", ontology=tmp_path / "mine")

    assert (parsed, len(reread)) == ([], 50)
    assert graph == build(many, ontology=tmp_path / "mine")


def test_a_changed_text_or_day_is_read_again(tmp_path):
    tools = load_tools(Reader((knowledge_of(None).folder,), cache=tmp_path / "cache"))
    text = "Turkey attacked Syria on Monday."
    block = import_module("kg.model").Block(0, len(text), "body")
    days = [read(Document("a", text, (block,), published=day), tools)[1][0].when.edtf for day in ("2024-05-03", "2024-05-10")]

    assert days == ["2024-04-29", "2024-05-06"]
