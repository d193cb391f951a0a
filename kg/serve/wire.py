"""How the server and a worker talk: frames of a letter, a length, and so many bytes."""

import asyncio
import socket
import struct

HEAD = struct.Struct("!cI")
DATA, END = b"d", b"e"
"""A part of an answer, and what became of it (JSON). A question is one frame."""


def pack(kind: bytes, content: bytes) -> bytes:
    """One frame.

    >>> pack(END, b"{}")
    b'e\\x00\\x00\\x00\\x02{}'
    """
    return HEAD.pack(kind, len(content)) + content


def read(channel: socket.socket) -> tuple[bytes, bytes]:
    """Wait for a frame. Raises EOFError when the other side is gone."""
    kind, length = HEAD.unpack(exactly(channel, HEAD.size))
    return kind, exactly(channel, length)


def exactly(channel: socket.socket, length: int) -> bytes:
    """So many bytes of a channel. Raises EOFError when it ends before."""
    found = bytearray()
    while len(found) < length:
        part = channel.recv(length - len(found))
        if not part:
            raise EOFError
        found += part
    return bytes(found)


async def receive(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """The same for the server. Raises asyncio.IncompleteReadError when the worker is gone."""
    kind, length = HEAD.unpack(await reader.readexactly(HEAD.size))
    return kind, await reader.readexactly(length)
