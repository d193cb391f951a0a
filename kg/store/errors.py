"""Says what is wrong with a question: line, column, and what was expected."""

import re

from kg.graph import prefixes
from kg.store.guard import words_of

UPDATE = re.compile(r"\b(insert|delete|load|clear|create|drop|copy|move|add|with)\b", re.IGNORECASE)


def syntax_message(sparql: str, error: str) -> str:
    """Say what the engine did not understand, and show the line."""
    words = words_of(sparql)
    update = UPDATE.search(words)
    if update and not re.search(r"\b(select|ask|construct|describe)\b", words, re.IGNORECASE):
        return f"{update[0].upper()} changes the graph, which can only be asked.\nTo change it, build it again from other articles."
    where = re.match(r"error at (\d+):(\d+): (?:expected )?(.*)", error, re.DOTALL)
    if not where:
        return f"The question is no SPARQL that can be answered: {error}"
    declared = {*prefixes(), *re.findall(r"(?i)\bprefix\s+([\w.-]*):", words)}
    unknown = sorted({name for name in re.findall(r"(?<![\w:?$%.-])([A-Za-z][\w.-]*):", words) if name not in declared})
    line, column = int(where[1]), int(where[2])
    shown = sparql.split("\n")[line - 1 : line] or [""]
    remedy = f"Declare the prefix {unknown[0]}: at the top, or use one of: {', '.join(sorted(prefixes()))}." if unknown else ""
    pointed = f"    {shown[0].replace(chr(9), ' ')}\n    {' ' * (column - 1)}^"
    return "\n".join(filter(None, (f"line {line}, column {column}: this is no SPARQL.", pointed, remedy)))
