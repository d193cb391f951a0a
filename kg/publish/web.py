"""Requests over HTTP: patience with a busy server, who one is, and errors that say what the server said."""

import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import requests
from requests.auth import HTTPBasicAuth, HTTPDigestAuth
from requests.exceptions import ChunkedEncodingError, ConnectionError, RequestException, Timeout
from urllib3.exceptions import HTTPError, NewConnectionError, ReadTimeoutError

from kg.model import DataError

WAITS = (0.5, 1.0, 2.0, 4.0)  # seconds before each further try
BUSY = {502, 503, 504}
PIECE = 1 << 16
SHOWN = 5  # lines of an answer in an error
WIDTH = 200

ADVICE = {
    401: "Name a user with --user, and its password in the environment variable KG_PASSWORD.",
    403: "Name a user who may do this with --user, and its password in the environment variable KG_PASSWORD.",
    404: "Check the address: the handbook of the store tells its paths.",
    405: "Check the address: the handbook of the store tells its paths.",
    413: "Send smaller batches: --batch.",
}
TAG = re.compile(r"<[^<>]*>")
TOO_BIG = re.compile(r"memory|too (?:large|big|long|many)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Login:
    """Who asks; nobody, if ``user`` is empty."""

    user: str = ""
    password: str = field(default="", repr=False)


ANYBODY = Login()


class Reply(NamedTuple):
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Address:
    """A place on the web: an http or https ``url``, and what keeps the connection and the login. Raises DataError for any other URL."""

    url: str
    login: Login = ANYBODY
    session: requests.Session = field(default_factory=requests.Session, repr=False, compare=False)

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.url)
            right = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        except ValueError:
            right = False
        if not right or not self.url.isprintable() or " " in self.url:
            raise DataError(f"{shown(self.url)} is no address of the web.\nGive one that begins with http:// or https://")
        if parts.username is not None or parts.password is not None:
            raise DataError("A name or a password in an address would be shown.\nUse --user, and the environment variable KG_PASSWORD.")
        self.session.auth = nobody


def nobody(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Tell no name, not even one of a .netrc file."""
    return request


def send(address: Address, content: bytes | Mapping[str, str], *, method: str = "POST", limit: float = 300, **how: Any) -> Reply:
    """Send a form or bytes, and return the answer; ``how`` is for ``requests``.

    A server that is busy or breaks off is asked again, so what is sent must be harmless when it arrives twice.
    Raises DataError when nobody answers within ``limit`` seconds, or the answer is an error.
    """
    for wait in (*WAITS, None):
        try:
            reply = _known(address, content, method, limit, how)
        except (ConnectionError, ChunkedEncodingError) as error:
            if wait is None or _nobody_there(error):
                raise DataError(f"{address.url}: {_reason(error)}.\nIs the address right, and the server running?") from error
        except Timeout as error:
            raise DataError(f"{address.url}: no answer within {limit:g} seconds.\nAsk for less, or give it more time.") from error
        except RequestException as error:
            raise DataError(f"{address.url}: {_reason(error)}.\nCheck the address.") from error
        else:
            if 200 <= reply.status < 300:
                return reply
            if wait is None or reply.status not in BUSY:
                raise DataError(refusal(address.url, method, reply, known=address.session.auth is not nobody))
        time.sleep(wait)
    raise AssertionError("the last try returns or raises")


def _known(address: Address, content: bytes | Mapping[str, str], method: str, limit: float, how: Mapping[str, Any]) -> Reply:
    """Ask; where the server wants to know who asks, ask once more with the name, which is told from then on."""
    reply = _once(address, content, method, limit, how)
    if reply.status == 401 and address.login.user and address.session.auth is nobody:
        user, password = address.login.user, address.login.password
        digest = "digest" in reply.headers.get("WWW-Authenticate", "").lower()
        address.session.auth = HTTPDigestAuth(user, password) if digest else HTTPBasicAuth(user.encode(), password.encode())
        reply = _once(address, content, method, limit, how)
    return reply


def _once(address: Address, content: bytes | Mapping[str, str], method: str, limit: float, how: Mapping[str, Any]) -> Reply:
    end = time.monotonic() + limit
    asked = address.session.request(method, address.url, data=content, timeout=limit, stream=True, allow_redirects=False, **how)
    with asked as answer:
        pieces = iter(lambda: answer.raw.read1(PIECE, decode_content=True), b"")  # what has arrived: a trickle cannot hold us
        return Reply(answer.status_code, answer.headers, b"".join(_until(end, pieces)))


def _until(end: float, pieces: Iterable[bytes]) -> Iterable[bytes]:
    try:
        for piece in pieces:
            if time.monotonic() > end:
                raise Timeout
            yield piece
    except ReadTimeoutError as error:
        raise Timeout from error
    except HTTPError as error:
        raise ChunkedEncodingError(error) from error


def _nobody_there(error: Exception) -> bool:
    """Whether there was no connection at all: a wrong address is told at once."""
    cause = error.args[0] if error.args else None
    return isinstance(getattr(cause, "reason", None), NewConnectionError)


def _reason(error: Exception) -> str:
    cause = error.args[0] if error.args else error
    inner = getattr(cause, "reason", cause)
    return shown(str(inner).rpartition(": ")[2] or type(error).__name__)


def refusal(url: str, method: str, reply: Reply, *, known: bool = False) -> str:
    """Say what a server answered, and what to do."""
    text = reply.body[:PIECE].decode("utf-8", "replace")
    if "html" in reply.headers.get("Content-Type", ""):
        text = TAG.sub("", text)
    lines = [shown(line.strip()) for line in text.splitlines() if line.strip()]
    told = "\n".join(f"    {line}" for line in lines[:SHOWN])
    advice = ADVICE.get(reply.status, "The log of the server tells more.")
    if reply.status == 401 and known:
        advice = "The user is not known there, or the password in the environment variable KG_PASSWORD is another."
    if reply.status in (400, 500) and TOO_BIG.search(told):
        advice = ADVICE[413]
    if 300 <= reply.status < 400:
        advice = f"It sends to {shown(reply.headers.get('Location', 'elsewhere'))}: if that is right, name that address."
    return "\n".join(filter(None, (f"{url}: {method} was answered with status {reply.status}.", told, advice)))


def shown(text: str) -> str:
    r"""Text of a stranger on one short line, its control characters visible.

    >>> shown("a" + chr(27) + "[31m")
    'a\\x1b[31m'
    """
    safe = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
    return safe if len(safe) <= WIDTH else f"{safe[:WIDTH]}…"
