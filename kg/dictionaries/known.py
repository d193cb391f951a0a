"""What our own tables hold, so that a dictionary's entry for somebody we know gets the identifier that we know."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kg.dictionaries.letters import is_bare
from kg.dictionaries.tables import ActorRow, RoleRow, Tables, join, read_folder
from kg.model import DataError
from kg.ontology import NameWord, cells_of, ontology_folder

FOLDED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "’": "'"})


@dataclass(frozen=True, slots=True)
class Known:
    """Our rows: actors by identifier, by name and by item of Wikidata, states by code, and the words that tell a kind."""

    actors: Mapping[str, ActorRow]
    by_name: Mapping[str, str]
    by_item: Mapping[str, str]
    states: Mapping[str, str]
    roles: Mapping[str, RoleRow]
    name_words: Mapping[str, NameWord]

    def same(self, names: Iterable[str], type: str, codes: Iterable[str]) -> str:
        """Our actor of one of these names and of the same code, or else of the same kind and land; nothing if there is none."""
        codes = tuple(codes)
        for name in names:
            row = self.actors.get(self.by_name.get(name, ""))
            if row is None:
                continue
            lands = {code[:3] for code in codes}
            alike = row.type == type and (row.code[:3] in lands or type == "international-organisation")
            if row.code in codes or alike:
                return row.id
        return ""


def our_tables(layers: Iterable[Path] = ()) -> Tables:
    """Our tables with those of other folders over them. Raises DataError."""
    tables = read_folder(ontology_folder() / "mappings")
    for layer in layers:
        folder = layer / "mappings" if (layer / "mappings").is_dir() else layer
        if not folder.is_dir():
            raise DataError(f"{layer}: there is no such folder.\nName a folder with tables, such as kg import writes.")
        tables = join(tables, read_folder(folder), str(folder))
    return tables


def known(tables: Tables) -> Known:
    """Index our tables."""
    _, *rows = cells_of(ontology_folder() / "mappings" / "namewords.csv")
    return Known(
        actors={row.id: row for row in tables.actors},
        by_name={name: row.id for row in tables.actors for name in row.every_name},
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
