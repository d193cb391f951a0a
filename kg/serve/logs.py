"""One line for each request, on standard error. A log that cannot be written, or is not read, costs the server nothing."""

import queue
import sys
import threading
from contextlib import suppress

MOST_KEPT = 10_000


class Log:
    """Writes lines in a thread of its own; what it cannot keep is dropped and counted."""

    def __init__(self, *, quiet: bool = False, verbose: bool = False) -> None:
        self.quiet, self.verbose, self.dropped = quiet, verbose, 0
        self.lines: queue.Queue[str | None] = queue.Queue(MOST_KEPT)
        self.thread = threading.Thread(target=self._write, daemon=True)

    def start(self) -> None:
        """Begin to write."""
        self.thread.start()

    def say(self, line: str) -> None:
        """Have a line written; control characters in it are shown, not obeyed."""
        try:
            self.lines.put_nowait(plain(line))
        except queue.Full:
            self.dropped += 1

    def request(self, method: str, path: str, status: int, seconds: float, query: str = "") -> None:
        """Tell of a request: what a client asked is only told if that is wanted."""
        if not self.quiet:
            self.say(f"{method} {path} {status} {seconds * 1000:.1f} ms" + (f" {query}" if self.verbose and query else ""))

    def close(self) -> None:
        """Write what is left, as far as that can be done at once."""
        with suppress(queue.Full):
            self.lines.put_nowait(None)
        self.thread.join(1.0)

    def _write(self) -> None:
        while (line := self.lines.get()) is not None:
            try:
                sys.stderr.write(line + "\n")
                sys.stderr.flush()
            except (OSError, ValueError):
                self.dropped += 1


def plain(text: str) -> str:
    """One line of text that a terminal does not obey.

    >>> plain("a" + chr(27) + "[2J" + chr(10) + "b")
    'a\\\\x1b[2J\\\\nb'
    """
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in text)
