"""Makes rows of what a dictionary says: who each entry is, what kind of actor, of which state, with what code when."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count

from kg.dictionaries.casing import SHORT, in_prose
from kg.dictionaries.known import Known, identifier
from kg.dictionaries.letters import NOWHERE, as_ours, is_bare, label_told, land_of, type_told
from kg.dictionaries.phoenix import Agent, Dictionary, Entry, Spell
from kg.dictionaries.spells import timeline
from kg.dictionaries.tables import ActorRow, CodeRow, RoleRow, Row, Tables, plain, tables_of
from kg.mentions import telling_word
from kg.model import Problem
from kg.ontology import several

LASTING = frozenset({"armed-group", "armed-forces", "government", "international-organisation", "organisation", "party"})
"""Kinds of actors that a word in the name tells surely enough where the code changes in time, as it does for people."""


@dataclass(slots=True)
class _Actor:
    """An actor while entries are gathered for it; ``codes`` are all that it has or had, the bare one first."""

    where: str
    id: str
    type: str
    code: str
    spells: tuple[Spell, ...]
    codes: tuple[str, ...]
    ours: ActorRow | None
    names: list[str] = field(default_factory=list)


def listed(dictionaries: Iterable[Dictionary], known: Known) -> Tables:
    """Make the rows of dictionaries; where two say otherwise of a name, the first counts and the other is told."""
    found = list(dictionaries)
    problems = [problem for dictionary in found for problem in dictionary.problems]
    entries = [_coded(entry, problems) for dictionary in found for entry in dictionary.entries]
    actors = _gathered(entries, known, problems)
    roles = _roles((agent for dictionary in found for agent in dictionary.agents), known, problems)
    return tables_of([*_actor_rows(actors, known), *roles], problems)


def _coded(entry: Entry, problems: list[Problem]) -> Entry:
    """An entry with its codes as our tables write them; those that cannot be written so are told."""
    if all(as_ours(code) == code for code in [entry.code or "", *[spell.code for spell in entry.spells]]):
        return entry

    def ours(code: str) -> str:
        written = as_ours(code)
        if written is None:
            problems.append(Problem(entry.where, f"[{code}] is no code of three letters or more; {entry.phrases[0]} is kept without it."))
        return written or ""

    written = [(spell, ours(spell.code)) for spell in entry.spells]
    spells = tuple(spell if spell.code == code else replace(spell, code=code) for spell, code in written if code or not spell.code)
    return Entry(entry.where, entry.phrases, None if entry.code is None else ours(entry.code), spells)


def _gathered(entries: Sequence[Entry], known: Known, problems: list[Problem]) -> list[_Actor]:
    """Find out which entries are whose, and give each name to the first who has it."""
    short = frozenset(phrase for entry in entries for phrase in entry.phrases if _may_be_short(phrase, entry))
    actors: dict[str, _Actor] = {}
    owners: dict[str, _Actor] = {}
    states = dict(known.states)
    for entry in entries:
        code, spells = timeline(entry.spells, entry.code or "")
        codes = tuple(filter(None, dict.fromkeys([code, *[spell.code for spell in spells]])))
        ways = [in_prose(phrase, codes, short) for phrase in entry.phrases]
        type = _type(entry.phrases[0], ways[0][0], codes, spells, states, known)
        id = known.same(entry.phrases[0], type, codes)
        before = actors.get(id) if id else owners.get(ways[0][0])
        if before and (before.code, before.spells) == (code, spells):
            actor = before
        elif before and id:
            problems.append(Problem(entry.where, f"{entry.phrases[0]} has other codes here than at {before.where}, which count."))
            actor = before
        else:
            actor = _Actor(entry.where, id, type, code, spells, codes, known.actors.get(id))
        for phrase, way in zip(entry.phrases, ways, strict=True):
            _name(entry.where, phrase, way, actor, owners, known, problems)
        if actor is before or not actor.names:
            continue
        actor.id = id or _free(actor, codes, actors, known)
        actors[actor.id] = actor
        states |= {code: states.get(code, actor.id) for code in codes if actor.type == "state"}
    return list(actors.values())


def _name(
    where: str, phrase: str, ways: Sequence[str], actor: _Actor, owners: dict[str, _Actor], known: Known, problems: list[Problem]
) -> None:
    """Give an actor a name, in all ways to write it, unless it is another's; how our own names are written we know better."""
    if actor.ours is not None and actor.ours.id in known.called(phrase):
        ways = [phrase]
    others = [owner for way in ways if (owner := owners.get(way)) is not None and owner is not actor]
    if others:
        problems.append(Problem(where, f"{phrase} already stands for somebody else, at {others[0].where}; left out."))
        return
    actor.names += [way for way in ways if way not in owners]
    owners.update(dict.fromkeys(ways, actor))


