"""Figures of ``kg view``: the network and its time, for papers."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from kg.build import Graph


def figure_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that ask for figures."""
    static = click.option("--static", type=click.Path(path_type=Path), help="Write a figure of the network: FILE.svg, .pdf or .png.")
    timeline = click.option("--timeline", type=click.Path(path_type=Path), help="Write a figure of pairs of actors over time, likewise.")
    actors = click.option("--actors", type=click.IntRange(2), default=40, show_default=True, help="Most actors of --static.")
    pairs = click.option("--pairs", type=click.IntRange(1), default=12, show_default=True, help="Most pairs of --timeline.")
    return static(timeline(actors(pairs(command))))


states_option = click.option(
    "--bodies-with-state", is_flag=True, help="Count a state's government, army, police, courts and leaders as the state."
)


def draw(
    graph: Graph, static: Path | None, timeline: Path | None, *, actors: int, pairs: int, language: str, bodies_with_state: bool
) -> list[Path]:
    """Write the figures that are asked for, and name their files. Raises DataError."""
    drawn: list[Path] = []
    how: dict[str, Any] = {"language": language, "bodies_with_state": bodies_with_state}
    for path, figure, most in ((static, graph.network_figure, actors), (timeline, graph.timeline_figure, pairs)):
        if path:
            path.write_bytes(figure(path.suffix.removeprefix(".").lower(), most=most, **how))
            drawn.append(path)
    return drawn
