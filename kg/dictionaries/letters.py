"""What the letters of a CAMEO code tell: where an actor belongs, and what kind of actor it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.ontology import CODE, cells_of

NOWHERE = "---"


@dataclass(frozen=True, slots=True)
class Letters:
    """A row of ``letters.csv``: three letters, the type of an actor whose code has them, and what its people are called.

    ``stands`` is "first" where they are written in place of a state ("IGO"), "land" where they say no more than
    that it is of no one state ("INT", "AFR"), "alone" where they may be a whole code for somebody of no state ("REB").
    """

    type: str
    label: str
    stands: str


@lru_cache(maxsize=1)
def letters() -> Mapping[str, Letters]:
    """Read what the letters mean."""
    _, *rows = cells_of(Path(__file__).parent / "letters.csv")
    return {code: Letters(type, label, stands) for _, (code, type, label, stands) in rows}


@lru_cache(maxsize=4096)
def as_ours(code: str) -> str | None:
    """A code as our tables write it, with a place for the state; None if it cannot be written so.

    >>> as_ours("GBWGOV"), as_ours("REB"), as_ours("IGOUNO"), as_ours("G")
    ('GBWGOV', '---REB', 'IGOUNO', None)
    """
    if not CODE.fullmatch(code):
        return None
    known = letters().get(code[:3])
    return f"{NOWHERE}{code}" if known and known.stands == "alone" else code


def as_theirs(code: str) -> str:
    """A code as the dictionaries write it: for somebody of no state without a place for it.

    >>> as_theirs("---REB"), as_theirs("GBWGOV")
    ('REB', 'GBWGOV')
    """
    bare = code.removeprefix(NOWHERE)
    return bare if as_ours(bare) == code else code


def is_bare(code: str) -> bool:
    """Tell whether a code is that of a state alone.

    >>> is_bare("GBW"), is_bare("IGO"), is_bare("GBWGOV")
    (True, False, False)
    """
    return len(code) == 3 and code != NOWHERE and code not in letters()


def type_told(code: str) -> str:
    """The type of actor that a code tells: by its first letters that tell one, behind those of a state.

    >>> type_told("GBWREBXYZ"), type_told("IGOUNOREF"), type_told("NGOREF"), type_told("INTREB"), type_told("GBW"), type_told("GBWXYZ")
    ('armed-group', 'international-organisation', 'organisation', 'armed-group', 'state', 'organisation')
    """
    if is_bare(code):
        return "state"
    first, *others = (letters().get(code[at : at + 3]) for at in range(0, len(code), 3))
    if first and first.stands != "land":
        return first.type
    return next((one.type for one in others if one), first.type if first else "organisation")


def label_told(code: str) -> str:
    """What people with these letters are called; nothing if none of the letters is known.

    >>> label_told("GOVMED")
    'government media'
    """
    blocks = (code[at : at + 3] for at in range(0, len(code), 3))
    return " ".join(known.label for block in blocks if (known := letters().get(block)))


def land_of(codes: Iterable[str]) -> str:
    """The letters of the first state among codes; nothing if they name none."""
    return next((code[:3] for code in codes if code and is_bare(code[:3])), "")
