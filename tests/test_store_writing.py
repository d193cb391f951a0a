"""The store is filled in pieces, copied without its tables, and changed where it stands."""

import importlib
import os

import pytest

from kg.graph import turtle
from kg.store import amend, copy_store, load, open_store
from tests.conftest import make_document, make_event

loading = importlib.import_module("kg.store.loading")
HEAD = "@prefix ex: <https://example.org/> .\n"


def lines(folder):
    """Every triple of a store."""
    return sorted(str(quad.triple) for quad in open_store(folder))


@pytest.mark.parametrize("size", [1300, 4000, 1_000_000])
def test_a_store_that_is_filled_in_pieces_holds_the_same(tmp_path, monkeypatch, size):
    text = "".join(turtle([make_event(date=f"2024-10-{day:02}") for day in range(1, 20)], [make_document("a\n\nb")], ()))
    (tmp_path / "graph.ttl").write_text(text, encoding="utf-8", newline="\n")
    load(tmp_path / "whole", text.encode())
    monkeypatch.setattr(loading, "PIECE", size)

    load(tmp_path / "pieces", tmp_path / "graph.ttl")

    assert lines(tmp_path / "pieces") == lines(tmp_path / "whole")
    assert len(lines(tmp_path / "whole")) > 400


def test_a_graph_without_subjects_fills_nothing(tmp_path):
    (tmp_path / "graph.ttl").write_text(HEAD, encoding="utf-8")

    load(tmp_path / "store", tmp_path / "graph.ttl")

    assert lines(tmp_path / "store") == []


def test_a_copy_shares_the_tables_and_changes_alone(tmp_path):
    before, after = (f"{HEAD}\nex:a ex:b {number} .\n\nex:c ex:d 1 .\n".encode() for number in (1, 2))
    load(tmp_path / "one", before)

    copy_store(tmp_path / "one", tmp_path / "other")
    shared = [path for path in (tmp_path / "one").glob("*.sst") if os.path.samefile(path, tmp_path / "other" / path.name)]
    amend(tmp_path / "other", before, after)

    assert shared
    assert "\n".join(lines(tmp_path / "one")).count('"1"') == 2
    assert "\n".join(lines(tmp_path / "other")).count('"1"') == 1
    assert "\n".join(lines(tmp_path / "other")).count('"2"') == 1


def test_a_disk_that_cannot_share_copies(tmp_path, monkeypatch):
    load(tmp_path / "one", f"{HEAD}\nex:a ex:b 1 .\n".encode())
    monkeypatch.setattr(os, "link", lambda *paths: (_ for _ in ()).throw(OSError("other disk")))

    copy_store(tmp_path / "one", tmp_path / "other")

    assert lines(tmp_path / "other") == lines(tmp_path / "one")
