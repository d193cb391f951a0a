"""Makes rows of items of Wikidata: who they are, and who held which office when."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from kg.dictionaries.items import Item, Term, qid
from kg.dictionaries.known import Known, identifier
from kg.dictionaries.letters import letters
from kg.dictionaries.tables import CONTROL, ActorRow, OfficeRow, Tables, plain, tables_of, without_names
from kg.model import Problem
from kg.ontology import ACTOR_TYPES, LANGUAGE, cells_of, several

NOTABLE = "ELI"  # CAMEO's letters of people who held an office
ACTING = "acting "


@dataclass(frozen=True, slots=True)
class Class:
    """A row of ``classes.csv``: what kind of actor the members of a class of Wikidata are."""

    type: str
    code: str


@dataclass(frozen=True, slots=True)
class _Found:
    """Everything that items are looked up in: all of the file, and who of them is which actor."""

    items: Mapping[str, Item]
    rows: Mapping[str, ActorRow]
    known: Known

    def actor(self, said: str) -> ActorRow | None:
        """The actor that an item, a name or three letters mean."""
        item = qid(said)
        if item:
            return self.rows.get(item) or self.known.actors.get(self.known.by_item.get(item, "")) or self._by_label(item)
        return self.known.actors.get(self.known.states.get(said, "") or self.known.by_name.get(said, ""))

    def _by_label(self, item: str) -> ActorRow | None:
        label = self.items[item].label if item in self.items else ""
        return self.known.actors.get(self.known.by_name.get(label, ""))


@lru_cache(maxsize=1)
def classes() -> Mapping[str, Class]:
    """Read which classes are which kind of actor."""
    _, *rows = cells_of(Path(__file__).parent / "classes.csv")
    return {item: Class(type, code) for _, (item, type, code, _) in rows}


@lru_cache(maxsize=1)
def positions() -> Mapping[str, str]:
    """Read which words name which office."""
    _, *rows = cells_of(Path(__file__).parent / "positions.csv")
    return {words: office for _, (words, office) in rows}


def itemised(read: Iterable[Item], known: Known, problems: Sequence[Problem] = ()) -> Tables:
    """Make the rows of items; an item that another one only mentions (a class, a position) needs none."""
    told = list(problems)
    items: dict[str, Item] = {}
    for item in read:
        items.setdefault(item.id, item)
    kinds = {id: _kind(item, items, told) for id, item in items.items()}
    used = {other for item in items.values() for other in (*item.classes, *item.parents, *(term.position for term in item.terms))}
    for id, item in items.items():
        if kinds[id] is None and id not in used:
            told.append(Problem(item.where, f"{item.label or id} is of no kind that classes.csv knows; left out."))
    rows: dict[str, ActorRow] = {}
    ids: set[str] = set()
    owners: dict[str, str] = {}
    ordered = sorted(items.values(), key=lambda item: not _is_state(kinds[item.id]))
    for item in ordered:
        kind = kinds[item.id]
        if kind:
            rows[item.id] = _row(item, kind, _Found(items, rows, known), owners, ids, told)
            ids.add(rows[item.id].id)
    rows = {id: _without_others(row, id, owners) for id, row in rows.items()}
    found = _Found(items, rows, known)
    offices = [office for id in rows for term in items[id].terms if (office := _office(items[id], term, found, told))]
    return tables_of([*rows.values(), *offices], told)


def _kind(item: Item, items: Mapping[str, Item], told: list[Problem]) -> Class | None:
    """What kind of actor an item is: by its classes, or the classes that these belong to."""
    if item.type:
        if item.type in ACTOR_TYPES:
            return Class(item.type, next((kind.code for kind in classes().values() if kind.type == item.type), ""))
        told.append(Problem(item.where, f"{item.type!r} is no type of ours."))
        return None
    seen: dict[str, None] = {}
    level = list(item.classes)
    while level:
        best = next((classes()[one] for one in level if one in classes()), None)
        if best:
            return best
        seen.update(dict.fromkeys(level))
        level = [up for one in level if one in items for up in items[one].parents if up not in seen]
    return None


def _is_state(kind: Class | None) -> bool:
    return kind is not None and kind.type == "state"


def _row(item: Item, kind: Class, found: _Found, owners: dict[str, str], ids: set[str], told: list[Problem]) -> ActorRow:
    """The row of an item, with the identifier that we know it by."""
    country = found.actor(item.country) if item.country and kind.type != "state" else None
    if item.country and kind.type != "state" and country is None:
        told.append(Problem(item.where, f"{item.label or item.id} is of {item.country}, which is neither here nor in our tables."))
    code = _code(item, kind, country)
    label, *names = _names(item, owners, told)
    id = found.known.by_item.get(item.id, "")
    same = "" if id else found.known.same(label, kind.type, [code])
    ours = found.known.actors.get(id or (same if not _is_other(same, item, found.known) else ""))
    if ours and ours.id not in ids:
        kept = [name for name in several(ours.names) if plain(name) not in map(plain, names)]
        listed = [name for name in (label, *names) if plain(name) not in {*ours.every_name, *map(plain, kept)}]
        return replace(ours, names="; ".join([*several(ours.names), *listed]), wikidata=item.id)
    id = identifier(label)
    if id in found.known.actors or id in ids:
        id = f"{id}-{item.id.lower()}"
    part_of = country.id if country else ""
    return ActorRow(id, kind.type, label, code, "; ".join(names), part_of=part_of, wikidata=item.id)


def _without_others(row: ActorRow, item: str, owners: Mapping[str, str]) -> ActorRow:
    """A row of ours without the names that are another item's here."""
    others = {name: owner for name in row.every_name if (owner := owners.get(name, item)) != item}
    return (without_names(row, others) or row) if others else row


