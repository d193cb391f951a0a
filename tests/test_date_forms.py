"""The README tells which dates are understood where; the code keeps to it."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.build import extract, read_articles
from kg.cli import main
from kg.model import DataError, Document, Problem
from kg.ontology import read_ontology

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
ROWS = [line.split(" | ") for line in README.partition("| where | is a date | is none |")[2].split("\n\n")[0].splitlines()[2:]]
HEADER, OPTION = ([re.findall("`([^`]+)`", cell) for cell in row[1:]] for row in ROWS)


def headed(date: str, folder: Path) -> Document | Problem:
    """What an article with this date in its header is read as."""
    (folder / "a.txt").write_text(f"date: {date}\n\nIran attacked Israel.\n", encoding="utf-8")
    [item] = read_articles([folder], read_ontology())
    return item


@pytest.mark.parametrize("date", HEADER[0])
def test_a_date_of_a_header_is_understood(date, tmp_path):
    item = headed(date, tmp_path)

    assert isinstance(item, Document)
    assert item.published == "2024-10-01"[: len(item.published)]


@pytest.mark.parametrize("date", HEADER[1])
def test_what_may_be_two_dates_is_none(date, tmp_path):
    assert isinstance(headed(date, tmp_path), Problem)


@pytest.mark.parametrize("date", OPTION[0])
def test_a_date_of_an_option_is_understood(date, built):
    asked = CliRunner().invoke(main, ["query", "attacks", "--since", date, "--until", date, "--out", str(built)])

    assert (asked.exit_code, [one.when.edtf for one in extract("Iran attacked Israel.", date)]) == (0, [date])


@pytest.mark.parametrize("date", OPTION[1])
def test_an_option_takes_no_other_date(date, built):
    asked = CliRunner().invoke(main, ["query", "attacks", "--since", date, "--out", str(built)])

    assert asked.exit_code == 1
    with pytest.raises(DataError):
        extract("Iran attacked Israel.", date)
