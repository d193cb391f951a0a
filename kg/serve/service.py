"""What every answer needs: the limits, the workers, the counts, the log; and how an answer is sent."""

import asyncio
import gzip
import hashlib
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from kg.serve.logs import Log
from kg.serve.metrics import Metrics
from kg.serve.negotiation import takes_gzip
from kg.serve.pages import NOTHING, STRICT
from kg.serve.pool import Given, Pool
from kg.serve.refusals import Refused
from kg.serve.settings import Settings
from kg.store.endpoint import ROWS, Question

PART = 1 << 16
AT_ONCE = 1 << 18
MOMENT = 0.05
SMALL = 1000
LONGEST_REMARK = 1000
REVALIDATE = "no-cache"
"""Keep it, but ask each time whether it still holds: a graph may be built anew at any moment."""


class Gone(Exception):
    """The client has left before its answer was there."""


@dataclass(slots=True)
class Service:
    """The running endpoint; ``kept`` holds pages of the present graph by name."""

    settings: Settings
    pool: Pool
    metrics: Metrics
    log: Log
    kept: dict[tuple[str, ...], Any] = field(default_factory=dict)

    async def rows(self, sparql: str) -> dict[str, Any]:
        """Ask for rows for a page of ours."""
        return read_rows(await self.pool.ask(Question(sparql, table=ROWS, graph=ROWS)))


def read_rows(given: Given) -> dict[str, Any]:
    """The rows of an answer for a page of ours."""
    with given.content as content:
        found: dict[str, Any] = json.load(content)
    return found | {"remarks": given.remarks}


def service_of(request: Request) -> Service:
    """The endpoint that a request came to."""
    service: Service = request.app.state.service
    return service


async def unless_gone(request: Request, service: Service, question: Question, *, zipped: bool = False) -> Given:
    """Have a question answered, but no longer than the client waits. Raises Refused and Gone."""
    asking = asyncio.ensure_future(service.pool.ask(question, zipped=zipped))
    try:
        if not (await asyncio.wait({asking}, timeout=MOMENT))[0]:
            leaving = asyncio.ensure_future(left(request))
            await asyncio.wait({asking, leaving}, return_when=asyncio.FIRST_COMPLETED)
            leaving.cancel()
        if not asking.done():
            raise Gone
        return asking.result()
    finally:
        if not asking.done():
            asking.cancel()


async def left(request: Request) -> None:
    """Wait until the client leaves."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def tag(service: Service, *parts: str) -> str:
    """Name an answer by the graph it comes from and by what was asked; weak, for nobody promises the same bytes."""
    version = service.pool.look().checksum
    return f'W/"{hashlib.sha256(chr(0).join((version, *parts)).encode(errors="replace")).hexdigest()[:24]}"'


def unchanged(request: Request, etag: str) -> bool:
    """Tell whether the client has this answer already."""
    held = ",".join(request.headers.getlist("if-none-match"))
    return held.strip() == "*" or etag.removeprefix("W/") in {one.strip().removeprefix("W/") for one in held.split(",")}


def not_modified(etag: str) -> Response:
    """Say that what the client has still holds."""
    return Response(status_code=304, headers={"ETag": etag, "Cache-Control": REVALIDATE, "Vary": "Accept, Accept-Encoding"})


def sent(request: Request, given: Given, headers: Mapping[str, str], *, zipped: bool) -> Response:
    """Send a whole answer: short ones at once, long ones in parts as the client reads."""
    with_type = {"Content-Type": with_charset(given.media), "Vary": "Accept, Accept-Encoding", "Content-Security-Policy": NOTHING}
    with_type |= {"Content-Encoding": "gzip"} if zipped else {}
    with_type |= {"Kg-Remark": in_header(given.remarks)} if given.remarks else {}
    if request.method == "HEAD" or given.length <= AT_ONCE:
        with given.content as content:
            body = b"" if request.method == "HEAD" else content.read()
        return Response(body, headers={**with_type, **headers, "Content-Length": str(given.length)})
    return StreamingResponse(parts(given), headers={**with_type, **headers, "Content-Length": str(given.length)})


def in_header(remarks: Sequence[str]) -> str:
    """Remarks as the value of a header.

    >>> in_header(["\u00e9\\n is nowhere."])
    '\\\\xe9\\\\n is nowhere.'
    """
    text = " ".join(remarks).encode("unicode_escape").decode("ascii")
    return text if len(text) <= LONGEST_REMARK else f"{text[:LONGEST_REMARK]} ..."


async def parts(given: Given) -> AsyncIterator[bytes]:
    """The parts of an answer."""
    with given.content as content:
        while part := content.read(PART):
            yield part


def with_charset(media: str) -> str:
    """Text says how it is written.

    >>> with_charset("text/csv"), with_charset("application/ld+json")
    ('text/csv; charset=utf-8', 'application/ld+json')
    """
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


def shown(
    request: Request, content: bytes, *, policy: str = STRICT, etag: str = "", media: str = "text/html; charset=utf-8", status: int = 200
) -> Response:
    """Send a page."""
    headers = {"Content-Security-Policy": policy, "Vary": "Accept, Accept-Encoding", "Cache-Control": REVALIDATE if etag else "no-store"}
    headers |= {"ETag": etag} if etag else {}
    if len(content) > SMALL and takes_gzip(request.headers.get("accept-encoding", "")):
        content, headers = gzip.compress(content, 4, mtime=0), headers | {"Content-Encoding": "gzip"}
    return Response(content, status_code=status, media_type=media, headers=headers)


def refused(refusal: Refused) -> Response:
    """Tell a client why there is no answer."""
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": NOTHING, "Vary": "Accept, Accept-Encoding", **refusal.headers}
    return Response(refusal.text + "\n", status_code=refusal.status, media_type="text/plain; charset=utf-8", headers=headers)
