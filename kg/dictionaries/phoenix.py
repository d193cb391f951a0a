"""Reads dictionaries of PETRARCH and Phoenix: which phrases mean which actor, with what code when, and the agents.

    GREAT_BARROW_ [GBW]            # a phrase and its code
    +BARROWLAND_                   ; a synonym
    [GBWGOV 950601-19990816]       a code for some time; the first that fits a day counts, the bare one otherwise
    BARROW_KEEPER {} [~COP]        an agent, without a plural

An underscore is a blank that must be there. What is found here is still in the words of the dictionary;
``listing`` makes rows of it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import product
from pathlib import Path

from kg.model import Problem

PIVOT = 30
"""Years of two digits up to this one are of this century, as in KEDS, TABARI and PETRARCH."""

COMMENT = re.compile(r"<!\s*--.*?-->", re.DOTALL)
REMARK = re.compile(r"(\[#+\])|[#;].*")  # [###] is a code, all else after # or ; is a remark
LINE = re.compile(r"(?P<plus>\+?)(?P<phrase>[^\[\]{}]*)(?P<plural>\{[^{}]*\})?\s*(?P<codes>(?:\[[^\[\]{}]*[\]}]\s*)*)(?P<rest>.*)")
CODES = re.compile(r"\[([^\[\]{}]*)[\]}]")
CELL = re.compile(r"(?P<code>---[A-Za-z]+|-+|\++|#+|[A-Za-z0-9]+(?:/[A-Za-z0-9]+)*)(?P<dates>.*)")
DATES = re.compile(r"\s*(?:(?P<side>[<>])\s*(?P<bound>\d+)[\s<>]*|(?P<first>\d+)\s*-\s*(?P<last>\d+)\s*)?")
MARKER = re.compile(r"!(\w+)!")
DEFINED = re.compile(r"!(\w+)!\s*=(.*)")
LETTER = re.compile(r"[^\W\d_]")
PHRASE = re.compile(r"[\w .,'’‘`´\"&/():-]*")
STOP = "---STOP---"


@dataclass(frozen=True, slots=True)
class Spell:
    """A code from one day to another, either of them open; no code for somebody whom the dictionary discards then."""

    code: str
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An actor of a dictionary: phrases with blanks, the chief one first, and codes in order of rank, a bare one apart.

    ``code`` is None if the dictionary gives no bare code, and empty if it discards the actor.
    """

    where: str
    phrases: tuple[str, ...]
    code: str | None = None
    spells: tuple[Spell, ...] = ()


