"""Why a request gets no answer."""

from collections.abc import Mapping


class Refused(Exception):
    """A status of HTTP, a sentence or two for the client, and headers that belong to them."""

    def __init__(self, status: int, text: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(text)
        self.status, self.text, self.headers = status, text, headers or {}


def later(status: int, text: str, seconds: int) -> Refused:
    """A refusal that ends if the client comes again after so many seconds."""
    return Refused(status, text, {"Retry-After": str(seconds)})
