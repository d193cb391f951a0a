"""Cuts sorted files into their records, and puts others in their places; what does not change is not looked at."""

from collections.abc import Container, Mapping
from typing import TypeVar

Key = TypeVar("Key", str, bytes, tuple[str, int, str])


def lines_of(data: bytes) -> list[bytes]:
    """The lines of a file, each with its end."""
    return [line + b"\n" for line in data.split(b"\n")[:-1]]


def records_of(data: bytes) -> list[bytes]:
    r"""The records of a CSV file, its header first; a cell in quotation marks may have several lines.

    >>> records_of(b'id,said\n1,"a\nb"\n2,c\n')
    [b'id,said\n', b'1,"a\nb"\n', b'2,c\n']
    """
    records: list[bytes] = []
    quoted = False
    for line in lines_of(data):
        if quoted:
            records[-1] += line
        else:
            records.append(line)
        quoted ^= bool(line.count(b'"') % 2)
    return records


def blocks_of(data: bytes) -> list[bytes]:
    """The parts of a Turtle file as it is written here: its prefixes, then the block of each subject."""
    head, *blocks = data.removesuffix(b"\n").split(b"\n\n")
    return [head + b"\n", *(b"\n" + block + b"\n" for block in blocks)]


def spliced(records: Mapping[Key, bytes], dropped: Container[Key], fresh: dict[Key, bytes]) -> bytes:
    """Leave out the records ``dropped``, and put fresh ones where their keys say.

    >>> spliced({"a": b"a", "c": b"c"}, {"a"}, {"d": b"d", "b": b"b"})
    b'bcd'
    """
    found = {key: record for key, record in records.items() if key not in dropped} | fresh
    return b"".join(found[key] for key in sorted(found))
