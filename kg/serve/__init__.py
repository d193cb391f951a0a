"""The SPARQL endpoint: the graph over HTTP, for programs and for people.

    request → protocol → pool → worker (a process of its own) → answer

Whatever a client sends, the server goes on: questions run in processes that may die, with a limit of time and of
memory; what waits is bounded, and so is every connection. Nothing is changed, and nothing is fetched from anywhere.
"""

import asyncio
import logging
import signal
import socket
from collections.abc import Callable

from uvicorn import Config, Server

from kg.model import DataError
from kg.serve.app import application
from kg.serve.connections import patient
from kg.serve.logs import Log
from kg.serve.metrics import Metrics
from kg.serve.pool import Pool
from kg.serve.refusals import Refused
from kg.serve.service import Service
from kg.serve.settings import Settings

__all__ = ["Log", "Settings", "bound", "run"]

BACKLOG = 1024


def bound(host: str, port: int) -> socket.socket:
    """Take a port, any free one for 0. Raises DataError."""
    taken = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        address = socket.getaddrinfo(host, port, family=taken.family, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0][4]
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(address)
        taken.listen(BACKLOG)
    except OSError as error:
        taken.close()
        raise DataError(
            f"{host}, port {port}: {error.strerror or error}.\nName another with --host and --port; port 0 takes any free one."
        ) from error
    return taken


def run(settings: Settings, listening: socket.socket, log: Log, ready: Callable[[str], None]) -> None:
    """Answer until a signal ends it (SIGINT, SIGTERM). ``ready`` is told the address. Raises DataError if there is no graph."""
    metrics = Metrics()
    pool = Pool(settings, metrics)  # forks, and so comes before every thread
    log.start()
    before = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        asyncio.run(running(Service(settings, pool, metrics, log), listening, ready))
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        log.close()


async def running(service: Service, listening: socket.socket, ready: Callable[[str], None]) -> None:
    """Start the workers, then the server, and end both."""
    config = Config(
        application(service),
        http=patient(service.settings, service.metrics),  # type: ignore[arg-type]
        loop="asyncio",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        backlog=BACKLOG,
        timeout_keep_alive=max(1, int(service.settings.patience)),
        timeout_graceful_shutdown=3,
        h11_max_incomplete_event_size=service.settings.longest_header,
    )
    logger = logging.getLogger("uvicorn")
    logger.propagate = False
    logger.setLevel(logging.ERROR)
    logger.addHandler(Handler(service.log))
    try:
        await service.pool.start()
        host, port = listening.getsockname()[:2]
        ready(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
        await Server(config).serve(sockets=[listening])
    except Refused as refusal:
        raise DataError(refusal.text) from refusal
    finally:
        await service.pool.close()


class Handler(logging.Handler):
    """Has what uvicorn finds wrong written by our own log."""

    def __init__(self, log: Log) -> None:
        super().__init__(logging.ERROR)
        self.log = log

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line, without what was asked."""
        kind = record.exc_info[0] if record.exc_info else None
        self.log.say(f"server: {record.getMessage().strip()}" + (f": {kind.__name__}" if kind else ""))
