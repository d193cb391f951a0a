"""Starts ``kg serve`` in a process of its own, on any free port, for benches and tests."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parent.parent.parent
COMMAND = (sys.executable, "-c", "from kg.cli import main; main()")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    port: int
    process: subprocess.Popen[bytes]


@contextmanager
def running(out: Path, *options: str, log: Path | None = None, end: signal.Signals = signal.SIGINT) -> Iterator[Server]:
    """Serve a graph, and end it as a user would; ``log`` is where its standard error goes once it runs."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    reader, writer = os.pipe()
    speaking = [option for option in options if option != "--quiet"]
    command = [*COMMAND, "serve", "--out", str(out), "--port", "0", *speaking]
    process = subprocess.Popen(command, stderr=writer, env=environment, start_new_session=True)
    os.close(writer)
    with os.fdopen(reader, "rb") as errors, (log or Path(os.devnull)).open("wb") as kept:
        try:
            line = errors.readline()
            found = re.search(rb":(\d+)/$", line.strip())
            if not found:
                raise RuntimeError(f"the server did not start: {(line + errors.read()).decode()}")
            drain(errors, kept)
            yield Server(int(found[1]), process)
        finally:
            process.send_signal(end)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()


def drain(errors: IO[bytes], kept: IO[bytes]) -> None:
    """Read what the server writes, so that it never has to wait."""
    import threading

    def go() -> None:
        for line in errors:
            kept.write(line)
            kept.flush()

    threading.Thread(target=go, daemon=True).start()
