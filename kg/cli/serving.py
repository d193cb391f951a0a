"""``kg serve``: the graph over HTTP."""

import ipaddress
from contextlib import suppress
from pathlib import Path

import click

from kg.build.folder import recover
from kg.cli.building import out_option
from kg.cli.terminal import Command, quiet, remark
from kg.model import DataError
from kg.ontology import ontology_folder

MEGABYTE = 1 << 20


@click.command(cls=Command)
@out_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to answer at; 0.0.0.0 lets other machines ask too.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port to answer at; 0 takes any free one.")
@click.option(
    "--time-limit",
    type=click.FloatRange(0.1, 3600),
    default=30.0,
    show_default=True,
    help="Seconds that a question may take before it is given up.",
)
@click.option("--memory-limit", type=click.IntRange(64), default=1024, show_default=True, help="Megabytes that a question may need.")
@click.option("--workers", type=click.IntRange(1, 256), help="Questions answered at once; as many as there are cores, and at least 4.")
@click.option(
    "--patience", type=click.FloatRange(0.1, 3600), default=15.0, show_default=True, help="Seconds for a client to send, and to read."
)
@click.option("--in-memory", is_flag=True, help="Hold the graph in memory: quicker, for 350 MB a million triples and a longer start.")
@click.option("--no-cors", is_flag=True, help="Do not let pages of other sites read the answers.")
@click.option("--verbose", is_flag=True, help="Write the questions into the log too.")
def serve(
    out: Path,
    host: str,
    port: int,
    time_limit: float,
    memory_limit: int,
    workers: int | None,
    patience: float,
    in_memory: bool,
    no_cors: bool,
    verbose: bool,
) -> None:
    """Answer SPARQL over HTTP until Ctrl-C, with a page to ask on, the network page, and a page for everything in the graph."""
    from kg.serve import Log, Settings, bound, run  # a server is only needed here, and takes time to import

    recover(out)
    if not (out / "store" / "CURRENT").is_file():
        raise DataError(f"{out}: there is no graph here.\nBuild one: kg build PATH… --out {out}")
    given = {"workers": workers} if workers else {}
    settings = Settings(
        out,
        ontology_folder() / "queries",
        time_limit=time_limit,
        patience=patience,
        memory_limit=memory_limit * MEGABYTE,
        in_memory=in_memory,
        shared=not no_cors,
        local=no_cors and loopback(host),
        **given,
    )

    def ready(address: str) -> None:
        with suppress(OSError):
            remark(f"Serving {out} at {address}")

    run(settings, bound(host, port), Log(quiet=quiet(), verbose=verbose), ready)


def loopback(host: str) -> bool:
    """Tell whether an address is of this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
