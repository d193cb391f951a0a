"""Tables for reading: no word is broken while the lines are long enough; where they are not, each row is told column by column.

A terminal says how long they are, else ``COLUMNS``; in a file or a pipe without it they are as long as it takes.
"""

import os
from collections.abc import Sequence

import click
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

GAP = 2
LONGEST_WORD = 30
"""Cells; a longer word is an address or a name of the machine's, and may be broken."""

Rows = Sequence[Sequence[str]]


def print_table(columns: Sequence[str], rows: Rows) -> None:
    """Print rows for reading; the texts must be harmless for a terminal."""
    console = Console()
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = sum(whole_widths(columns, rows)) + GAP * (len(columns) - 1)
    widths = widths_for(columns, rows, console.width)
    if widths is None:
        print_records(console, columns, rows)
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column, width in zip(columns, widths, strict=True):
        table.add_column(column, width=width, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    console.print(table)


def widths_for(columns: Sequence[str], rows: Rows, width: int) -> list[int] | None:
    """How wide each column is, in cells, so that all stand in ``width`` and no word is broken; None if they cannot.

    >>> widths_for(["date", "quote"], [["2024-10-01", "They met in Muscat."]], 22)
    [10, 10]
    >>> widths_for(["date", "quote"], [["2024-10-01", "They met in Muscat."]], 15)
    """
    cells = list(zip(columns, *rows, strict=True))
    whole = whole_widths(columns, rows)
    found = [min(max((cell_len(word) for cell in column for word in cell.split()), default=1), LONGEST_WORD) or 1 for column in cells]
    left = width - sum(found) - GAP * (len(found) - 1)
    if left < 0:
        return None
    for _ in range(left):
        place = max(range(len(found)), key=lambda place: (whole[place] > found[place], whole[place] / found[place]))
        if whole[place] <= found[place]:
            break
        found[place] += 1
    return found


def whole_widths(columns: Sequence[str], rows: Rows) -> list[int]:
    """How wide each column would be, in cells, if nothing were folded."""
    return [max(cell_len(line) for cell in column for line in cell.split("\n")) for column in zip(columns, *rows, strict=True)]


def print_records(console: Console, columns: Sequence[str], rows: Rows) -> None:
    """Print each row as lines of its own: the name of the column, and what stands in it; empty cells are left out."""
    wide = max(map(cell_len, columns))
    for number, row in enumerate(rows):
        if number:
            click.echo()
        table = Table(box=None, show_header=False, pad_edge=False)
        table.add_column(width=wide, style="bold")
        table.add_column(overflow="fold")
        for column, cell in zip(columns, row, strict=True):
            if cell:
                table.add_row(column, Text(cell))
        console.print(table)
