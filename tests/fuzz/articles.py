"""Articles: a file of any form, the header of a text, the day of publication."""

import tempfile
from datetime import date
from functools import lru_cache
from pathlib import Path

from fuzz.promises import is_edtf, text_of
from kg.documents import Intake, read_boilerplate, read_documents
from kg.documents.forms import KEYS, read_header
from kg.documents.published import dateline_day, leading_day, read_day
from kg.model import Document, Problem
from kg.ontology import ontology_folder

ENDINGS = (".txt", ".html", ".jsonl", ".json", ".jsonl.gz")
SMALL = Intake(largest_file=20_000, longest_article=5_000, any_language=True)
boilerplate = lru_cache(lambda: tuple(read_boilerplate(ontology_folder() / "mappings" / "boilerplate.csv")))


def article(data: bytes) -> None:
    """A file: its first byte says the ending and whether only English is read, the rest is what it holds."""
    ending = ENDINGS[data[0] % len(ENDINGS)] if data else ".txt"
    intake = SMALL if data[:1] < b"\x80" else Intake(SMALL.largest_file, SMALL.longest_article)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / f"a{ending}").write_bytes(data[1:])
        found = list(read_documents([Path(folder)], boilerplate(), intake))
    assert found, "a file is skipped in silence"
    ids = [item.id for item in found if isinstance(item, Document)]
    assert len(ids) == len(set(ids))
    for item in found:
        if isinstance(item, Problem):
            assert item.where.startswith(folder), item
            assert item.reason, item
        else:
            check(item)


def check(document: Document) -> None:
    """What every room behind relies on."""
    document.text.encode()
    assert "\0" not in document.text
    assert document.id.strip()
    assert document.blocks
    assert is_edtf(document.published), document.published
    for field in (document.id, document.title, document.source, document.url, document.author, document.language):
        field.encode()
        assert field == " ".join(field.split()), field
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(document.text), document.blocks
        words = document.text[block.start : block.end]
        assert words == words.strip(), words
        end = block.end


def header(data: bytes) -> None:
    """The lines above a text."""
    text = text_of(data)
    found = read_header(text, "a.txt")
    if isinstance(found, Problem):
        assert found.where.startswith("a.txt")
        return
    lines, start = found
    assert 0 <= start <= len(text)
    assert {key for key, _, _ in lines} <= set(KEYS)
    quoted = text.startswith("---")  # as YAML it may tell nothing, and has escapes
    assert start or not lines
    assert lines or quoted or not start
    for key, value, number in lines:
        line = text[:start].split("\n")[number - 1]
        assert key in line.lower() if quoted else value in line


def day(data: bytes) -> None:
    """A day of publication, alone or before the first sentence."""
    text = text_of(data)
    alone = read_day(text)
    assert alone is None or (is_edtf(alone) and "/" not in alone), alone
    leading, line = leading_day(text, boilerplate()), dateline_day(text)
    for written, begins in ([leading[1:]] if leading else []) + ([line] if line else []):
        assert is_edtf(written)
        date.fromisoformat(written + "0001-01-01"[len(written) :])
        assert 0 < begins <= len(text)
