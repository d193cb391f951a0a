"""Puts the page together: one file, its own policy against everything that is not its own."""

import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

from kg.conflicts import Conflict
from kg.model import Action, Actor, Document, Event
from kg.views.choosing import Chosen, choose, outline
from kg.views.picture import FAMILIES, FIRST, FIRST_NARROW, draw, library, shape
from kg.views.rows import Row, articles, rows
from kg.views.ties import Ties, ties

SCRIPTS = ("data.js", "theme.js", "filters.js", "picture.js", "histogram.js", "evidence.js", "search.js", "export.js", "main.js")
QUADS = {1: "Cooperation in words", 2: "Cooperation in deeds", 3: "Conflict in words", 4: "Conflict in deeds", 0: "Other"}


def network_page(
    events: Sequence[Event],
    documents: Sequence[Document],
    actions: Mapping[str, Action],
    *,
    quads: Mapping[str, int],
    conflicts: Sequence[Conflict] = (),
    chosen: Chosen | None = None,
    title: str = "Who did what to whom",
) -> str:
    """Return the page as HTML: the network of the events, and for each event the sentences it rests on.

    ``conflicts`` are told beside their events; ``chosen`` tells of how many the ``events`` were chosen, if they are not all.
    ``quads`` gives the class of each PLOVER type: 1 and 2 are cooperation in words and in deeds, 3 and 4 conflict.
    """
    chosen = chosen or choose(map(outline, events))
    table = rows(events, actions, quads, conflicts)
    found = ties(table)
    style, vis, script = _text("page.css"), library(), _script()
    return _template().render(
        title=title,
        rows=table,
        chosen=chosen,
        actors=found.actors,
        articles=articles(table, documents),
        types=_types(table, quads),
        families=_families(found.actors),
        policy=_policy(style, vis, script),
        style=style,
        vis=vis,
        script=script,
        data=_json(_data(table, found)),
    )


def _data(table: Sequence[Row], found: Ties) -> dict[str, Any]:
    """Return what the script must know beside the table: the picture, and of each row who, what and when."""
    rank = {actor.id: index for index, actor in enumerate(found.actors)}
    return {
        "first": FIRST,
        "firstNarrow": FIRST_NARROW,
        "actors": [{"label": actor.label, "code": actor.code, "type": FAMILIES[shape(actor)][0]} for actor in found.actors],
        "signs": {row.type: row.sign for row in table},
        "events": {
            "id": [row.event.id for row in table],
            "actor": [_rank(rank, row.event.actor) for row in table],
            "target": [_rank(rank, row.event.target) for row in table],
            "type": [row.type for row in table],
            "asserted": [int(row.asserted) for row in table],
            "symmetric": [int(row.symmetric) for row in table],
            "first": [row.first for row in table],
            "last": [row.last if row.last != row.first else "" for row in table],
        },
        "picture": draw(found),
    }


def _rank(rank: Mapping[str, int], actor: Actor | None) -> int:
    return rank[actor.id] if actor else -1


def _types(table: Sequence[Row], quads: Mapping[str, int]) -> list[tuple[str, list[str]]]:
    """Return the types that occur, under the name of their class."""
    present = sorted({row.type for row in table})
    groups = [(name, [kind for kind in present if quads.get(kind, 0) == quad]) for quad, name in QUADS.items()]
    return [(name, kinds) for name, kinds in groups if kinds]


def _families(actors: Sequence[Actor]) -> list[tuple[str, str]]:
    """Return the symbols that occur, with their meaning."""
    present = {shape(actor) for actor in actors}
    return [(name, meaning) for name, (meaning, _) in FAMILIES.items() if name in present]


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


def _script() -> str:
    """Return the page's own script: the files in their order, closed off from everything else."""
    parts = "\n".join(_text(name) for name in SCRIPTS)
    return f'"use strict";\n(() => {{\n{parts}\n}})();\n'


def _template() -> Template:
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    environment.filters["sentence_case"] = lambda text: text[:1].upper() + text[1:].lower()
    return environment.from_string(_text("page.html.j2"))


def _text(name: str) -> str:
    return re.sub(r"\r\n?", "\n", files("kg.views").joinpath(name).read_bytes().decode("utf-8"))
