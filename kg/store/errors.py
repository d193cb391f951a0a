"""Says what is wrong with a question: line, column, and what was expected.

The engine tells where its grammar gave up, which can be far behind the mistake, and lists characters. So the
mistakes that people make are looked for first: a bracket or a text that is not closed, a prefix that nobody declared,
a misspelt word, an expression without AS.
"""

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches

from kg.graph import prefixes
from kg.store.guard import OTHER, place, words_of

UPDATE = re.compile(r"\b(insert|delete|load|clear|create|drop|copy|move|add|with)\b", re.IGNORECASE)
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
KEYWORDS = frozenset(
    re.findall(
        r"\w+",
        """
    A ABS ADD ALL AS ASC ASK AVG BASE BIND BNODE BOUND BY CEIL COALESCE CONCAT CONSTRUCT CONTAINS COUNT DATATYPE DAY DESC
    DESCRIBE DISTINCT ENCODE_FOR_URI EXISTS FALSE FILTER FLOOR FROM GRAPH GROUP GROUP_CONCAT HAVING HOURS IF IN IRI ISBLANK
    ISIRI ISLITERAL ISNUMERIC ISURI LANG LANGMATCHES LCASE LIMIT MAX MD5 MIN MINUS MINUTES MONTH NAMED NOT NOW OFFSET
    OPTIONAL ORDER PREFIX RAND REDUCED REGEX REPLACE ROUND SAMETERM SAMPLE SECONDS SELECT SEPARATOR SERVICE SHA1 SHA256
    SHA384 SHA512 SILENT STR STRAFTER STRBEFORE STRDT STRENDS STRLANG STRLEN STRSTARTS STRUUID SUBSTR SUM TIMEZONE TRUE TZ
    UCASE UNDEF UNION URI UUID VALUES WHERE YEAR
    """,
    )
)
PREFIXED = re.compile(r"(?<![\w?$:.@-])([A-Za-z][\w.-]*|):(?=[\w%\\.-]|\s|$)")
WORD = re.compile(r"(?<![\w?$:@^%.\\-])[A-Za-z_][\w-]*(?![\w:-])")
DECLARED = re.compile(r"\bprefix\s+([\w.-]*):", re.IGNORECASE)
PAIRS = {")": "(", "]": "[", "}": "{"}
MEANT = {
    "?": "a variable (?name)",
    "$": "a variable (?name)",
    "<": "an IRI (<…>)",
    ":": "a name (prefix:name)",
    "'": 'a text ("…")',
    '"': 'a text ("…")',
    "[_]": "",
    "0..9": "a number",
}
MOST = 8

ENDS = {"{": 3, ".": 3, ";": 2, ",": 1, "}": 3}
"""After which signs how many terms make a triple whole."""
TERMS = re.compile(
    rf"""(?:{OTHER.pattern})(?:@[\w-]+|\^\^\S+)? | [?$]\w+ | [\w-]*:[\w%-]*(?:\.[\w%-]+)*
    | \d+(?:\.\d+)? | \w+ | [{{}}.;,()] | (?P<path>\S)""",
    re.VERBOSE | re.DOTALL,
)

Found = tuple[int, str]
"""Where a mistake is, counted from 0, and what is wrong."""


def syntax_message(sparql: str, error: str) -> str:
    """Say what is wrong, show the line, and point into it."""
    update = UPDATE.search(words_of(sparql))
    if update and not re.search(r"\b(select|ask|construct|describe)\b", words_of(sparql), re.IGNORECASE):
        return f"{update[0].upper()} changes the graph, which can only be asked.\nTo change it, build it again from other articles."
    text = OTHER.sub(lambda found: " " * len(found[0]), sparql)
    found = min((one for check in CHECKS for one in check(text, sparql)), default=None) or told_by_engine(sparql, error)
    if found is None:
        return f"The question is no SPARQL that can be answered: {error}"
    at, wrong = found
    start = sparql.rfind("\n", 0, at) + 1
    line = sparql[start:].partition("\n")[0]
    return f"{place(sparql, at)}: {wrong}\n    {line.replace(chr(9), ' ')}\n    {' ' * (at - start)}^"


def failure_message(error: Exception) -> str:
    """Say that a question cannot be answered; where it is the store that is damaged, what to do."""
    if is_damage(error):
        return f"The store of the graph is damaged: {error}\nBuild the graph again from its articles: kg build PATH…"
    return f"The question cannot be answered: {error}"


def is_damage(error: Exception) -> bool:
    """Tell whether the engine has found a block of the store that is not as it was written: each bears a checksum."""
    return isinstance(error, RuntimeError) and str(error).startswith("Corruption")


def told_by_engine(sparql: str, error: str) -> Found | None:
    """Where the engine gave up, and what it would have read there."""
    where = re.match(r"error at (\d+):(\d+): (?:expected )?(?:one of )?(.*)", error, re.DOTALL)
    if not where:
        return None
    lines = sparql.split("\n")
    at = sum(len(line) + 1 for line in lines[: int(where[1]) - 1]) + int(where[2]) - 1
    expected = [*dict.fromkeys(filter(None, map(meant, re.findall(r'"(?:\\.|[^"])*"|\[[^\]]*\]|[^,"\[\]]+', where[3]))))]
    if "unbound" in where[3]:
        return at, "SELECT names a variable that GROUP BY does not: name it there, or count or sum it."
    shown = ", ".join(expected[:MOST]) + (", …" if len(expected) > MOST else "")
    return at, f"this is no SPARQL; expected here or just before: {shown}." if shown else "this is no SPARQL."


