"""What our own tables hold, so that a dictionary's entry for somebody we know gets the identifier that we know."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kg.dictionaries.casing import ARTICLE
from kg.dictionaries.letters import is_bare
from kg.dictionaries.tables import ActorRow, RoleRow, Tables, join, read_folder
from kg.ontology import NameWord, cells_of, ontology_folder, tables_in

FOLDED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "’": "'"})


@dataclass(frozen=True, slots=True)
class Known:
    """Our rows: actors by identifier, by name, by name in capitals and by item of Wikidata, states by code, words for kinds."""

    actors: Mapping[str, ActorRow]
    by_name: Mapping[str, str]
    by_capitals: Mapping[str, tuple[str, ...]]
    by_item: Mapping[str, str]
    states: Mapping[str, str]
    roles: Mapping[str, RoleRow]
    name_words: Mapping[str, NameWord]

    def called(self, name: str) -> tuple[str, ...]:
        """Our actors of a name, however it is capitalised, with its article or without."""
        name = name.upper()
        return self.by_capitals.get(name) or self.by_capitals.get(name.removeprefix(ARTICLE), ())

    def same(self, name: str, type: str, codes: Sequence[str]) -> str:
        """Our actor of this name, in capitals, and of the same code, or else of the same kind and land; nothing if there is none."""
        lands = {code[:3] for code in codes}
        for id in self.called(name):
            row = self.actors[id]
            alike = row.type == type and (row.code[:3] in lands or type == "international-organisation")
            if row.code in codes or alike:
                return id
        return ""


def our_tables(layers: Iterable[Path] = ()) -> Tables:
    """Our tables with those of other folders over them. Raises DataError."""
    tables = read_folder(ontology_folder() / "mappings")
    for layer in layers:
        folder = tables_in(layer)
        tables = join(tables, read_folder(folder), str(folder))
    return tables


def known(tables: Tables) -> Known:
    """Index our tables."""
    capitals: dict[str, dict[str, None]] = {}
    for row in tables.actors:
        for name in row.every_name:
            capitals.setdefault(name.upper(), {})[row.id] = None
    _, *rows = cells_of(ontology_folder() / "mappings" / "namewords.csv")
    return Known(
        actors={row.id: row for row in tables.actors},
        by_name={name: row.id for row in tables.actors for name in row.every_name},
        by_capitals={name: tuple(ids) for name, ids in capitals.items()},
        by_item={row.wikidata: row.id for row in tables.actors if row.wikidata},
        states={row.code: row.id for row in tables.actors if row.type == "state" and is_bare(row.code)},
        roles={row.word: row for row in tables.roles},
        name_words={word: NameWord(word, type, code, example) for _, (word, type, code, example) in rows},
    )


def identifier(label: str) -> str:
    """Make an identifier of a label, in plain letters.

    >>> identifier("Manfred Wörner"), identifier("Łódź"), identifier("大坂")
    ('manfred-worner', 'lodz', 'x-d3a5131f2fc3')
    """
    folded = label.casefold()
    if not folded.isascii():
        folded = "".join(sign for sign in unicodedata.normalize("NFKD", folded.translate(FOLDED)) if not unicodedata.combining(sign))
    words = re.findall(r"[a-z0-9]+", folded.replace("'", ""))
    return "-".join(words) or f"x-{sha256(label.encode()).hexdigest()[:12]}"
