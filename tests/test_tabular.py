"""Tables on a terminal."""

import pytest

from kg.cli.tabular import print_table

COLUMNS = ("date", "actor", "quote")
ROWS = [("2024-10-01", "Islamic Revolutionary Guard Corps", "Iran launched missiles at Israel, the military said."), ("", "", "No.")]


def shown(capsys, monkeypatch, width, columns=COLUMNS, rows=ROWS):
    monkeypatch.setenv("COLUMNS", str(width))
    print_table(columns, rows)
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("width", range(34, 120, 7))
def test_no_word_is_broken(capsys, monkeypatch, width):
    lines = shown(capsys, monkeypatch, width)

    assert {word for row in ROWS for cell in row for word in cell.split()} <= {word for line in lines for word in line.split()}
    assert max(map(len, lines)) <= width


def test_where_words_do_not_stand_side_by_side_each_row_is_told_column_by_column(capsys, monkeypatch):
    lines = [line.rstrip() for line in shown(capsys, monkeypatch, 30)]

    assert lines[:2] == ["date   2024-10-01", "actor  Islamic Revolutionary"]
    assert lines[-2:] == ["", "quote  No."]


def test_an_address_longer_than_a_line_is_broken_and_lost_nowhere(capsys, monkeypatch):
    address = "https://news.example/" + "a" * 100
    lines = shown(capsys, monkeypatch, 40, ("url",), [(address,)])

    assert "".join(line.strip() for line in lines[1:]) == address


def test_a_table_without_rows_has_its_head(capsys, monkeypatch):
    assert shown(capsys, monkeypatch, 80, rows=[])[0].split() == list(COLUMNS)


def test_in_a_pipe_every_row_is_one_line(capsys, monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    quote = "They said so. " * 30
    print_table(COLUMNS, [("2024-10-01", "Iran", quote), ("", "", "No.")])

    lines = capsys.readouterr().out.splitlines()
    assert [line.split(maxsplit=2)[-1].strip() for line in lines] == ["quote", quote.strip(), "No."]
