"""How the commands speak: results, remarks and progress on a terminal, and what must not be obeyed there."""

import errno
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any

import click
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from kg.cli.tabular import print_table
from kg.model import DataError, Document, Problem

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What the system says where a disk, or what a user may have of it, is full; it does not name the file."""


def hush(context: click.Context, _: click.Parameter, quiet: bool) -> None:
    """Remember that remarks are not wanted."""
    context.meta["quiet"] = quiet or context.meta.get("quiet", False)


class Command(click.Command):
    """A command that knows --quiet and --version, as every command here does."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options: list[click.Parameter] = [
            click.Option(["--quiet"], is_flag=True, expose_value=False, callback=hush, help="No remarks and no progress."),
            click.Option(
                ["--version"], is_flag=True, expose_value=False, is_eager=True, callback=show_version, help="Show the version and exit."
            ),
        ]
        self.params += options


def show_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Print the version, if it is wanted, and end."""
    if wanted and not context.resilient_parsing:
        click.echo(f"kg, version {version('actor-kg')}")
        context.exit()


class Commands(click.Group):
    """A group whose commands end with one clear message when a person can mend what is wrong."""

    command_class = Command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a DataError is told without a traceback, everything else is a bug and keeps it."""
        try:
            return super().invoke(ctx)
        except DataError as error:
            click.echo(f"Error: {safe(str(error))}", err=True)
            sys.exit(1)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(0)
        except OSError as error:
            full = error.errno in FULL
            if error.filename is None and not full:
                raise
            what = f"{error.filename}: {error.strerror}" if error.filename else error.strerror
            advice = "Free some space; what was there before is as it was." if full else "Check the path and its permissions."
            click.echo(f"Error: {safe(str(what))}.\n{advice}", err=True)
            sys.exit(1)


def safe(text: str) -> str:
    """Make text harmless for a terminal: control characters are shown, not obeyed; it may have lines.

    >>> safe("a" + chr(27) + "[31mb")
    'a\\\\x1b[31mb'
    """
    return "".join(c if c in "\n\t" or c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def one_line(text: str) -> str:
    """Make text harmless that may not have lines: an article's name cannot write a line of its own."""
    return safe(text).replace("\n", "\\n")


def many(count: int, thing: str) -> str:
    """Count things.

    >>> many(1, "article"), many(2, "article")
    ('1 article', '2 articles')
    """
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def remark(text: str) -> None:
    """Say something about the work, on standard error, unless it is not wanted."""
    if not quiet():
        click.echo(safe(text), err=True)


def complain(problem: Problem) -> None:
    """Name an article that could not be read: that is always wanted."""
    click.echo(one_line(f"{problem.where}: {problem.reason}"), err=True)


def quiet() -> bool:
    """Tell whether remarks are not wanted."""
    return bool(click.get_current_context().meta.get("quiet"))


@contextmanager
def progress() -> Iterator[Callable[[Document], None]]:
    """Show how many articles have been read, on a terminal only."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("reading"), MofNCompleteColumn(), TextColumn("{task.fields[name]}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=quiet() or not console.is_terminal) as bar:
        task = bar.add_task("reading", total=None, name="")
        yield lambda document: bar.update(task, advance=1, name=safe(document.id))


def standard_input() -> str:
    """Read standard input as UTF-8."""
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise DataError(f"Standard input is no text in UTF-8 ({error.reason}, byte {error.start}).\nConvert it first.") from error


def show_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows for reading."""
    print_table(columns, [[safe(cell) for cell in row] for row in rows])
    remark(many(len(rows), "row"))
