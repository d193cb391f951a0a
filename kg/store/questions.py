"""Questions with parameters: SPARQL that any store can answer as it stands, and lines in it that may be filled in.

    VALUES ?given_target { UNDEF }  # --target ACTOR: to whom, with everybody who is part of them

The first line of a question says what it asks. What stands between the braces is what counts if nothing is given;
what is given becomes a term of RDF there, whatever its characters.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import partial
from itertools import takewhile

from pyoxigraph import Literal, Store

from kg.model import DataError
from kg.store.answers import Answer, answer
from kg.store.names import THERE, Meant, find, there

Ask = Callable[[str], Answer]
"""Whatever answers SPARQL: a store here, or an endpoint elsewhere."""

PARAMETER = re.compile(
    r"^(?P<before>[ \t]*VALUES[ \t]+\?given_(?P<name>\w+)[ \t]*\{[ \t]*)(?P<default>\S.*?)(?P<after>[ \t]*\}[ \t]*"
    r"#[ \t]*--(?P<option>[a-z-]+) (?P<kind>ACTOR|ACTION|PLACE|TYPE|DATE|NUMBER|TEXT): (?P<meaning>.+))$",
    re.MULTILINE,
)
EXAMPLE = re.compile(r"^# Example: (.+)$", re.MULTILINE)
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)
NUMBER = re.compile(r"-?\d{1,15}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Parameter:
    """What may be given to a question: ``--name KIND``. ``default`` is SPARQL, empty where nothing is assumed."""

    name: str
    kind: str
    meaning: str
    default: str = ""

    @property
    def option(self) -> str:
        """How it is written on the command line."""
        return "--" + self.name.replace("_", "-")


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it stands in its file."""

    sparql: str

    @property
    def meaning(self) -> str:
        """What it asks: its comment on the first lines, up to a line that is none."""
        lines = takewhile(lambda line: line.startswith("# ") and not EXAMPLE.match(line), self.sparql.splitlines())
        return " ".join(line.removeprefix("#").strip() for line in lines)

    @property
    def example(self) -> str:
        """Parameters to show it with, as on the command line; empty if it needs none."""
        found = EXAMPLE.search(self.sparql)
        return found[1].strip() if found else ""

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """What may be given to it."""
        return tuple(
            Parameter(line["name"], line["kind"], line["meaning"].strip(), "" if line["default"] == "UNDEF" else line["default"])
            for line in PARAMETER.finditer(self.sparql)
        )


def answer_with(store: Store, sparql: str, given: Mapping[str, object], meant: Meant = lambda _: "") -> Answer:
    """Answer a question with parameters; ``meant`` knows names that the graph does not. Raises DataError."""
    ask = partial(answer, store)
    return ask(filled(sparql, given, ask, meant))


def filled(sparql: str, given: Mapping[str, object], ask: Ask, meant: Meant = lambda _: "") -> str:
    """Fill in what is given, by name. Names are looked up by asking, then by ``meant``. Raises DataError."""
    if not given:
        return sparql
    known = {parameter.name: parameter for parameter in Question(sparql).parameters}
    for name in given:
        if name not in known:
            raise DataError(unknown_parameter(name, tuple(known.values())))
    terms = {name: term(known[name], str(value), ask, meant) for name, value in given.items() if value is not None}
    return PARAMETER.sub(lambda line: line["before"] + terms.get(line["name"], line["default"]) + line["after"], sparql)


def filled_in(sparql: str) -> list[tuple[str, str, str]]:
    """Each line of a parameter, with the name of the parameter and what stands between the braces: a term, or UNDEF."""
    return [(line[0], line["name"], line["default"]) for line in PARAMETER.finditer(sparql)]


def unknown_parameter(name: str, known: tuple[Parameter, ...]) -> str:
    """Say that there is no such parameter, and which there are."""
    option = "--" + name.replace("_", "-")
    near = get_close_matches(option, [parameter.option for parameter in known], 1)
    hint = f" Did you mean {near[0]}?" if near else ""
    there = ", ".join(f"{parameter.option} {parameter.kind}" for parameter in known) or "none"
    return f"The question has no parameter {option}.{hint}\nIt has: {there}."


def term(parameter: Parameter, value: str, ask: Ask, meant: Meant) -> str:
    """What is given as a term of RDF, written down. Raises DataError."""
    if parameter.kind in ("ACTOR", "ACTION"):
        return str(find(value, parameter.kind, ask, meant))
    if parameter.kind == "DATE" and not is_date(value):
        raise DataError(f"{parameter.option}: {value!r} is no date.\nWrite a year, a month or a day: 2024, 2024-04, 2024-04-13.")
    if parameter.kind == "NUMBER":
        if not NUMBER.fullmatch(value):
            raise DataError(f"{parameter.option}: {value!r} is no whole number.\nWrite it in digits: 7.")
        return value
    try:
        return str(Literal(there(value, parameter.kind, ask) if parameter.kind in THERE else value))
    except ValueError as error:
        raise DataError(f"{parameter.option}: {value!r} is no text.\nWrite it in UTF-8.") from error


def is_date(text: str) -> bool:
    """Tell whether a text is a year, a month or a day that there is.

    >>> is_date("2024-02"), is_date("2024-02-30"), is_date("April")
    (True, False, False)
    """
    if not DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + "0001-01-01"[len(text) :])
    except ValueError:
        return False
    return True
