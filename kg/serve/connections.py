"""Connections that do not wait for ever: uvicorn's own, with a deadline for headers, for what follows a refusal, and for reading."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.serve.metrics import Metrics
from kg.serve.settings import Settings

DRAIN = 3.0
"""Seconds for a client to stop sending after it has been refused: who is cut at once might not read why."""


WHY = b"This is no request of HTTP, or its head is too long.\nPost long questions.\n"
NO_REQUEST = b"HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s" % (
    len(WHY),
    WHY,
)


class Patient(H11Protocol):
    """A connection whose client has to be done in time. uvicorn has no other place for it than its protocol class."""

    def __init__(self, *arguments: Any, settings: Settings, metrics: Metrics, waiting: dict["Patient", None], **rest: Any) -> None:
        super().__init__(*arguments, **rest)
        self.settings, self.metrics, self.waiting = settings, metrics, waiting
        self.deadline: asyncio.TimerHandle | None = None
        self.reading: asyncio.TimerHandle | None = None
        self.refused = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request; if there are too many connections, the one that has waited longest goes."""
        super().connection_made(transport)
        if len(self.connections) > self.settings.most_connections:
            next(iter(self.waiting), self).cut()
        self.watch()

    def data_received(self, data: bytes) -> None:
        """Read, and see whether that was a whole request; what follows nonsense is thrown away."""
        if self.refused:
            return
        super().data_received(data)
        self.watch()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request, or too long for one, and let the client end, so that it reads why."""
        begun = self.cycle is not None and not self.cycle.response_complete
        if begun:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self.refused = True
        if not begun or not self.cycle.response_started:
            self.transport.write(NO_REQUEST)
        if self.transport.can_write_eof() and not self.transport.is_closing():
            self.transport.write_eof()
        self.loop.call_later(min(DRAIN, self.settings.patience), self.cut)

    def on_response_complete(self) -> None:
        """Go on waiting for the next request."""
        super().on_response_complete()
        self.watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        super().connection_lost(exc)
        self.waiting.pop(self, None)
        for timer in (self.deadline, self.reading):
            if timer is not None:
                timer.cancel()
        self.deadline = self.reading = None

    def pause_writing(self) -> None:
        """The client reads too slowly: it has a while to go on."""
        super().pause_writing()
        if self.reading is None:
            self.reading = self.loop.call_later(self.settings.patience, self.cut)

    def resume_writing(self) -> None:
        """It has gone on."""
        super().resume_writing()
        if self.reading is not None:
            self.reading.cancel()
            self.reading = None

    def watch(self) -> None:
        """Set the deadline while no request is being answered, and lift it while one is."""
        idle = self.cycle is None or self.cycle.response_complete
        if not idle or (self.transport.is_closing() and not self.transport.get_write_buffer_size()):
            if self.deadline is not None:
                self.deadline.cancel()
                self.deadline = None
            self.waiting.pop(self, None)
        elif self.deadline is None:
            sending = self.cycle is not None and self.conn.their_state is h11.SEND_BODY
            self.deadline = self.loop.call_later(min(DRAIN, self.settings.patience) if sending else self.settings.patience, self.cut)
            self.waiting[self] = None

    def cut(self) -> None:
        """End the connection at once."""
        self.waiting.pop(self, None)
        if not self.transport.is_closing() or self.transport.get_write_buffer_size():
            self.metrics.cut += 1
        self.transport.abort()


def patient(settings: Settings, metrics: Metrics) -> Callable[..., asyncio.Protocol]:
    """What uvicorn makes its connections with."""
    return partial(Patient, settings=settings, metrics=metrics, waiting={})