def meant(expected: str) -> str:
    """One thing that the engine expected, in words; nothing for the letters that could make a name longer."""
    bare = expected.strip()
    if bare.startswith("["):
        return MEANT["0..9"] if re.fullmatch(r"\['0' ?\.\.= ?'9'\]", bare) else ""
    if bare.startswith('"'):
        bare = bare[1:-1].replace('\\"', '"').replace("\\\\", "\\")
        return MEANT.get(bare[:1], "" if bare[:1] in "\\_" else bare)
    return bare if bare in KEYWORDS - {"SERVICE"} else ""


# The mistakes that people make. Each check gets the question with texts, IRIs and comments blanked out, and as it is.


def unclosed(text: str, _: str) -> Iterator[Found]:
    """Brackets that are not closed, or close nothing."""
    opened: list[int] = []
    for at, sign in enumerate(text):
        if sign in "([{":
            opened.append(at)
        elif sign in ")]}":
            if not opened:
                yield at, f"{sign} closes nothing."
                return
            before = opened.pop()
            if text[before] != PAIRS[sign]:
                yield at, f"{sign} comes before the {text[before]} of {place(text, before)} is closed."
                return
    if opened:
        yield opened[-1], f"{text[opened[-1]]} is never closed."


def unfinished(text: str, _: str) -> Iterator[Found]:
    """A text without its second quotation mark."""
    if found := re.search("[\"']", text):
        yield found.start(), f"the text that begins here has no {found[0]} at its end."


def undeclared(text: str, sparql: str) -> Iterator[Found]:
    """Prefixes that nobody declared."""
    declared = {*prefixes(), *DECLARED.findall(text)}
    for found in PREFIXED.finditer(DECLARED.sub(lambda one: " " * len(one[0]), text)):
        if found[1] not in declared:
            yield (
                found.start(),
                f"the prefix {found[1]}: is not known. Declare the prefix {found[1]}: at the top, or use one of: "
                f"{', '.join(sorted(prefixes()))}.",
            )


def misspelt(text: str, _: str) -> Iterator[Found]:
    """Words that SPARQL does not have."""
    for found in WORD.finditer(text):
        word = found[0]
        if word.upper() in KEYWORDS or text[: found.start()].rstrip().endswith("^^"):
            continue
        near = get_close_matches(word.upper(), KEYWORDS, 1, 0.75)
        hint = f"Did you mean {near[0]}?" if near else f'Write a variable ?{word}, a name kg:{word}, or a text "{word}".'
        yield found.start(), f"{word} is no word of SPARQL. {hint}"


def formless(text: str, _: str) -> Iterator[Found]:
    """A question that does not say what it wants."""
    body = re.match(r"(?:\s|\bbase\s+|\bprefix\s+[\w.-]*:\s*)*", text, re.IGNORECASE)
    at = body.end() if body else 0
    word = re.match(r"\w*", text[at:])
    if word and word[0].upper() not in FORMS and at < len(text):
        yield at, f"expected {', '.join(FORMS[:-1])} or {FORMS[-1]}."


def bare_filter(text: str, _: str) -> Iterator[Found]:
    """A condition without brackets."""
    for found in re.finditer(r"\b(filter|having)\s+([?$!\d])", text, re.IGNORECASE):
        yield found.start(2), f"expected ( after {found[1].upper()}: the condition stands in brackets."


def unnamed(text: str, _: str) -> Iterator[Found]:
    """An expression of SELECT without its name."""
    for found in re.finditer(r"\)\s*([?$]\w+)\s*\)", text.partition("{")[0]):
        yield found.start(1), f"expected AS before {found[1]}."


def unparted(text: str, sparql: str) -> Iterator[Found]:
    """Triples of two or four terms: something is missing, or a full stop or semicolon."""
    wanted, run, brackets, values = 0, 0, 0, False
    for found in TERMS.finditer(OTHER.sub(lambda one: " " * len(one[0]) if one[0][0] == "#" else one[0], sparql)):
        word = found[0]
        values = word.upper() == "VALUES" or (values and word != "}")
        brackets += (word == "(") - (word == ")")
        if values or brackets or word == ")":
            wanted, run = 0, 0
        elif word in ENDS or word.upper() in KEYWORDS - {"A", "TRUE", "FALSE"}:
            if word in (".", ";", "}") and 0 < run < wanted:
                yield found.start(), f"expected {'a predicate and an object' if wanted - run == 2 else 'an object'} before {word}"
            wanted, run = ENDS.get(word, 0), 0
        elif found.lastgroup == "path":
            wanted = 0
        else:
            run += 1
            if 0 < wanted < run:
                yield found.start(), f"expected . or ; before {word}"


CHECKS: tuple[Callable[[str, str], Iterator[Found]], ...] = (
    unclosed,
    unfinished,
    undeclared,
    misspelt,
    formless,
    bare_filter,
    unnamed,
    unparted,
)
