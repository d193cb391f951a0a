"""Puts the page together: one file, its own policy against everything that is not its own."""

import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

from kg.conflicts import Conflict
from kg.model import Action, Actor, Document, Event, Modality
from kg.views.choosing import Chosen, choose, outline
from kg.views.picture import FAMILIES, FIRST, FIRST_NARROW, draw, shape
from kg.views.rows import Article, Names, Row, articles, rows, sign
from kg.views.ties import Ties, ties
from kg.views.words import ENGLISH, counted, numeral, read_words

STYLES = ("colours", "page", "panels", "picture", "table", "print")
SCRIPTS = (
    *("data", "theme", "state", "address", "passing", "ways"),
    *("geometry", "shapes", "labels", "painting", "canvas", "moving"),
    *("filters", "histogram", "brush", "evidence", "search", "csv", "drawing", "networks", "saving", "main"),
)
QUADS = (1, 2, 3, 4, 0)
MODALITIES = tuple(modality.value for modality in Modality)


def network_page(
    events: Sequence[Event],
    documents: Sequence[Document],
    actions: Mapping[str, Action],
    *,
    quads: Mapping[str, int],
    conflicts: Sequence[Conflict] = (),
    names: Names | None = None,
    chosen: Chosen | None = None,
    title: str = "",
    language: str = ENGLISH,
) -> str:
    """Return the page as HTML: the network of the events, and for each event the sentences it rests on. Raises DataError.

    ``title`` is "Who did what to whom" in the page's language, if not given; ``conflicts`` are told beside their events;
    ``names`` are what else actors are called, by their ids; ``chosen`` tells of how many the ``events`` were chosen, if they are not all.
    ``quads`` gives the class of each PLOVER type: 1 and 2 are cooperation in words and in deeds, 3 and 4 conflict.
    """
    chosen = chosen or choose(map(outline, events))
    words = read_words(language)
    table = rows(events, actions, quads, words, conflicts=conflicts, names=names)
    found = ties(events)
    known = articles(table, documents)
    style, script, start = _joined(STYLES, "css"), page_script(), _asset("start.js")
    return _template().render(
        title=title or words["title"],
        language=language,
        w=words,
        counted=lambda key, count: counted(words, key, count),
        rows=table,
        chosen=chosen,
        bounded=_bounded(words, chosen, len(table), len(found.actors)),
        actors=found.actors,
        articles=known,
        families=[name for name in FAMILIES if name in {shape(actor) for actor in found.actors}],
        policy=_policy(style, start, script),
        style=style,
        start=start,
        script=script,
        data=_json(_data(table, found, known, actions, quads, names or {}, words, language)),
    )


def page_script() -> str:
    """Return the page's own script: its files in their order, closed off from everything else."""
    return f'"use strict";\n(() => {{\n{_joined(SCRIPTS, "js")}}})();\n'


def _data(
    table: Sequence[Row],
    found: Ties,
    known: Mapping[str, Article],
    actions: Mapping[str, Action],
    quads: Mapping[str, int],
    names: Names,
    words: Mapping[str, str],
    language: str,
) -> dict[str, Any]:
    """Return what the script must know beside the table: words, actors, picture, and of each row who, what and when."""
    used = sorted({actions[row.event.action] for row in table}, key=lambda action: (action.type, action.label, action.id))
    papers = sorted({article.source for article in known.values()})
    kinds = sorted({action.type for action in used})
    return {
        "language": language,
        "words": words,
        "first": FIRST,
        "firstNarrow": FIRST_NARROW,
        "families": list(FAMILIES),
        "modalities": MODALITIES,
        "papers": papers,
        "types": [{"id": kind, "quad": quads.get(kind, 0), "sign": sign(quads.get(kind, 0))} for kind in kinds],
        "actions": {
            "id": [action.id for action in used],
            "label": [action.label for action in used],
            "type": [action.type for action in used],
            "symmetric": [int(action.symmetric) for action in used],
        },
        "actors": {
            "id": [actor.id for actor in found.actors],
            "label": [actor.label for actor in found.actors],
            "code": [actor.code for actor in found.actors],
            "family": [list(FAMILIES).index(shape(actor)) for actor in found.actors],
            "names": [list(names.get(actor.id, ())) for actor in found.actors],
            **draw(found),
        },
        "events": _events(table, found, known, used, papers),
    }


def _events(
    table: Sequence[Row], found: Ties, known: Mapping[str, Article], used: Sequence[Action], papers: Sequence[str]
) -> dict[str, list[Any]]:
    rank = {actor.id: index for index, actor in enumerate(found.actors)}
    act = {action.id: index for index, action in enumerate(used)}
    paper = {source: index for index, source in enumerate(papers)}
    return {
        "id": [row.event.id for row in table],
        "actor": [_rank(rank, row.event.actor) for row in table],
        "target": [_rank(rank, row.event.target) for row in table],
        "action": [act[row.event.action] for row in table],
        "modality": [MODALITIES.index(row.event.modality) for row in table],
        "first": [row.first for row in table],
        "last": [row.last if row.last != row.first else "" for row in table],
        "reports": [row.sources for row in table],
        "papers": [sorted({paper[known[said.document].source] for said in row.sayings}) for row in table],
    }


def _rank(rank: Mapping[str, int], actor: Actor | None) -> int:
    return rank[actor.id] if actor else -1


def _bounded(words: Mapping[str, str], chosen: Chosen, events: int, actors: int) -> str:
    """Say what the page leaves out, or nothing."""
    if chosen.whole:
        return ""
    numbers = {"events": events, "all-events": chosen.totals.events, "actors": actors, "all-actors": chosen.totals.actors}
    said = words["bounded"]
    for name, number in numbers.items():
        said = said.replace(f"{{{name}}}", numeral(words, number))
    return said


def _policy(style: str, *scripts: str) -> str:
    """Return a policy that lets exactly these texts run, and nothing load."""
    allowed = " ".join(_hash(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; img-src data: blob:; "
        "connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _json(value: object) -> str:
    """Return JSON that cannot end the element it stands in.

    >>> _json("</script>")
    '"\\\\u003c/script>"'
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _joined(names: Sequence[str], ending: str) -> str:
    """Return the files of the page in their order, which is always the same."""
    return "".join(_asset(f"{name}.{ending}") for name in names)


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    return environment.from_string(_asset("page.html.j2"))


@lru_cache(maxsize=64)
def _asset(name: str) -> str:
    return re.sub(r"\r\n?", "\n", files("kg.views").joinpath("assets", name).read_bytes().decode("utf-8"))
