"""A small process that does nothing but make workers, and tell how they ended.

It is forked before the server does anything, so that a worker begins in milliseconds, knows nothing of the
server's connections, and shares its memory with the others.
"""

import gc
import json
import os
import select
import signal
import socket
import warnings
from collections.abc import Callable
from contextlib import suppress

MAKE, KILL, END = b"m", b"k", b"e"
LONGEST = 4096

Work = Callable[[socket.socket], None]


def open_nursery(work: Work, prepare: Callable[[], None] = lambda: None) -> tuple[int, socket.socket]:
    """Fork the nursery; ``work`` is what a worker does with its channel, ``prepare`` what the nursery does before it makes one.

    Its process, and what speaks to it, in packets.
    """
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    gc.collect()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # threads of libraries are idle, and nothing of them is used
        pid = os.fork()
    if pid == 0:
        try:
            begin(theirs)
            look_after(theirs, work, prepare)
        finally:
            os._exit(0)
    theirs.close()
    ours.settimeout(2)  # the nursery never makes the server wait for long
    return pid, ours


def begin(channel: socket.socket) -> None:
    """Leave everything behind that belongs to the server but ``channel``."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    keep_only(channel)
    gc.freeze()


def keep_only(channel: socket.socket) -> None:
    """Close every file but one; standard input and output lead nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nowhere, number)
    os.closerange(3, channel.fileno())
    os.closerange(channel.fileno() + 1, os.sysconf("SC_OPEN_MAX") if os.sysconf("SC_OPEN_MAX") < 1 << 16 else 1 << 16)


def look_after(channel: socket.socket, work: Work, prepare: Callable[[], None]) -> None:
    """Make and kill workers as the server says, and tell it who ended how; when the server is gone, so are they."""
    children: set[int] = set()
    wakened, waker = os.pipe()
    watched: list[socket.socket | int] = [channel, wakened]
    channel.setblocking(False)
    os.set_blocking(waker, False)
    os.set_blocking(wakened, False)
    signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    server = os.getppid()
    going = True
    while going and os.getppid() == server:
        ready, _, _ = select.select(watched, [], [], 1.0)
        if wakened in ready:
            with suppress(BlockingIOError):
                os.read(wakened, LONGEST)
        for pid in list(children):
            found, status = os.waitpid(pid, os.WNOHANG)
            if found:
                children.discard(pid)
                told = {"pid": pid, "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0}
                try:
                    channel.send(json.dumps(told).encode())
                except BlockingIOError:
                    pass  # the server finds out by itself, only later
                except OSError:  # the server has closed its end, and its last word is lost with it
                    going = False
        if going and channel in ready:
            try:
                going = obey(channel, work, prepare, children)
            except BlockingIOError:  # what select saw was an error, and telling of a death has met it before
                continue
            except ConnectionError:  # the server has gone without listening to the last we said
                going = False
    for pid in children:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def obey(channel: socket.socket, work: Work, prepare: Callable[[], None], children: set[int]) -> bool:
    """Make a worker on the channel that comes with the word, or kill one of ours; False if that was all."""
    word, descriptors, _, _ = socket.recv_fds(channel, LONGEST, 1)
    if word[:1] == KILL and int(word[1:]) in children:
        os.kill(int(word[1:]), signal.SIGKILL)
    for descriptor in descriptors if word[:1] == MAKE else ():
        prepare()
        pid = os.fork()
        if pid == 0:
            try:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                own = socket.socket(fileno=descriptor)
                own.setblocking(True)
                keep_only(own)
                work(own)
            finally:
                os._exit(0)
        children.add(pid)
        os.close(descriptor)
    return word[:1] != END