def _is_other(same: str, item: Item, known: Known) -> bool:
    """Tell whether our actor of the same name is known to be another item."""
    return bool(same) and known.actors[same].wikidata not in ("", item.id)


def _code(item: Item, kind: Class, country: ActorRow | None) -> str:
    """The code of an item: the letters of its state and those of its kind; of people who held an office, of notables."""
    if kind.type == "state":
        return item.alpha3.upper() if re.fullmatch("[A-Za-z]{3}", item.alpha3) else ""
    role = NOTABLE if kind.type == "person" and item.terms else kind.code
    if role in letters() and letters()[role].stands == "first":
        return role
    land = country.code[:3] if country and country.code else "---"
    return f"{land}{role}" if role or land != "---" else ""


def _names(item: Item, owners: dict[str, str], told: list[Problem]) -> list[str]:
    """The names of an item that a table can hold and no other item has; its label, or at least its number, stands first."""
    names: list[str] = []
    for name in dict.fromkeys((item.label or item.id, *item.names)):
        text = " ".join(plain(name).split())
        if not text or ";" in text or CONTROL.search(text) or (name != text and "@" in name and not LANGUAGE.fullmatch(name)):
            told.append(Problem(item.where, f"{name!r} cannot stand in a table; {item.id} is not called so."))
        elif owners.setdefault(text, item.id) != item.id:
            told.append(Problem(item.where, f"{text!r} already stands for {owners[text]}; {item.id} is not called so."))
        else:
            names.append(" ".join(name.split()))
    return [plain(names[0]), *names[1:]] if names else [item.id]


def _office(item: Item, term: Term, found: _Found, told: list[Problem]) -> OfficeRow | None:
    """The row of a term; told if no office, nobody whose office it is, or no beginning is known."""
    position = found.items.get(term.position)
    label = term.label or (position.label if position else "")
    who = f"{item.label or item.id} held {label or term.position}"
    if not label or qid(label):
        told.append(Problem(term.where, f"{who}, which the file does not name; left out."))
        return None
    if found.rows[item.id].type != "person":
        told.append(Problem(term.where, f"{who}, and is no person; left out."))
        return None
    acting = label.lower().startswith(ACTING)
    words, office, of = _split(label.lower().removeprefix(ACTING), label)
    if not office:
        told.append(Problem(term.where, f"{who}: {words!r} is no office that positions.csv knows; left out."))
        return None
    sides = (term.of, position.country if position else "", of, of.removeprefix("the "), item.country)
    whose = next((actor for side in sides if side and (actor := found.actor(side))), None)
    if whose is None or not term.start:
        why = "whose office it is is neither here nor in our tables" if whose is None else "since when is not told"
        told.append(Problem(term.where, f"{who}, but {why}; left out."))
        return None
    return OfficeRow(whose.id, office, term.start, term.end, found.rows[item.id].id, "yes" if acting else "")


def _split(words: str, label: str) -> tuple[str, str, str]:
    """The words of an office, the office, and whose it is, of a label like "Minister of Defence of Barrowland"."""
    known = positions()
    best = max((one for one in known if words == one or words.startswith((f"{one} of ", f"{one} for "))), key=len, default="")
    if best:
        rest = label[len(label) - len(words) + len(best) :]
        return best, known[best], rest.partition(" of ")[2]
    last = max((one for one in known if words.endswith(f" {one}")), key=len, default="")
    return (last, known[last], label[: -len(last) - 1]) if last else (words, "", "")
