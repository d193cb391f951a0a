"""Works the parameters of a named question into it, for stores that are weak where a variable has no value.

    VALUES ?given_target { UNDEF }  # --target ACTOR: …                          goes;
    FILTER (!BOUND(?given_target) || EXISTS { ?hit kg:partOf* ?given_target })   goes too, or has the term that was given.

The question means the same, line by line. Virtuoso 7.2 refuses the length of what has no value, and joins on it wrongly.
"""

import re

from kg.store import filled_in

PART = re.compile(r"BIND \(REPLACE\(CONCAT\((\?\w+), .* AS (\?\w+)\)")
LENGTH = re.compile(r"\bSTRLEN\((\?\w+)\)")


def settled(sparql: str) -> str:
    """Work in what the lines of parameters hold; a question without such lines is left as it is.

    >>> settled("ASK {\\n VALUES ?given_who { UNDEF } # --who ACTOR: who\\n FILTER (!BOUND(?given_who) || ?a = ?given_who)\\n ?a ?b ?c }")
    'ASK {\\n\\n\\n ?a ?b ?c }'
    """
    lines = filled_in(sparql)
    for line, name, term in lines:
        variable = rf"\?given_{name}\b"
        free = rf"!BOUND\({variable[:-2]}\)"
        sparql = sparql.replace(line, "", 1)
        sparql = re.sub(rf"(?m)^( *GROUP BY .*?) {variable}", r"\1", sparql)
        if term == "UNDEF":
            sparql = re.sub(rf"(?m)^ *FILTER \((?:{free} \|\| .*|COALESCE\(.*, {free}\))\)$", "", sparql)
            sparql = re.sub(free, "true", sparql)
        else:
            sparql = re.sub(rf"{free} \|\| ", "", sparql)
            sparql = re.sub(free, "false", sparql)
            sparql = re.sub(variable, term.replace("\\", r"\\"), sparql)
    return guarded(LENGTH.sub(r'STRLEN(COALESCE(\1, ""))', sparql)) if lines else sparql


def guarded(sparql: str) -> str:
    """Ask for the date before a part of it is compared: to Virtuoso a part of nothing is an empty text, and less than all."""
    for date, part in PART.findall(sparql):
        sparql = re.sub(rf"FILTER \(COALESCE\((.*\{part}\b.*), false\)\)", rf"FILTER (IF(BOUND({date}), \1, false))", sparql)
    return sparql
