"""Questions: nothing that the guard lets through may reach for another machine, or end the process."""

import socket
from functools import lru_cache
from itertools import islice
from threading import Thread

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, QueryTriples, Store

from fuzz.promises import refusal, text_of
from kg.graph import prefixes
from kg.store.errors import syntax_message
from kg.store.guard import refuse_danger, words_of

KNOWN = prefixes()
HERE = "http://here.example/"


class Listener:
    """Somebody who listens at a port of this machine, hangs up, and counts."""

    def __init__(self) -> None:
        self.heard = 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.socket.getsockname()[1]}/"
        Thread(target=self.listen, daemon=True).start()

    def listen(self) -> None:
        """Hang up on everybody."""
        while True:
            caller, _ = self.socket.accept()
            self.heard += 1
            caller.close()


listener = lru_cache(Listener)


@lru_cache
def store() -> Store:
    """A store of two triples, so that no question takes long."""
    made = Store()
    for word in ("one", "two"):
        made.add(Quad(NamedNode(f"{KNOWN['kg']}{word}"), NamedNode(f"{KNOWN['kg']}said"), Literal(word)))
    return made


def guard(data: bytes) -> None:
    """A question; the address of ``HERE`` in it is one where somebody listens."""
    question = text_of(data).replace(HERE, listener().address)
    words_of(question)
    if refused := refusal(lambda: refuse_danger(question)):
        assert "\n" in refused
        return
    before = listener().heard
    failed = failure(question)
    assert listener().heard == before, question
    assert not isinstance(failed, OSError), (question, failed)
    assert "service" not in str(failed).lower() or isinstance(failed, SyntaxError), (question, failed)
    if isinstance(failed, SyntaxError):
        assert syntax_message(question, str(failed))


def failure(question: str) -> Exception | None:
    """Why the engine cannot answer, if it cannot; the first rows are asked for."""
    try:
        answers = store().query(question, prefixes=KNOWN)
        for _ in islice(answers, 20) if isinstance(answers, QuerySolutions | QueryTriples) else ():
            pass
    except (SyntaxError, OSError, ValueError, RuntimeError) as error:
        return error
    return None
