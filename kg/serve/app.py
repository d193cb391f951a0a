"""The paths, and what holds for all of them: who may ask how, what a browser may do with it, and that each request is counted."""

import re
import time
import traceback
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve import answers
from kg.serve.refusals import Refused
from kg.serve.service import Gone, Service, refused

ASKING = ("GET", "HEAD", "POST", "OPTIONS")
READING = ("GET", "HEAD", "OPTIONS")
PATHS: dict[str, Callable[..., Any]] = {
    "/": answers.home,
    "/query": answers.query_page,
    "/network.html": answers.network,
    "/ontology": answers.ontology,
    "/assets/{name}": answers.asset,
    "/health": answers.health,
    "/ready": answers.ready,
    "/metrics": answers.metrics,
    "/resource": answers.resource,
    "/{path:path}": answers.resource,
}
ABSOLUTE = re.compile(rb"https?://([^/?#]*)([^?#]*)", re.IGNORECASE)
LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})
ALWAYS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
SHARED = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Kg-Remark, Retry-After"}
PREFLIGHT = {
    "Access-Control-Allow-Methods": ", ".join(ASKING),
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def application(service: Service) -> ASGIApp:
    """The endpoint as an ASGI application."""
    routes = [Route(path, answers.sparql, methods=["GET", "POST"]) for path in ("/sparql", "/sparql/")]
    routes += [Route(path, answer, methods=["GET"]) for path, answer in PATHS.items()]
    app = Starlette(routes=routes, exception_handlers={Refused: tell, HTTPException: tell, Gone: tell, Exception: tell})
    app.router.redirect_slashes = False
    app.state.service = service
    return observed(app, service)


async def tell(request: Request, error: Exception) -> Response:
    """Turn what was raised into an answer."""
    if isinstance(error, Gone):
        return Response(status_code=499)
    if isinstance(error, HTTPException):
        allowed = {"Allow": ", ".join(methods(request.url.path))} if error.status_code == 405 else {}
        return refused(Refused(error.status_code, f"{error.detail}.", allowed))
    return refused(error if isinstance(error, Refused) else Refused(500, "Something is wrong with kg itself."))


def methods(path: str) -> tuple[str, ...]:
    """How a path may be asked."""
    return ASKING if path.rstrip("/") == "/sparql" else READING


def observed(app: ASGIApp, service: Service) -> ASGIApp:
    """Give every answer the headers that all have; count it, and write it down."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        begun, status, scope = time.monotonic(), 500, in_origin_form(scope)

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in (ALWAYS | (SHARED if service.settings.shared else {})).items():
                    headers[name] = value
            await send(message)

        try:
            await (checked(scope, service) or app)(scope, receive, sending)
        except Exception as error:  # the client has been told; a bug must not end the server
            service.metrics.bugs.append(bug(error))
        while service.metrics.bugs:
            service.log.say(f"bug: {service.metrics.bugs.popleft()}")
        seconds = time.monotonic() - begun
        service.metrics.count(scope["method"] if scope["method"] in ASKING else "other", status, seconds)
        service.log.request(scope["method"], scope["raw_path"].decode("latin-1"), status, seconds, scope.get("kg.query", ""))

    return answer


def in_origin_form(scope: Scope) -> Scope:
    """A request whose target has a host, as if that had been in its header (RFC 9112, 3.2.2)."""
    found = ABSOLUTE.match(scope["raw_path"])
    if not found:
        return scope
    path = found[2] or b"/"
    headers = [(name, value) for name, value in scope["headers"] if name != b"host"] + [(b"host", found[1])]
    return {**scope, "raw_path": path, "path": unquote(path.decode("ascii", "replace")), "headers": headers}


def checked(scope: Scope, service: Service) -> ASGIApp | None:
    """An answer that needs no more looking: how a path may be asked, that this host is none of ours, or that a request hides another."""
    headers = dict(scope["headers"])
    host = headers.get(b"host", b"").decode("latin-1").lower()
    if b"transfer-encoding" in headers and b"content-length" in headers:
        return refused(Refused(400, "The request has two lengths.", {"Connection": "close"}))
    if service.settings.local and host.rpartition(":")[0] not in LOCAL and host not in LOCAL:
        return refused(Refused(403, "This endpoint only answers to localhost."))
    if scope["method"] == "OPTIONS":
        preflight = PREFLIGHT if service.settings.shared else {}
        return Response(status_code=204, headers={"Allow": ", ".join(methods(scope["path"])), **preflight})
    return None


def bug(error: BaseException) -> str:
    """Where something went wrong, without what a client had asked."""
    places = "; ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-6:])
    return f"{type(error).__name__} at {places}"