def _may_be_short(phrase: str, entry: Entry) -> bool:
    """Tell whether a name of one word may be an abbreviation: those of states and people are not."""
    return " " not in phrase and len(phrase) <= SHORT and not entry.spells and not is_bare(entry.code or "")


def _type(phrase: str, label: str, codes: Sequence[str], spells: Sequence[Spell], states: Mapping[str, str], known: Known) -> str:
    """The kind of an actor: a person if its code changes and nothing in the name says otherwise."""
    longer = next((code for code in codes if not is_bare(code)), "")
    if not codes:
        return "organisation"
    if spells and longer:
        word = telling_word(label, known.name_words)
        return word.type if word and word.type in LASTING else "person"
    told = type_told(longer or codes[0])
    if told == "state" and codes[0] in states and states[codes[0]] not in known.called(phrase):
        return "place"  # the code is that of a state that has another name: "Budapest" is in Hungary
    return told


def _free(actor: _Actor, codes: Sequence[str], actors: Mapping[str, _Actor], known: Known) -> str:
    """An identifier that nobody has: made of the name, and if need be of the code."""
    name = identifier(actor.names[0])
    if name not in actors and name not in known.actors:
        return name
    coded = [f"{name}-{code.removeprefix(NOWHERE).lower()}" for code in codes]
    tries = chain(coded, (f"{name}-{number}" for number in count(2)))
    return next(one for one in tries if one not in actors and one not in known.actors)


def _actor_rows(actors: Sequence[_Actor], known: Known) -> Iterator[Row]:
    """The rows of actors; one that we know keeps what we know of it, but for names that are another's here."""
    owners = {name: actor for actor in actors for name in actor.names} if any(actor.ours for actor in actors) else {}
    states = {code: actor.id for actor in reversed(actors) if actor.type == "state" for code in actor.codes}
    for actor in actors:
        for spell in actor.spells:
            yield CodeRow(actor.id, spell.code, *(str(bound or "") for bound in (spell.start, spell.end)))
        land = land_of(actor.codes)
        if actor.ours is None:
            part_of = "" if actor.type == "state" else known.states.get(land) or states.get(land, "")
            label, *names = actor.names
            yield ActorRow(actor.id, actor.type, label, actor.code, "; ".join(names), part_of=part_of)
            continue
        row = actor.ours
        kept = {name for name in row.every_name if owners.get(name, actor) is actor}
        label = row.label if row.label in kept else actor.names[0]
        adjectives, metonyms, names = (
            [name for name in several(cell) if plain(name) in kept] for cell in (row.adjectives, row.metonyms, row.names)
        )
        names += [name for name in actor.names if name not in {label, *map(plain, (*names, *adjectives, *metonyms))}]
        cells = {"names": "; ".join(names), "adjectives": "; ".join(adjectives), "metonyms": "; ".join(metonyms)}
        yield replace(row, label=label, code=actor.code, **cells)


def _roles(agents: Iterable[Agent], known: Known, problems: list[Problem]) -> Iterator[RoleRow]:
    """The rows of agents: as we have them if the code is the same, else of the kind that the code tells."""
    kinds: dict[str, list[RoleRow]] = {}
    for row in known.roles.values():
        kinds.setdefault(row.code, []).append(row)
    words: dict[str, tuple[str, str]] = {}
    for agent in agents:
        if agent.leads:
            problems.append(Problem(agent.where, f"[{agent.code}~] of {agent.phrases[0]} is written behind the state, not before it."))
        for word in (phrase.lower() for phrase in agent.phrases):
            code, where = words.setdefault(word, (agent.code, agent.where))
            if code != agent.code:
                problems.append(Problem(agent.where, f"{word!r} has another code at {where}, [{code}], which counts."))
    labels: dict[str, str] = {}
    for word, (code, where) in words.items():
        if as_ours(code) is None or len(code) % 3:
            problems.append(Problem(where, f"[{code}] is no code of three letters or more; {word!r} is left out."))
            continue
        ours = known.roles.get(word)
        if ours and ours.code == code:
            yield ours
            continue
        like = [(row.role, row.type, row.label) for row in kinds.get(code, ())]
        told = (code.lower(), type_told(f"{NOWHERE}{code}"), label_told(code) or labels.setdefault(code, word))
        role, type, label = max(like, key=like.count, default=told)
        yield RoleRow(word, role, type, code, label)
