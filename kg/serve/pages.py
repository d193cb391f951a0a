"""The pages for people: written from templates, every value escaped, nothing of them from elsewhere."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined

STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
NOTHING = "default-src 'none'; frame-ancestors 'none'; sandbox"
"""The policies of our pages, and of everything that is no page."""
ASSETS = {"query.js": "text/javascript; charset=utf-8", "style.css": "text/css; charset=utf-8"}
META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"\r\n]{1,4000})"')


@dataclass(frozen=True, slots=True)
class Example:
    """A question of the cookbook: its name, its meaning, its text."""

    name: str
    meaning: str
    sparql: str


def examples(folder: Path) -> list[Example]:
    """The questions of a folder, by name."""
    found = []
    for path in sorted(folder.glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        found.append(Example(path.stem, text.partition("\n")[0].removeprefix("#").strip(), text))
    return found


def page(name: str, **values: Any) -> bytes:
    """Write a page."""
    return environment().get_template(f"{name}.html.j2").render(values).encode()


@cache
def environment() -> Environment:
    """Our templates."""
    return Environment(loader=FunctionLoader(asset_text), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)


def asset_text(name: str) -> str:
    """A file of ``assets``, with the line ends of the web."""
    return re.sub(r"\r\n?", "\n", files("kg.serve").joinpath("assets", name).read_bytes().decode("utf-8"))


def policy_of(html: str) -> str:
    """The policy that a page brings with it, as a header; a page without one may do nothing."""
    found = META.search(html[:20_000])
    return f"{unescape(found[1])}; frame-ancestors 'none'" if found else NOTHING


def by_column(rows: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of an answer, each cell under the name of its column."""
    columns: Sequence[str] = rows["columns"]
    return [dict(zip(columns, row, strict=True)) for row in rows["rows"]]
