"""The store as rdflib sees it: every question is answered by the store's own engine, or somebody is told that it is not.

Oxrdflib hands only plain text to the engine. A question that was prepared or has a base falls back in silence to
rdflib's evaluator, which is some 25 times slower; and filters do not see the values that it hands over for variables.
"""

import warnings
from collections.abc import Mapping
from typing import Any

from oxrdflib import OxigraphStore
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Identifier

from kg.model import DataError
from kg.store.guard import refuse_danger

SLOW = (
    "initBindings are answered by rdflib, some 25 times slower than by the engine of the store.\n"
    "Write the values into the question instead: VALUES ?variable { value }"
)


class EngineStore(OxigraphStore):
    """A store whose engine answers prepared questions and those with a base too."""

    def query(
        self,
        query: Query | str,
        initNs: Mapping[str, Any],
        initBindings: Mapping[str, Identifier],
        queryGraph: str,
        **kwargs: Any,
    ) -> Result:
        """Answer with the engine. Values for variables are left to rdflib, with a warning. Raises DataError."""
        base = kwargs.pop("base", None)
        if isinstance(query, Query):
            query, initNs, base = as_text(query)
        refuse_danger(query)
        if initBindings:
            warnings.warn(SLOW, stacklevel=3)
            raise NotImplementedError  # so rdflib asks a store to leave a question to it
        return super().query(f"BASE <{base}>\n{query}" if base else query, initNs, {}, queryGraph)


def as_text(prepared: Query) -> tuple[str, Mapping[str, Any], str | None]:
    """The text that a question was prepared from, its prefixes and its base. Raises DataError for one that was made without text."""
    if not isinstance(getattr(prepared, "_original_args", None), tuple):
        raise DataError(
            "The question was made without text, and the engine of the store needs text.\nGive it as SPARQL, or use prepareQuery."
        )
    text, prefixes, base = prepared._original_args
    return text, prefixes, base
