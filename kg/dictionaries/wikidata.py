"""Reads actors and offices of Wikidata: entities in JSON, one a line or an array, or a table of its query service."""

import bz2
import csv
import gzip
import json
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import IO, Any, cast

from kg.dictionaries.items import Item, Term, edtf, qid
from kg.model import DataError, Problem

ENGLISH = ("en", "mul", "en-gb", "en-us", "en-ca", "simple")
INSTANCE, SUBCLASS, COUNTRY, CITIZEN, ALPHA3, POSITION = "P31", "P279", "P17", "P27", "P298", "P39"
JURISDICTION, OF, START, END = "P1001", "P642", "P580", "P582"
COLUMNS = ("item", "itemLabel", "aliases", "country", "position", "positionLabel", "start", "end")
OPTIONAL = ("countryLabel", "code", "type", "of", "startPrecision", "endPrecision")

Entity = dict[str, Any]


def read_items(path: Path, problems: list[Problem]) -> Iterator[Item]:
    """Read the items of a file, whichever form it has; what cannot be read is told."""
    with _opened(path) as file:
        begins = file.read(4096).decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if begins.startswith(("{", "[")):
        for where, entity in _entities(path, problems):
            try:
                yield _item(where, entity, problems)
            except (KeyError, TypeError, AttributeError) as error:
                problems.append(Problem(where, f"no entity of Wikidata ({type(error).__name__}: {error})."))
    else:
        yield from _queried(path, problems)


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a file, packed or not, for its bytes. Raises DataError if it cannot be unpacked."""
    try:
        with path.open("rb") as file:
            unpacked = gzip.GzipFile(fileobj=file) if path.suffix == ".gz" else bz2.BZ2File(file) if path.suffix == ".bz2" else file
            yield cast("IO[bytes]", unpacked)
    except (OSError, EOFError, zlib.error) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # there is no such file, or it may not be read
        remedy = f"Fetch it again; if it is not packed, name it without {path.suffix}."
        raise DataError(f"{path}: it cannot be unpacked ({error}).\n{remedy}") from error


def _entities(path: Path, problems: list[Problem]) -> Iterator[tuple[str, Entity]]:
    """Every entity of a dump, with "file:line"; an array that is set out over many lines is read as a whole."""
    with _opened(path) as file:
        for number, line in enumerate(file, start=1):
            where, text = f"{path}:{number}", line.strip().removeprefix(b"\xef\xbb\xbf").rstrip(b",")
            if text in (b"", b"[", b"]"):
                continue
            try:
                value = json.loads(text)
            except (ValueError, RecursionError) as error:
                if text[:1] not in b"{[" or number <= 2:
                    break
                problems.append(Problem(where, f"broken JSON ({error})."))
                continue
            yield from ((where, entity) for entity in _each(value))
        else:
            return
    try:
        with _opened(path) as file:
            value = json.load(file)
    except (ValueError, RecursionError) as error:
        problems.append(Problem(f"{path}:{number}", f"broken JSON ({error})."))
        return
    yield from ((str(path), entity) for entity in _each(value))


def _each(value: Any) -> list[Entity]:
    """The entities in a value: itself, or those of a list, or of an answer of the interface."""
    if isinstance(value, dict) and isinstance(value.get("entities"), dict):
        return list(value["entities"].values())
    return value if isinstance(value, list) else [value]


def _item(where: str, entity: Entity, problems: list[Problem]) -> Item:
    """Read an entity. Raises TypeError, KeyError and AttributeError if it is none."""
    if not qid(entity["id"]):
        raise TypeError(f"{entity['id']!r} is no item")
    labels: Mapping[str, Any] = entity.get("labels") or {}
    aliases: Mapping[str, Any] = entity.get("aliases") or {}
    names = [(language, one["value"]) for language, one in labels.items()]
    names += [(language, one["value"]) for language, several in aliases.items() for one in several]
    if not all(isinstance(name, str) for _, name in names):
        raise TypeError("a name that is no text")
    english = [name for tongue in ENGLISH for language, name in names if language == tongue]
    others = sorted((language, name) for language, name in names if language not in ENGLISH)
    label = english[0] if english else others[0][1] if others else entity["id"]
    tagged = {name: f"{name}@{language}" for language, name in reversed(others) if name not in english}
    claims: Mapping[str, Any] = entity.get("claims") or {}
    return Item(
        where,
        entity["id"],
        label,
        (*dict.fromkeys(english[1:]), *tagged.values()),
        tuple(_values(claims, INSTANCE)),
        tuple(_values(claims, SUBCLASS)),
        next(iter((*_values(claims, JURISDICTION), *_values(claims, COUNTRY), *_values(claims, CITIZEN))), ""),
        next(iter(_values(claims, ALPHA3)), ""),
        terms=tuple(_terms(where, entity["id"], claims, problems)),
    )


def _values(claims: Mapping[str, Any], property: str) -> list[str]:
    """The values of a property, those that Wikidata prefers first and none that it deprecates."""
    ranked = [claim for claim in claims.get(property, ()) if claim.get("rank") != "deprecated"]
    ranked.sort(key=lambda claim: claim.get("rank") != "preferred")
    return [value for claim in ranked if (value := _value(claim["mainsnak"]))]


def _value(snak: Mapping[str, Any]) -> str:
    """The item or text of a snak; nothing where Wikidata knows none."""
    if snak.get("snaktype", "value") != "value":
        return ""
    value = snak["datavalue"]["value"]
    return str(value["id"] if isinstance(value, dict) else value)


def _terms(where: str, item: str, claims: Mapping[str, Any], problems: list[Problem]) -> Iterator[Term]:
    """The positions of an item, with their dates."""
    for claim in claims.get(POSITION, ()):
        position = _value(claim["mainsnak"])
        if claim.get("rank") == "deprecated" or not position:
            continue
        qualifiers: Mapping[str, Any] = claim.get("qualifiers") or {}
        of = next((value for name in (JURISDICTION, OF) for value in map(_value, qualifiers.get(name, ())) if value), "")
        try:
            start, end = (_time(qualifiers.get(name, ())) for name in (START, END))
        except ValueError as error:
            problems.append(Problem(where, f"{item} held {position}, but {error}; left out."))
            continue
        yield Term(where, position, of=of, start=start, end=end)


def _time(snaks: Sequence[Mapping[str, Any]]) -> str:
    """The date of a qualifier; nothing where there is none. Raises ValueError."""
    for snak in snaks:
        if snak.get("snaktype") == "somevalue":
            raise ValueError("when is not known")
        if snak.get("snaktype", "value") == "value":
            value = snak["datavalue"]["value"]
            return edtf(value["time"], value.get("precision"))
    return ""


def _queried(path: Path, problems: list[Problem]) -> Iterator[Item]:
    """Read a table of the query service: several rows may speak of one item."""
    with _opened(path) as file:
        try:
            text = file.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise DataError(f"{path}: a character that is not UTF-8 ({error.reason}).\nSave the table as UTF-8.") from error
    table = csv.DictReader(StringIO(text, newline=""), delimiter="\t" if "\t" in text.partition("\n")[0] else ",")
    try:
        yield from _items(path, table, problems)
    except csv.Error as error:
        remedy = "Shorten the cell, or look for a quotation mark without its partner."
        raise DataError(f"{path}:{table.reader.line_num}: {error}.\n{remedy}") from error


def _items(path: Path, table: "csv.DictReader[str]", problems: list[Problem]) -> Iterator[Item]:
    """Join the rows of each item. Raises DataError and csv.Error."""
    columns = [column.strip().removeprefix("?") for column in table.fieldnames or ()]
    if "item" not in columns:
        raise DataError(f"{path}:1: no column item.\nThe table needs the columns {', '.join(COLUMNS)}; or give entities in JSON.")
    table.fieldnames = columns
    strange = [column for column in columns if column not in COLUMNS + OPTIONAL]
    if strange:
        problems.append(Problem(f"{path}:1", f"nothing is read from the columns {', '.join(strange)}."))
    items: dict[str, Item] = {}
    for row in table:
        where, cells = f"{path}:{table.line_num}", {name: (value or "").strip() for name, value in row.items() if isinstance(value, str)}
        item = cells.get("item", "")
        id = qid(item)
        if not id:
            problems.append(Problem(where, f"{item!r} is no item of Wikidata."))
            continue
        items[id] = _joined(items.get(id), _row(where, id, cells, problems))
    yield from items.values()


def _row(where: str, id: str, cells: Mapping[str, str], problems: list[Problem]) -> Item:
    """Read a row as an item."""
    label = cells.get("itemLabel", "")
    country = qid(cells.get("country", "")) or cells.get("country", "")
    country = cells.get("countryLabel", "") or country
    names = tuple(name.strip() for name in re.split(r"[;|]", cells.get("aliases", "")) if name.strip())
    terms = []
    if cells.get("position") or cells.get("positionLabel"):
        try:
            start, end = (
                edtf(cells[side], int(cells.get(f"{side}Precision") or 11)) if cells.get(side) else "" for side in ("start", "end")
            )
            position = qid(cells.get("position", ""))
            terms.append(Term(where, position, cells.get("positionLabel", "") or cells["position"], cells.get("of", ""), start, end))
        except ValueError as error:
            problems.append(Problem(where, f"{label or id} held an office, but {error}; left out."))
    kind = cells.get("type", "")
    classes = (qid(kind),) if qid(kind) else ()
    told = "" if classes else kind or "person"
    return Item(where, id, label, names, classes, (), country, cells.get("code", ""), told, tuple(terms))


def _joined(before: Item | None, after: Item) -> Item:
    """What two rows say of one item."""
    if before is None:
        return after
    label = before.label or after.label
    names = dict.fromkeys((*before.names, *([after.label] if after.label else ()), *after.names))
    return replace(
        before,
        label=label,
        names=tuple(name for name in names if name != label),
        classes=tuple(dict.fromkeys((*before.classes, *after.classes))),
        country=before.country or after.country,
        alpha3=before.alpha3 or after.alpha3,
        terms=tuple(dict.fromkeys((*before.terms, *after.terms))),
    )
