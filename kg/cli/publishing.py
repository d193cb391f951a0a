"""``kg publish``: a graph goes to a store on another machine."""

import os
from pathlib import Path

import click

from kg.build.folder import recover
from kg.build.manifest import MANIFEST, read_manifest, refuse_damaged
from kg.cli.building import out_option
from kg.cli.clustering import engine_of
from kg.cli.terminal import Command, remark
from kg.model import DataError
from kg.publish import Login, Place, publish_parts
from kg.publish import publish as publish_graph
from kg.publish.several import JOBS
from kg.store import base_of, open_store

PASSWORD = "KG_PASSWORD"

user_option = click.option("--user", default="", help=f"Name of a user there; the password is that of the environment variable {PASSWORD}.")


def login(user: str) -> Login:
    """Who asks, with the password from the environment."""
    return Login(user, os.environ.get(PASSWORD, "") if user else "")


@click.command(cls=Command)
@click.argument("endpoint")
@out_option
@click.option("--graph", default="", help="IRI of the named graph to replace there; the base of the graph's own names if not given.")
@click.option("--store", default="", help="Address to write to by the Graph Store Protocol.")
@click.option("--update", default="", help="Address to write to by SPARQL Update; ENDPOINT itself if neither is given.")
@user_option
@click.option("--batch", type=click.IntRange(1), help="Triples sent at a time: 10000 to a graph store, 1000 as an update, if not given.")
@click.option("--jobs", type=click.IntRange(1), default=JOBS, show_default=True, help="Parts that are sent at once, of a graph in parts.")
def publish(endpoint: str, out: Path, graph: str, store: str, update: str, user: str, batch: int | None, jobs: int) -> None:
    """Load a graph into the SPARQL 1.1 store that answers at ENDPOINT, in place of what the named graph held there.

    An interrupted run goes on where it was. At the end the triples there are counted.
    """
    if store and update:
        raise click.UsageError("The graph is written through --store or through --update: name one of them.")
    recover(out)
    notes, who = out.absolute().parent, login(user)
    if engine_of(str(out)):
        manifest = read_manifest(out)
        place = Place(endpoint, graph or manifest["settings"]["base"], store, update)
        parts = {part: checksum for part, checksum in manifest["outputs"].items() if part.startswith("graph/")}
        done = publish_parts(out, parts, place, notes, login=who, batch=batch or 0, jobs=jobs)
    else:
        turtle = out / "graph.ttl"
        if not turtle.is_file():
            raise DataError(f"{out}: there is no graph here.\nBuild one: kg build PATH… --out {out}")
        if (out / MANIFEST).is_file():
            refuse_damaged(out, read_manifest(out), turtle.name)
        place = Place(endpoint, graph or base_of(open_store(out / "store")), store, update)
        done = publish_graph(turtle, place, notes, login=who, batch=batch or 0)
    if done.resumed:
        remark(f"{done.resumed} triples were there from an interrupted run")
    remark(f"{done.triples} triples in <{place.graph}>")
    remark(f"Ask it: kg query --endpoint {endpoint} --graph {place.graph} QUESTION")