@dataclass(frozen=True, slots=True)
class Agent:
    """A kind of actor: its words, and an irregular plural; ``leads`` if its code stands before that of the country."""

    where: str
    phrases: tuple[str, ...]
    code: str
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Dictionary:
    """What a file holds, in its order, and what of it could not be read."""

    entries: tuple[Entry, ...] = ()
    agents: tuple[Agent, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Draft:
    """An entry while its lines are read."""

    where: str
    phrases: list[str]
    code: str | None = None
    spells: list[Spell] = field(default_factory=list)

    def done(self) -> Entry:
        return Entry(self.where, tuple(dict.fromkeys(self.phrases)), self.code, tuple(self.spells))


def read_dictionary(path: Path) -> Dictionary:
    """Read a file of actors, agents or both."""
    drafts: list[_Draft] = []
    agents: list[Agent] = []
    problems: list[Problem] = []
    markers: dict[str, tuple[str, ...]] = {}
    for where, line in _lines(path, problems):
        if line.startswith("!") and (defined := DEFINED.fullmatch(line)):
            markers[defined[1].upper()] = tuple(map(_words, defined[2].split(",")))
            continue
        read = LINE.fullmatch(line)
        if read is None or read["rest"]:
            problems.append(Problem(where, f"{line!r} has a bracket without its partner, or words after its code; that is left out."))
        if read is None:
            continue
        codes = [code.strip() for code in CODES.findall(read["codes"])]
        if "~" in read["codes"]:
            agents += _agents(where, read, codes, markers, problems)
            continue
        phrase = _words(read["phrase"])
        if phrase and not read["plus"]:
            drafts.append(_Draft(where, []))
        elif not drafts:
            problems.append(Problem(where, f"{line!r} belongs to no name; left out."))
            continue
        if phrase:
            drafts[-1].phrases += _phrases(where, phrase, problems)
        for code in codes:
            _add_code(where, code, drafts[-1], problems)
    entries = [draft.done() for draft in drafts]
    return Dictionary(tuple(entry for entry in entries if _is_somebody(entry, problems)), tuple(agents), tuple(problems))


def _lines(path: Path, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """Every line that says something, with "file:line" and without remarks."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        broken = content.count(b"\n", 0, error.start) + 1
        problems.append(Problem(f"{path}:{broken}", "not UTF-8; the file is read as Windows-1252."))
        text = content.decode("cp1252", errors="replace")
    text = COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        said = (REMARK.sub(r"\1", line) if "#" in line or ";" in line else line).strip()
        if STOP in said:
            problems.append(Problem(f"{path}:{number}", f"{STOP}: nothing after this line is read."))
            return
        if said.startswith("<!"):
            problems.append(Problem(f"{path}:{number}", "a comment that nothing closes; this line is skipped."))
        elif said:
            yield f"{path}:{number}", said


def _words(phrase: str) -> str:
    """A phrase with blanks for underscores.

    >>> _words("PRINCE OF_GREAT_BARROW_ ")
    'PRINCE OF GREAT BARROW'
    """
    return " ".join(phrase.replace("_", " ").split())


def _phrases(where: str, words: str, problems: list[Problem]) -> list[str]:
    """The names that a line gives: one, or with an abbreviation in brackets two."""
    if not PHRASE.fullmatch(words) or not LETTER.search(words):
        problems.append(Problem(where, f"{words!r} is no name: it has no letters, or signs that no name has."))
        return []
    name, _, within = words.partition("(")
    if not within:
        return [words]
    if not within.endswith(")") or within.count(")") > 1 or not name.strip():
        problems.append(Problem(where, f"{words!r} has a bracket without its partner, or within the name."))
        return []
    short = within.removesuffix(")").strip()
    if _is_short(short, name):
        return [name.strip(), short]
    problems.append(Problem(where, f"{words!r} is read without what stands in brackets."))
    return [name.strip()]


def _is_short(short: str, name: str) -> bool:
    """Tell whether what stands in brackets abbreviates the name, or tells it from others.

    >>> [_is_short(short, "BARROW LIBERATION FRONT") for short in ("BALIF", "KXTP", "FLB", "FENLAND")]
    [True, True, True, False]
    """
    letters = iter(name)
    return bool(re.fullmatch(r"\w{2,3}|[^AEIOUY ]+", short)) or (
        " " not in short and all(sign in letters for sign in re.sub(r"\W", "", short))
    )


def _add_code(where: str, cell: str, draft: _Draft, problems: list[Problem]) -> None:
    """Add a code, dated or not, to an entry."""
    read = CELL.fullmatch(cell)
    if read is None or read["code"].isdigit():
        problems.append(Problem(where, f"[{cell}] has no code that can be read; it is left out."))
        return
    code = read["code"] if read["code"].strip("-+#") else ""
    try:
        bounds = _bounds(read["dates"])
    except ValueError as error:
        problems.append(Problem(where, f"[{cell}] has a date that cannot be read ({error}); it is left out."))
        return
    first, *others = code.upper().split("/")
    if others:
        problems.append(Problem(where, f"[{cell}] means several actors at once; {', '.join(others)} left out."))
    if bounds:
        draft.spells.append(Spell(first, *bounds))
    elif draft.code is None:
        draft.code = first
    elif draft.code != first:
        problems.append(Problem(where, f"[{cell}] is a second code without a date; [{draft.code or '---'}] counts."))


@lru_cache(maxsize=4096)
def _bounds(dates: str) -> tuple[date | None, date | None] | None:
    """The first and the last day of a code; None if it has no dates. Raises ValueError."""
    if not dates.strip():
        return None
    read = DATES.fullmatch(dates)
    if read is None:
        raise ValueError("write <YYYYMMDD, >YYYYMMDD or YYYYMMDD-YYYYMMDD")
    if read["side"]:
        return (day(read["bound"]), None) if read["side"] == ">" else (None, day(read["bound"]))
    first, last = day(read["first"]), day(read["last"])
    if last < first:
        raise ValueError("it ends before it begins")
    return first, last


def day(digits: str) -> date:
    """Read YYYYMMDD or YYMMDD. Raises ValueError.

    >>> day("950601").isoformat(), day("300101").isoformat(), day("18970101").isoformat()
    ('1995-06-01', '2030-01-01', '1897-01-01')
    """
    if len(digits) not in (6, 8):
        raise ValueError("write six or eight digits")
    year, rest = int(digits[:-4]), digits[-4:]
    century = 0 if len(digits) == 8 else 2000 if year <= PIVOT else 1900
    return date(century + year, int(rest[:2]), int(rest[2:]))


def _is_somebody(entry: Entry, problems: list[Problem]) -> bool:
    """Tell whether an entry names an actor; what it says else is told."""
    if not entry.phrases:
        return False
    called = entry.phrases[0] + (f" and {len(entry.phrases) - 1} more" if entry.phrases[1:] else "")
    if any(spell.code for spell in entry.spells) or entry.code:
        return True
    reason = "is discarded: no table can say that a name is nobody's" if entry.code == "" or entry.spells else "has no code"
    problems.append(Problem(entry.where, f"{called} {reason}; left out."))
    return False


def _agents(
    where: str, read: re.Match[str], codes: Sequence[str], markers: dict[str, tuple[str, ...]], problems: list[Problem]
) -> Iterator[Agent]:
    """The agents that a line gives: one, or one for each way to fill in its substitution markers."""
    phrase, cell = read["phrase"].strip().removeprefix("+"), codes[0].replace(" ", "")
    code = cell.strip("~").upper()
    if len(codes) > 1 or not re.fullmatch(r"~[A-Za-z]+|[A-Za-z]+~", cell):
        problems.append(Problem(where, f"[{'] ['.join(codes)}] is no code of an agent; write [~GOV], or [NGO~]."))
        return
    unknown = [name for name in MARKER.findall(phrase) if name.upper() not in markers]
    if unknown or "!" in MARKER.sub("", phrase):
        problems.append(Problem(where, f"{_words(phrase)!r} has a marker that no line defines before it; left out."))
        return
    if " " in phrase.strip():
        problems.append(Problem(where, f"{_words(phrase)!r} is read without other words in between, which its blanks allow."))
    fillings = product(*(markers[name.upper()] for name in MARKER.findall(phrase)))
    parts = MARKER.split(phrase)[::2]
    plural = _words((read["plural"] or "{}")[1:-1])
    if not PHRASE.fullmatch(plural):
        problems.append(Problem(where, f"{plural!r} is no word for a kind of actor; left out."))
        plural = ""
    for filling in fillings:
        words = _words("".join(part + word for part, word in zip(parts, (*filling, ""), strict=True)))
        if not words or not PHRASE.fullmatch(words):
            problems.append(Problem(where, f"{words!r} is no word for a kind of actor; left out."))
            continue
        yield Agent(where, tuple(filter(None, (words, plural))), code, leads=cell.endswith("~"))
